import { assert, hashBytes } from "@conclave/base"

const SEED_A = 0x811c9dc5
const SEED_B = 0x5bd1e995

/** What one record adds to the hash and the size of the state. */
export interface Weight {
  readonly a: number
  readonly b: number
  readonly bytes: number
}

export function weigh(record: Uint8Array): Weight {
  return { a: hashBytes(record, SEED_A), b: hashBytes(record, SEED_B), bytes: record.length }
}

/** Something with a record. `weight` is the hash's own to set: undefined = nobody has asked yet. */
export interface Counted {
  readonly encode: () => Uint8Array
  /** Its record is long: that of a name has its last 32 grants in it. */
  readonly isLong: boolean
  weight: Weight | undefined
}

/** No record that waits to be weighed is longer: a hold of 64 names comes nearest. */
export const RECORD_BYTES_MAX: number = 32 * 1024
/** Records that may wait to be weighed: all at once they take about as long as one slice of work. */
export const WAITING_MAX = 512

/**
 * The hash of a set of records, 64 bits: their own hashes added up, so that neither the order in which they came nor
 * the one in which a table keeps them matters, and a change costs what it touches.
 *
 * To weigh a record is to encode it, which costs more than all else that a command does, and most records are replaced
 * soon: a lock that is taken and given back goes through six. So a record waits until somebody asks for hash or size,
 * or until too many others have come after it, and one that is gone by then was never weighed. Long ones wait longest.
 * What is answered is the same.
 */
export class StateHash {
  #a = 0
  #b = 0
  #bytes = 0
  #largeBytes = 0
  /** In the order in which they came. */
  readonly #short: Set<Counted> = new Set()
  readonly #long: Set<Counted> = new Set()

  /** Of all records together, as a snapshot has them. */
  get bytes(): number {
    this.#weighAll()
    return this.#bytes
  }

  /** Whether all records together have fewer bytes; cheap as long as they are far from it. */
  isBelow(bytes: number): boolean {
    return this.#bytes + this.#waiting * RECORD_BYTES_MAX < bytes || this.bytes < bytes
  }

  add(counted: Counted): void {
    if (counted.isLong) this.#long.add(counted)
    else this.#short.add(counted)
    if (this.#waiting > WAITING_MAX) this.weighOne()
  }

  /** One that is very large is weighed at once: many of them would not fit into a slice of work. */
  addLarge(counted: Counted): void {
    this.#largeBytes += this.#weigh(counted)
  }

  /** Bytes of large records since this was last asked. */
  takeLargeBytes(): number {
    const bytes = this.#largeBytes
    this.#largeBytes = 0
    return bytes
  }

  subtract(counted: Counted): void {
    if ((counted.isLong ? this.#long : this.#short).delete(counted)) return
    const { weight } = counted
    assert(weight !== undefined, "what is taken away was counted")
    this.#a = (this.#a - weight.a) >>> 0
    this.#b = (this.#b - weight.b) >>> 0
    this.#bytes -= weight.bytes
  }

  /** False when none waits. */
  weighOne(): boolean {
    const waiting = this.#short.size > 0 ? this.#short : this.#long
    for (const counted of waiting) {
      waiting.delete(counted)
      this.#weigh(counted)
      return true
    }
    return false
  }

  #weigh(counted: Counted): number {
    const weight = weigh(counted.encode())
    counted.weight = weight
    this.#a = (this.#a + weight.a) >>> 0
    this.#b = (this.#b + weight.b) >>> 0
    this.#bytes += weight.bytes
    return weight.bytes
  }

  /** 16 hexadecimal digits, with one more record counted that is kept elsewhere. */
  textWith(weight: Weight): string {
    this.#weighAll()
    return hashText((this.#a + weight.a) >>> 0, (this.#b + weight.b) >>> 0)
  }

  get #waiting(): number {
    return this.#short.size + this.#long.size
  }

  #weighAll(): void {
    while (this.weighOne());
  }
}

/** Two sums of 32 bits as 16 digits. */
export function hashText(a: number, b: number): string {
  return hex(a) + hex(b)
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0")
}
