import { type Crew, type Hand, isFirst } from "./crew.ts"

interface Place {
  readonly hand: Hand
  /** As they were when it was placed: while items are given out they only grow. */
  readonly load: number
  readonly placeLoad: number
}

/**
 * Workers, the one that is to get the next item first. Whoever has grown since finds its place when it comes to the
 * top.
 */
export class HandHeap {
  readonly #crew: Crew
  readonly #heap: Place[] = []

  constructor(crew: Crew) {
    this.#crew = crew
    for (const hand of crew.hands) this.#push(hand)
  }

  /** The first that will do; undefined = none does. */
  first(willDo: (hand: Hand) => boolean): Hand | undefined {
    const passed: Hand[] = []
    let found: Hand | undefined
    while (found === undefined) {
      const hand = this.#pop()
      if (hand === undefined) break
      passed.push(hand)
      if (willDo(hand)) found = hand
    }
    for (const hand of passed) this.#push(hand)
    return found
  }

  #pop(): Hand | undefined {
    for (;;) {
      const top = this.#heap[0]
      if (top === undefined) return undefined
      const isStale = top.load !== top.hand.load || top.placeLoad !== this.#crew.placeLoad(top.hand.worker.place)
      const last = this.#heap.pop() as Place
      if (this.#heap.length > 0) {
        this.#heap[0] = last
        this.#down()
      }
      if (!isStale) return top.hand
      this.#push(top.hand)
    }
  }

  #push(hand: Hand): void {
    const heap = this.#heap
    const place = { hand, load: hand.load, placeLoad: this.#crew.placeLoad(hand.worker.place) }
    let at = heap.length
    heap.push(place)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above] as Place
      if (!this.#isBefore(place, parent)) break
      heap[at] = parent
      at = above
    }
    heap[at] = place
  }

  #down(): void {
    const heap = this.#heap
    const place = heap[0] as Place
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= heap.length) break
      const right = heap[left + 1]
      const child = right !== undefined && this.#isBefore(right, heap[left] as Place) ? left + 1 : left
      if (!this.#isBefore(heap[child] as Place, place)) break
      heap[at] = heap[child] as Place
      at = child
    }
    heap[at] = place
  }

  #isBefore(a: Place, b: Place): boolean {
    if (a.load !== b.load) return a.load < b.load
    if (a.placeLoad !== b.placeLoad) return a.placeLoad < b.placeLoad
    return isFirst(a.hand, b.hand)
  }
}
