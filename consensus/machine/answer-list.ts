import { hashText } from "@conclave/base"
import type { Answer, SessionId, StoredResult } from "./types.ts"

/**
 * What one session was answered, by the numbers of its requests. It is changed in place: every request of a session
 * that has asked much brings an answer and takes one, and a list that is made anew each time would cost more than the
 * request. For the same reason a write's answer, by far the most frequent one, is kept as the revision that it says.
 */
export class AnswerList {
  readonly session: SessionId
  /** For what its answers weigh. */
  readonly seed: number
  /** Requests below it are answered and forgotten, but for what became of some holds that outlived it. */
  floor: number
  /** Ascending. */
  readonly #seqs: number[] = []
  /** A number: written, at that revision. */
  readonly #results: (number | StoredResult)[] = []

  constructor(session: SessionId, floor = 0) {
    this.session = session
    this.seed = hashText(session)
    this.floor = floor
  }

  get size(): number {
    return this.#seqs.length
  }

  /** How many of them are older than the window. */
  get late(): number {
    let late = 0
    while ((this.#seqs[late] ?? this.floor) < this.floor) late++
    return late
  }

  get(seq: number): StoredResult | undefined {
    const at = this.#placeOf(seq)
    return this.#seqs[at] === seq ? this.at(at)?.result : undefined
  }

  at(index: number): Answer | undefined {
    const seq = this.#seqs[index]
    const result = this.#results[index]
    if (seq === undefined || result === undefined) return undefined
    return { seq, result: typeof result === "number" ? { kind: "written", rev: result } : result }
  }

  /** None of that number is there. */
  add({ seq, result }: Answer): void {
    const at = this.#placeOf(seq)
    const kept = result.kind === "written" ? result.rev : result
    if (at === this.#seqs.length) {
      this.#seqs.push(seq)
      this.#results.push(kept)
      return
    }
    this.#seqs.splice(at, 0, seq)
    this.#results.splice(at, 0, kept)
  }

  remove(index: number): void {
    if (index === 0) {
      this.#seqs.shift()
      this.#results.shift()
      return
    }
    this.#seqs.splice(index, 1)
    this.#results.splice(index, 1)
  }

  *[Symbol.iterator](): IterableIterator<Answer> {
    for (let index = 0; index < this.#seqs.length; index++) yield this.at(index) as Answer
  }

  copy(): AnswerList {
    const copy = new AnswerList(this.session, this.floor)
    copy.#seqs.push(...this.#seqs)
    copy.#results.push(...this.#results)
    return copy
  }

  /** How many stand before it; most come in their order. */
  #placeOf(seq: number): number {
    let at = this.#seqs.length
    while (at > 0 && (this.#seqs[at - 1] as number) >= seq) at--
    return at
  }
}
