import { hashText } from "@conclave/base"
import type { Answer, SessionId, StoredResult } from "./types.ts"

const ROOM_MIN = 4

/**
 * What one session was answered, by the numbers of its requests. It is changed in place: every request of a session
 * that has asked much brings an answer and takes one, and a list that is made anew each time would cost more than the
 * request. It is a ring, since one that moved through its memory would leave holes all over the heap. For the same
 * reason a write's answer, by far the most frequent one, is kept as the revision that it says.
 */
export class AnswerList {
  readonly session: SessionId
  /** For what its answers weigh. */
  readonly seed: number
  /** Requests below it are answered and forgotten, but for what became of some holds that outlived it. */
  floor: number
  /** Ascending from the place of the first on; as long as there is room, a power of two. */
  #seqs: number[] = []
  /** A number: written, at that revision. */
  #results: (number | StoredResult)[] = []
  #first = 0
  #size = 0

  constructor(session: SessionId, floor = 0) {
    this.session = session
    this.seed = hashText(session)
    this.floor = floor
  }

  get size(): number {
    return this.#size
  }

  /** How many of them are older than the window. */
  get late(): number {
    let late = 0
    while (late < this.#size && (this.#seqs[this.#slot(late)] as number) < this.floor) late++
    return late
  }

  get(seq: number): StoredResult | undefined {
    const at = this.#placeOf(seq)
    const found = this.at(at)
    return found?.seq === seq ? found.result : undefined
  }

  at(index: number): Answer | undefined {
    if (index >= this.#size) return undefined
    const slot = this.#slot(index)
    const result = this.#results[slot] as number | StoredResult
    const seq = this.#seqs[slot] as number
    return { seq, result: typeof result === "number" ? { kind: "written", rev: result } : result }
  }

  /** None of that number is there. */
  add({ seq, result }: Answer): void {
    if (this.#size === this.#seqs.length) this.#grow()
    let at = this.#size++
    const place = this.#placeBelow(at, seq)
    for (; at > place; at--) this.#move(at - 1, at)
    const slot = this.#slot(at)
    this.#seqs[slot] = seq
    this.#results[slot] = result.kind === "written" ? result.rev : result
  }

  remove(index: number): void {
    let at = index
    for (; at > 0; at--) this.#move(at - 1, at)
    this.#results[this.#first] = 0
    this.#first = this.#slot(1)
    this.#size--
  }

  *[Symbol.iterator](): IterableIterator<Answer> {
    for (let index = 0; index < this.#size; index++) yield this.at(index) as Answer
  }

  copy(): AnswerList {
    const copy = new AnswerList(this.session, this.floor)
    copy.#seqs = this.#seqs.slice()
    copy.#results = this.#results.slice()
    copy.#first = this.#first
    copy.#size = this.#size
    return copy
  }

  /** How many stand before it; most come in their order. */
  #placeOf(seq: number): number {
    return this.#placeBelow(this.#size, seq)
  }

  #placeBelow(end: number, seq: number): number {
    let at = end
    while (at > 0 && (this.#seqs[this.#slot(at - 1)] as number) >= seq) at--
    return at
  }

  #slot(index: number): number {
    return (this.#first + index) & (this.#seqs.length - 1)
  }

  #move(from: number, to: number): void {
    const [source, target] = [this.#slot(from), this.#slot(to)]
    this.#seqs[target] = this.#seqs[source] as number
    this.#results[target] = this.#results[source] as number | StoredResult
  }

  #grow(): void {
    const room = Math.max(ROOM_MIN, this.#seqs.length * 2)
    const seqs = new Array<number>(room).fill(0)
    const results = new Array<number | StoredResult>(room).fill(0)
    for (let at = 0; at < this.#size; at++) {
      seqs[at] = this.#seqs[this.#slot(at)] as number
      results[at] = this.#results[this.#slot(at)] as number | StoredResult
    }
    this.#seqs = seqs
    this.#results = results
    this.#first = 0
  }
}
