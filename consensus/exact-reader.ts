import protobuf from "protobufjs/minimal.js"

type Uint64 = ReturnType<protobuf.Reader["uint64"]>

/**
 * Unlike its parent it gives 64-bit fields as plain numbers and refuses those that do not fit 53 bits, and refuses text
 * that is not UTF-8. A subclass that is handed to `decode` leaves the library as it is for everybody else who imports
 * it.
 */
export class ExactReader extends protobuf.Reader {
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
