import { assert } from "@conclave/base"

/** Builds bytes front to back, big-endian. */
export class ByteWriter {
  #bytes: Uint8Array
  #view: DataView
  #length = 0

  constructor(bytesGuess = 512) {
    this.#bytes = new Uint8Array(bytesGuess)
    this.#view = new DataView(this.#bytes.buffer)
  }

  get length(): number {
    return this.#length
  }

  u8(value: number): this {
    const at = this.#grow(1)
    this.#bytes[at] = value
    return this
  }

  u32(value: number): this {
    const at = this.#grow(4)
    this.#view.setUint32(at, value)
    return this
  }

  /** A whole number up to 2⁵³. */
  u64(value: number): this {
    assert(Number.isSafeInteger(value) && value >= 0, "a number on disk is a whole one")
    const at = this.#grow(8)
    this.#view.setBigUint64(at, BigInt(value))
    return this
  }

  bytes(value: Uint8Array): this {
    const at = this.#grow(value.length)
    this.#bytes.set(value, at)
    return this
  }

  /** ASCII, with its length before it. */
  text(value: string): this {
    assert(value.length <= 255, "a text on disk is short")
    this.u8(value.length)
    for (let index = 0; index < value.length; index++) this.u8(value.charCodeAt(index))
    return this
  }

  /** A copy of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(by: number): number {
    const at = this.#length
    this.#length += by
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length))
      larger.set(this.#bytes)
      this.#bytes = larger
      this.#view = new DataView(larger.buffer)
    }
    return at
  }
}

/**
 * Reads what `ByteWriter` wrote; `ok` is false once anything was beyond the end, and everything is zero from there on.
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0
  ok = true

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  u8(): number {
    const at = this.#take(1)
    return at === undefined ? 0 : this.#view.getUint8(at)
  }

  u32(): number {
    const at = this.#take(4)
    return at === undefined ? 0 : this.#view.getUint32(at)
  }

  u64(): number {
    const at = this.#take(8)
    const value = at === undefined ? 0 : Number(this.#view.getBigUint64(at))
    if (!Number.isSafeInteger(value)) this.ok = false
    return value
  }

  /** A view. */
  bytes(length: number): Uint8Array {
    const at = this.#take(length)
    return at === undefined ? new Uint8Array(0) : this.#bytes.subarray(at, at + length)
  }

  text(): string {
    return String.fromCharCode(...this.bytes(this.u8()))
  }

  #take(length: number): number | undefined {
    if (!this.ok || length > this.left) {
      this.ok = false
      return undefined
    }
    const at = this.#at
    this.#at += length
    return at
  }
}

export function isZero(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) if (bytes[index] !== 0) return false
  return true
}
