import { hashBytes } from "@conclave/base"

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

/**
 * The hash of a set of records, 64 bits: their own hashes added up, so that neither the order in which they came nor
 * the one in which a table keeps them matters, and a change costs what it touches.
 */
export class StateHash {
  #a = 0
  #b = 0
  #bytes = 0

  /** Of all records together, as a snapshot has them. */
  get bytes(): number {
    return this.#bytes
  }

  add(weight: Weight): void {
    this.#a = (this.#a + weight.a) >>> 0
    this.#b = (this.#b + weight.b) >>> 0
    this.#bytes += weight.bytes
  }

  subtract(weight: Weight): void {
    this.#a = (this.#a - weight.a) >>> 0
    this.#b = (this.#b - weight.b) >>> 0
    this.#bytes -= weight.bytes
  }

  /** 16 hexadecimal digits, with one more record counted that is kept elsewhere. */
  textWith(weight: Weight): string {
    return hex((this.#a + weight.a) >>> 0) + hex((this.#b + weight.b) >>> 0)
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0")
}
