import type { InstallProblem } from "./install.ts"
import { hashText } from "./state-hash.ts"
import { decodeRecord, type Meta, type StateRecord, weightsOf } from "./wire-record.ts"

/**
 * Whether records are those of one snapshot, to the last: they begin with what is known once for all, and end with
 * their number and the hash that their writer had. Unlike an `Install` it makes no state of them, and keeps none.
 */
export class RecordCheck {
  #records = 0
  #hash = { a: 0, b: 0 }
  #meta: Meta | undefined
  #isWhole = false
  #problem: InstallProblem | undefined

  /** Of the first record. */
  get meta(): Meta | undefined {
    return this.#meta
  }

  /** Undefined: all were read, and they add up. */
  get problem(): InstallProblem | undefined {
    return this.#problem ?? (this.#isWhole ? undefined : "malformed")
  }

  /** What the record says; undefined when it does not belong here. Total: never throws, whatever the bytes. */
  add(bytes: Uint8Array): StateRecord | undefined {
    if (this.#problem !== undefined) return undefined
    const record = decodeRecord(bytes)
    if (typeof record === "string") this.#problem = record
    else if (this.#isWhole || !this.#take(record, bytes)) this.#problem = "malformed"
    else return record
    return undefined
  }

  #take(record: StateRecord, bytes: Uint8Array): boolean {
    if ((record.kind === "meta") !== (this.#records === 0)) return false
    if (record.kind === "total") {
      this.#isWhole = record.records === this.#records && record.hash === hashText(this.#hash.a, this.#hash.b)
      return this.#isWhole
    }
    if (record.kind === "meta") this.#meta = record.meta
    for (const { a, b } of weightsOf(record, bytes)) {
      this.#hash = { a: (this.#hash.a + a) | 0, b: (this.#hash.b + b) | 0 }
    }
    this.#records++
    return true
  }
}
