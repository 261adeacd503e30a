import { assert } from "@conclave/base"
import { LIMIT_MAX } from "./limits.ts"
import type { Hold, HoldKind, LockMode } from "./types.ts"

/** Holders and waiters of one name. */
export const HOLDS_OF_NAME_MAX = 10_000

/** What makes a lock a lock, and a permit a permit: all else is the same for all. */
interface Parameters {
  /**
   * What the weights of a name's holders may add up to; 0: whoever is there first says it, up to `limitMax`, and it
   * lives as long as anybody is there.
   */
  readonly limit: number
  readonly limitMax: number
  /** Of the limit: all of it, but 1 where a lock is shared; 1; or what was asked for. */
  readonly takes: "all" | "one" | "asked"
  /** Nobody is granted it: as soon as as many wait as the limit says, they all are done (barriers). */
  readonly opens: boolean
  readonly isShareable: boolean
  readonly hasValue: boolean
  readonly hasPriority: boolean
  /** Of those of one name no two have the same id: who comes later ends the earlier one. */
  readonly hasId: boolean
  readonly hasReady: boolean
  readonly isWorker: boolean
  readonly namesMax: number
}

const PLAIN: Omit<Parameters, "limit" | "takes"> = {
  limitMax: 0,
  opens: false,
  isShareable: false,
  hasValue: false,
  hasPriority: false,
  hasId: false,
  hasReady: false,
  isWorker: false,
  namesMax: 1,
}

export const KINDS: Readonly<Record<HoldKind, Parameters>> = {
  lock: { ...PLAIN, limit: HOLDS_OF_NAME_MAX, takes: "all", isShareable: true, namesMax: 64 },
  election: { ...PLAIN, limit: 1, takes: "all", hasValue: true, hasPriority: true },
  semaphore: { ...PLAIN, limit: 0, limitMax: LIMIT_MAX, takes: "asked" },
  group: { ...PLAIN, limit: HOLDS_OF_NAME_MAX, takes: "one", hasValue: true, hasId: true, hasReady: true },
  work: { ...PLAIN, limit: HOLDS_OF_NAME_MAX, takes: "one", hasId: true, isWorker: true },
  barrier: { ...PLAIN, limit: 0, limitMax: HOLDS_OF_NAME_MAX, takes: "one", opens: true },
}

export function weightOf(kind: HoldKind, mode: LockMode, asked: number | undefined): number {
  const { takes, limit } = KINDS[kind]
  if (takes === "asked") return asked ?? 1
  return takes === "one" || mode === "shared" ? 1 : limit
}

/** The holds of one name. Waiting ones stand by priority, then first come first served; holders by their place, too. */
export class Queue {
  readonly waiting: HoldList = new HoldList(byPriority)
  readonly granted: HoldList = new HoldList(byOrder)
  readonly #byId: Map<string, Hold> = new Map()
  #used = 0

  get size(): number {
    return this.waiting.size + this.granted.size
  }

  /** What its holders weigh together. */
  get used(): number {
    return this.#used
  }

  /** The one member or worker of that id, granted or waiting. */
  byId(id: string): Hold | undefined {
    return this.#byId.get(id)
  }

  add(hold: Hold): void {
    if (hold.id !== undefined) this.#byId.set(hold.id, hold)
    if (hold.token === undefined) return this.waiting.add(hold)
    this.granted.add(hold)
    this.#used += hold.weight
  }

  remove(hold: Hold): void {
    if (hold.id !== undefined) this.#byId.delete(hold.id)
    if (hold.token === undefined) return this.waiting.remove(hold)
    this.granted.remove(hold)
    this.#used -= hold.weight
  }
}

type Compare = (a: Hold, b: Hold) => number

export function byOrder(a: Hold, b: Hold): number {
  return a.order - b.order
}

export function byPriority(a: Hold, b: Hold): number {
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
