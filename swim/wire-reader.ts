import protobuf from "protobufjs/minimal.js"

/** Accusers of one verdict; more tell nothing new. */
export const WIRE_ACCUSERS_MAX = 8
/** Tag bytes of the repeated fields in `gossip.proto`: number × 8 + 2. */
export const UPDATES_TAG = 66
export const TAGS_TAG = 50
const ACCUSERS_TAG = 74

type Uint64 = ReturnType<protobuf.Reader["uint64"]>

/**
 * Reads what strangers send. Unlike its parent it gives 64-bit fields as plain numbers and refuses those that do
 * not fit 53 bits, refuses text that is not UTF-8, keeps nothing that the schema does not know, and counts the items
 * of a list before they are made, so that a forged count costs nothing. A subclass that is handed to `decode` leaves
 * the library as it is for everybody else who imports it.
 */
export class WireReader extends protobuf.Reader {
  readonly #listTag: number
  #listLeft: number
  #accusersLeft = WIRE_ACCUSERS_MAX

  constructor(bytes: Uint8Array, listTag: number, listMax: number) {
    super(bytes)
    this.#listTag = listTag
    this.#listLeft = listMax
    this.discardUnknown = true
  }

  override tag(): number {
    const tag = super.tag()
    if (tag === this.#listTag) {
      if (--this.#listLeft < 0) throw new RangeError("a list has too many items")
      this.#accusersLeft = WIRE_ACCUSERS_MAX
    } else if (tag === ACCUSERS_TAG && --this.#accusersLeft < 0) {
      throw new RangeError("a verdict has too many accusers")
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
