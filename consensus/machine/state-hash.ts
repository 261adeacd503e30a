import { hashBytes, hashNumber } from "@conclave/base"

const SEED_A = 0x811c9dc5
const SEED_B = 0x5bd1e995

/** What one record adds to the hash and the size of the state. Whole numbers of 32 bits with their sign. */
export interface Weight {
  readonly a: number
  readonly b: number
  readonly bytes: number
}

export const NO_WEIGHT: Weight = { a: 0, b: 0, bytes: 0 }

export function weigh(record: Uint8Array): Weight {
  return { a: hashBytes(record, SEED_A) | 0, b: hashBytes(record, SEED_B) | 0, bytes: record.length }
}

/** What a part of a record adds: two bytes say what it is and how long. `seed` is made of the name of whose it is. */
export function weighPart(part: Uint8Array, seed: number): Weight {
  const bytes = part.length + 2
  return { a: hashBytes(part, SEED_A ^ seed) | 0, b: hashBytes(part, SEED_B ^ seed) | 0, bytes }
}

/** What a number adds that is part of a record; the record has its bytes. */
export function weighNumber(value: number, seed: number): Weight {
  return { a: hashNumber(value, SEED_A ^ seed) | 0, b: hashNumber(value, SEED_B ^ seed) | 0, bytes: 0 }
}

/** Something with a record. All but its record is the hash's own to set. */
export interface Counted {
  /** Its record as it is now; whoever asks has done with it before anything else is encoded. */
  readonly encode: () => Uint8Array
  /** What the hash has counted for it. */
  weight: Weight
  /** Its record is another one than was counted. */
  isWaiting: boolean
}

/**
 * No record that waits to be weighed is longer: a hold of 64 names comes nearest. A longer one would part the replicas,
 * since `isBelow` would say something else where somebody has asked for the size before.
 */
export const RECORD_BYTES_MAX: number = 32 * 1024
/** Records that may wait to be weighed: all at once they take about as long as one slice of work. */
export const WAITING_MAX = 512

/**
 * The hash of a set of records, 64 bits: their own hashes added up, so that neither the order in which they came nor
 * the one in which a table keeps them matters, and a change costs what it touches.
 *
 * To weigh a record is to encode it, which costs more than all else that a command does, and most records are replaced
 * soon: a lock that is taken and given back goes through six. So a record waits until somebody asks for hash or size,
 * or until too many others have come after it; what has changed again by then is weighed once, and what is gone never.
 * What is answered is the same.
 */
export class StateHash {
  #a = 0
  #b = 0
  #bytes = 0
  #largeBytes = 0
  #longestBytes = 0
  /** A ring, the one that came first before the place of the next; some of them wait no more. */
  readonly #ring: (Counted | undefined)[] = new Array(WAITING_MAX).fill(undefined)
  #next = 0
  #waiting = 0

  /** Of all records together, as a snapshot has them. */
  get bytes(): number {
    this.#weighAll()
    return this.#bytes
  }

  /** The longest record so far that has waited. */
  get longestBytes(): number {
    return this.#longestBytes
  }

  /** Whether all records together have fewer bytes. Weighs no more than it takes to know: far from it nothing. */
  isBelow(bytes: number): boolean {
    while (this.#bytes + this.#waiting * RECORD_BYTES_MAX >= bytes) if (!this.weighOne()) return false
    return true
  }

  add({ a, b, bytes }: Weight): void {
    this.#a = (this.#a + a) | 0
    this.#b = (this.#b + b) | 0
    this.#bytes += bytes
  }

  subtract({ a, b, bytes }: Weight): void {
    this.#a = (this.#a - a) | 0
    this.#b = (this.#b - b) | 0
    this.#bytes -= bytes
  }

  /** It has come, or become another one. */
  count(counted: Counted): void {
    if (counted.isWaiting) return
    if (this.#waiting === WAITING_MAX) this.weighOne()
    counted.isWaiting = true
    this.#ring[this.#next] = counted
    this.#next = (this.#next + 1) % WAITING_MAX
    this.#waiting++
  }

  /** One that is very large is weighed at once: many of them would not fit into a slice of work. */
  countLarge(counted: Counted): void {
    this.#weigh(counted)
    this.#largeBytes += counted.weight.bytes
  }

  /** Bytes of large records since this was last asked. */
  takeLargeBytes(): number {
    const bytes = this.#largeBytes
    this.#largeBytes = 0
    return bytes
  }

  /** It is gone. */
  discount(counted: Counted): void {
    counted.isWaiting = false
    this.#set(counted, NO_WEIGHT)
  }

  /** False when none waits. */
  weighOne(): boolean {
    if (this.#waiting === 0) return false
    const at = (this.#next - this.#waiting + WAITING_MAX) % WAITING_MAX
    const first = this.#ring[at] as Counted
    this.#ring[at] = undefined
    this.#waiting--
    if (!first.isWaiting) return true
    this.#weigh(first)
    this.#longestBytes = Math.max(this.#longestBytes, first.weight.bytes)
    return true
  }

  #weigh(counted: Counted): void {
    counted.isWaiting = false
    this.#set(counted, weigh(counted.encode()))
  }

  #set(counted: Counted, weight: Weight): void {
    this.subtract(counted.weight)
    this.add(weight)
    counted.weight = weight
  }

  /** 16 hexadecimal digits, with one more record counted that is kept elsewhere. */
  textWith(weight: Weight): string {
    this.#weighAll()
    return hashText(this.#a + weight.a, this.#b + weight.b)
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
  return (value >>> 0).toString(16).padStart(8, "0")
}
