import { assert } from "@conclave/base"
import type { Hold, HoldKind, LockMode } from "./types.ts"

/** Holders and waiters of one name. */
export const HOLDS_OF_NAME_MAX = 10_000

/**
 * What makes a lock a lock and an election an election. `limit`: what the weights of a name's holders may add up to; a
 * shared lock takes 1 of it, an exclusive hold all of it.
 */
interface Parameters {
  readonly limit: number
  readonly isShareable: boolean
  readonly hasValue: boolean
  readonly hasPriority: boolean
  readonly namesMax: number
}

export const KINDS: Readonly<Record<HoldKind, Parameters>> = {
  lock: { limit: HOLDS_OF_NAME_MAX, isShareable: true, hasValue: false, hasPriority: false, namesMax: 64 },
  election: { limit: 1, isShareable: false, hasValue: true, hasPriority: true, namesMax: 1 },
}

export function weightOf(kind: HoldKind, mode: LockMode): number {
  return mode === "shared" ? 1 : KINDS[kind].limit
}

/** The holds of one name. Waiting ones stand by priority, then first come first served; holders by their place, too. */
export class Queue {
  readonly waiting: HoldList = new HoldList(byPriority)
  readonly granted: HoldList = new HoldList(byOrder)
  #used = 0

  get size(): number {
    return this.waiting.size + this.granted.size
  }

  /** What its holders weigh together. */
  get used(): number {
    return this.#used
  }

  add(hold: Hold): void {
    if (hold.token === undefined) return this.waiting.add(hold)
    this.granted.add(hold)
    this.#used += hold.weight
  }

  remove(hold: Hold): void {
    if (hold.token === undefined) return this.waiting.remove(hold)
    this.granted.remove(hold)
    this.#used -= hold.weight
  }
}

type Compare = (a: Hold, b: Hold) => number

export function byOrder(a: Hold, b: Hold): number {
  return a.order - b.order
}

function byPriority(a: Hold, b: Hold): number {
  return b.priority - a.priority || a.order - b.order
}

/** Sorted, so that it is the same on every replica whatever came first. Of two holds no two are equal. */
export class HoldList {
  readonly #compare: Compare
  readonly #items: Hold[] = []

  constructor(compare: Compare) {
    this.#compare = compare
  }

  get size(): number {
    return this.#items.length
  }

  get first(): Hold | undefined {
    return this.#items[0]
  }

  get items(): readonly Hold[] {
    return this.#items
  }

  add(hold: Hold): void {
    const at = this.placeOf(hold)
    if (at === this.#items.length) this.#items.push(hold)
    else this.#items.splice(at, 0, hold)
  }

  remove(hold: Hold): void {
    const at = this.placeOf(hold)
    assert(this.#items[at] === hold, "what leaves a queue stands in it")
    if (at === 0) this.#items.shift()
    else this.#items.splice(at, 1)
  }

  /** How many stand before it, from 0. */
  placeOf(hold: Hold): number {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(this.#items[middle] as Hold, hold) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
