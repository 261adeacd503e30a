import protobuf from "protobufjs/minimal.js"

type Uint64 = Parameters<protobuf.Writer["uint64"]>[0]

/**
 * The other half of `ExactReader`. Most 64-bit fields are small, and are written without the two halves that the
 * library makes of them.
 */
export class ExactWriter extends protobuf.Writer {
  override uint64(value: Uint64): protobuf.Writer {
    return typeof value === "number" && value <= UINT32_MAX ? this.uint32(value) : super.uint64(value)
  }

  /** Begins anew in the room that there is: what was written before must have been taken out. */
  cleared(): this {
    this.pos = 0
    this.states = null
    if (this.buf.length > KEPT_BYTES_MAX) this.buf = new Uint8Array(KEPT_BYTES_MAX)
    return this
  }
}

const UINT32_MAX = 0xffff_ffff
/** What is longer is rare, and its room is given back. */
const KEPT_BYTES_MAX = 16 * 1024
