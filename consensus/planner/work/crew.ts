import { hashText } from "@conclave/base"
import type { WorkerView } from "./types.ts"

/** What is spread over: a host, a zone, or all that there is. */
export interface Place {
  readonly name: string
  /** In the list of places. */
  readonly at: number
  readonly hands: Hand[]
  /** Of its workers together. */
  load: number
}

/** One worker while a plan is made: what it has, and what it will have. */
export interface Hand {
  readonly worker: WorkerView
  /** In the list of workers. */
  readonly at: number
  readonly place: Place
  /** In the list of its place. */
  readonly seat: number
  /** What it has now: to be given an item it must have room for it beside all of that. */
  used: number
  /** What is on its way to it. */
  incoming: number
  /** What it will have when all that is under way has come about. */
  load: number
  hasSuspect: boolean
}

/** The workers that take items, and how much their places have together. In no order: what is first is compared. */
export class Crew {
  readonly hands: readonly Hand[]
  readonly places: readonly Place[]
  #byId: Map<string, Hand> | undefined

  constructor(workers: readonly WorkerView[]) {
    const hands: Hand[] = []
    const places = new Map<string, Place>()
    for (const worker of workers) {
      if (worker.isLeaving) continue
      const place = places.get(worker.place) ?? { name: worker.place, at: places.size, hands: [], load: 0 }
      if (place.hands.length === 0) places.set(place.name, place)
      const { used, outgoing, incoming, hasSuspect } = worker
      const load = used - outgoing + incoming
      const hand = { worker, at: hands.length, place, seat: place.hands.length, used, incoming, load, hasSuspect }
      hands.push(hand)
      place.hands.push(hand)
      place.load += load
    }
    this.hands = hands
    this.places = [...places.values()]
  }

  byId(id: string): Hand | undefined {
    this.#byId ??= new Map(this.hands.map((hand) => [hand.worker.id, hand]))
    return this.#byId.get(id)
  }
}

/** It is given a free item; `isTarget`: one that was on its way to it. */
export function give(hand: Hand, weight: number, isTarget: boolean): void {
  hand.used += weight
  if (isTarget) hand.incoming -= weight
  else weigh(hand, weight)
}

/** An item is to go from one to the other. */
export function move(from: Hand, to: Hand, weight: number): void {
  to.incoming += weight
  weigh(from, -weight)
  weigh(to, weight)
}

/** How much more it can have, beside what is on its way to it. */
export function roomOf({ worker: { capacity }, used, incoming }: Hand): number {
  return capacity === undefined ? Number.POSITIVE_INFINITY : capacity - used - incoming
}

/** Whether it can have so much more; `isTarget`: of what is on its way to it already. */
export function hasRoom(hand: Hand, weight: number, isTarget: boolean): boolean {
  return weight <= roomOf(hand) + (isTarget ? hand.incoming : 0)
}

/** Who has less; of equal ones each pool has another first, so that no worker is the first everywhere. */
export function hasLess(a: Hand, b: Hand): boolean {
  return a.load !== b.load ? a.load < b.load : isFirst(a, b)
}

export function hasMore(a: Hand, b: Hand): boolean {
  return a.load !== b.load ? a.load > b.load : isFirst(a, b)
}

/** Of two that are alike in all else. */
export function isFirst({ worker: a }: Hand, { worker: b }: Hand): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.id < b.id
}

export function rankOf(pool: string, id: string): number {
  return hashText(`${pool} ${id}`)
}

function weigh(hand: Hand, weight: number): void {
  hand.load += weight
  hand.place.load += weight
}
