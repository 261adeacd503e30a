import protobuf from "protobufjs/minimal.js"
import { GROUP_REPLICAS_MAX } from "./group.ts"

/** Entries of one append: what the smallest ones allow within `appendBytesMax`, and a bound for a forged count. */
export const WIRE_ENTRIES_MAX = 65_536
const REPLICAS_MAX = 4 * GROUP_REPLICAS_MAX
/** Tag bytes of the repeated fields in `raft.proto`: number × 8 + 2. */
const VOTERS_TAG = 90
const LEARNERS_NEXT_TAG = 114
const ENTRIES_TAG = 122

type Uint64 = ReturnType<protobuf.Reader["uint64"]>

/**
 * Reads what another process has written. Unlike its parent it gives 64-bit fields as plain numbers and refuses those
 * that do not fit 53 bits, refuses text that is not UTF-8, keeps nothing that the schema does not know, and counts the
 * items of lists before they are made. A subclass that is handed to `decode` leaves the library as it is for everybody
 * else who imports it.
 */
export class WireReader extends protobuf.Reader {
  #entriesLeft = WIRE_ENTRIES_MAX
  #replicasLeft = REPLICAS_MAX

  constructor(bytes: Uint8Array) {
    super(bytes)
    this.discardUnknown = true
  }

  override tag(): number {
    const tag = super.tag()
    if (tag === ENTRIES_TAG) {
      if (--this.#entriesLeft < 0) throw new RangeError("an append has too many entries")
      this.#replicasLeft = REPLICAS_MAX
    } else if (tag >= VOTERS_TAG && tag <= LEARNERS_NEXT_TAG && --this.#replicasLeft < 0) {
      throw new RangeError("a group has too many replicas")
    }
    return tag
  }

  override string(): string {
    return this.stringVerify()
  }

  /** The generated types say `number` too (`--force-number`); only the library's own do not. */
  override uint64(): Uint64 {
    let value = 0
    let weight = 1
    for (let read = 0; read < 8; read++) {
      if (this.pos >= this.len) throw new RangeError("a number ends too early")
      const byte = this.buf[this.pos++] as number
      value += (byte & 127) * weight
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) throw new RangeError("a number exceeds 53 bits")
        return value as unknown as Uint64
      }
      weight *= 128
    }
    throw new RangeError("a number exceeds 53 bits")
  }
}
