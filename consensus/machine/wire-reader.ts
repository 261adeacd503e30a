import protobuf from "protobufjs/minimal.js"

/** Renewals of one command: one of each host of the largest fleet, and as much again. */
export const RENEWALS_MAX = 20_000
/** Names of one hold, and past grants of one name. */
const NAMES_MAX = 64
const HISTORY_MAX = 32
/** Tag bytes of the repeated fields in `machine.proto`: number × 8 + 2. */
const RENEWALS_TAG = 106
const NAMES_TAG = 114
const HISTORY_TAG = 122

type Uint64 = ReturnType<protobuf.Reader["uint64"]>

/** The bytes say something that this program does not know. */
export class UnknownField extends Error {
  override name = "UnknownField"
}

/**
 * Reads the log and snapshots. Unlike its parent it gives 64-bit fields as plain numbers and refuses those that do not
 * fit 53 bits, refuses text that is not UTF-8, counts the items of lists before they are made, and stops at a field
 * that the schema does not know: whoever skipped it would part from the replicas that know it.
 */
export class WireReader extends protobuf.Reader {
  #renewalsLeft = RENEWALS_MAX
  #namesLeft = NAMES_MAX
  #historyLeft = HISTORY_MAX

  override tag(): number {
    const tag = super.tag()
    if (tag === RENEWALS_TAG && --this.#renewalsLeft < 0) throw new RangeError("too many renewals")
    if (tag === NAMES_TAG && --this.#namesLeft < 0) throw new RangeError("too many names")
    if (tag === HISTORY_TAG && --this.#historyLeft < 0) throw new RangeError("too many past grants")
    return tag
  }

  override skipType(): this {
    throw new UnknownField("a field is not known")
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
