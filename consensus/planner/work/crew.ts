import { hashText } from "@conclave/base"
import type { WorkerView, WorkInput } from "./types.ts"

/** One worker while a plan is made: what it has, and what it will have. */
export interface Hand {
  readonly worker: WorkerView
  /** Among equals the one with the smallest: another order in each pool, so that no worker is the first everywhere. */
  readonly rank: number
  /** What it has now: to be given an item it must have room for it beside all of that. */
  used: number
  /** What is on its way to it. */
  incoming: number
  /** What it will have when all that is under way has come about. */
  load: number
  hasSuspect: boolean
}

/** The workers that take items, and how much their places have together. */
export class Crew {
  /** Sorted, so that the order of the input does not matter. */
  readonly hands: readonly Hand[]
  readonly byId: ReadonlyMap<string, Hand>
  readonly #places: Map<string, number> = new Map()

  constructor({ workers, pool }: WorkInput) {
    const hands = workers
      .filter(({ isLeaving }) => !isLeaving)
      .map((worker) => ({
        worker,
        rank: hashText(`${pool} ${worker.id}`),
        used: worker.used,
        incoming: worker.incoming,
        load: worker.used - worker.outgoing + worker.incoming,
        hasSuspect: worker.hasSuspect,
      }))
    this.hands = hands.sort((a, b) => (isFirst(a, b) ? -1 : 1))
    this.byId = new Map(this.hands.map((hand) => [hand.worker.id, hand]))
    for (const { worker, load } of this.hands) this.#places.set(worker.place, this.placeLoad(worker.place) + load)
  }

  placeLoad(place: string): number {
    return this.#places.get(place) ?? 0
  }

  /** It is given a free item; `isTarget`: one that was on its way to it. */
  give(hand: Hand, weight: number, isTarget: boolean): void {
    hand.used += weight
    if (isTarget) hand.incoming -= weight
    else this.#weigh(hand, weight)
  }

  /** An item is to go from one to the other. */
  move(from: Hand, to: Hand, weight: number): void {
    to.incoming += weight
    this.#weigh(from, -weight)
    this.#weigh(to, weight)
  }

  #weigh(hand: Hand, weight: number): void {
    const { place } = hand.worker
    hand.load += weight
    this.#places.set(place, this.placeLoad(place) + weight)
  }
}

/** Whether it can have so much more; `isTarget`: of what is on its way to it already. */
export function hasRoom({ worker, used, incoming }: Hand, weight: number, isTarget: boolean): boolean {
  if (worker.capacity === undefined) return true
  return used + weight + (isTarget ? 0 : incoming) <= worker.capacity
}

/** Who is to get more first: the one with less, then the one at the place with less. */
export function isBefore(crew: Crew, a: Hand, b: Hand): boolean {
  if (a.load !== b.load) return a.load < b.load
  const [atA, atB] = [crew.placeLoad(a.worker.place), crew.placeLoad(b.worker.place)]
  return atA !== atB ? atA < atB : isFirst(a, b)
}

/** Of two that are alike in all else. */
export function isFirst(a: Hand, b: Hand): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.worker.id < b.worker.id
}
