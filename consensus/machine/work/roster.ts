import { rankOf } from "../../planner/work/crew.ts"
import type { WorkerView } from "../../planner/work/types.ts"
import type { Change } from "../applied.ts"
import { nameKey } from "../keys.ts"
import type { State } from "../state.ts"
import type { Hold, SessionId } from "../types.ts"
import { ownerKey, type PoolBook } from "./book.ts"
import { isLeaving } from "./departures.ts"
import type { Item, Spread } from "./types.ts"

/**
 * The workers of one pool as the planner looks at them, kept from one plan to the next: of thousands only those are
 * looked at anew that something has changed of. It must hear of all changes since it was made.
 */
export class Roster {
  readonly pool: string
  readonly #views: Map<string, WorkerView> = new Map()
  /** Ids of workers of which something has changed, and sessions. */
  readonly #stale: Set<string> = new Set()
  readonly #sessions: Set<SessionId> = new Set()
  /** Nobody has been looked at yet. */
  #isNew = true

  constructor(pool: string) {
    this.pool = pool
  }

  get workers(): Iterable<WorkerView> {
    return this.#views.values()
  }

  get size(): number {
    return this.#views.size
  }

  /** One that takes items. */
  taker(id: string): WorkerView | undefined {
    const view = this.#views.get(id)
    return view?.isLeaving === false ? view : undefined
  }

  changed(change: Change): void {
    switch (change.kind) {
      case "item":
        for (const item of [change.before, change.after]) this.#itemChanged(item)
        return
      case "hold": {
        const { kind, names, id } = (change.after ?? change.before) as Hold
        if (kind === "work" && names[0] === this.pool && id !== undefined) this.#stale.add(id)
        return
      }
      case "session":
        if (change.after !== undefined) this.#sessions.add(change.after.id)
        return
      case "pool":
        if (change.before?.config.spread !== change.after?.config.spread) this.#isNew = true
        return
      case "restored":
        this.#isNew = true
    }
  }

  /** Looks at no more than so many; false: all are known as they are now. */
  review(state: State, most: number): boolean {
    const queue = state.queue(nameKey("work", this.pool))
    if (this.#isNew) for (const { id } of queue?.granted.items ?? []) if (id !== undefined) this.#stale.add(id)
    if (this.#isNew) for (const id of this.#views.keys()) this.#stale.add(id)
    this.#isNew = false
    for (const session of this.#sessions) this.#sessionChanged(state.holdsOf(session))
    this.#sessions.clear()
    const book = state.work.book(this.pool)
    const spread = state.work.pool(this.pool)?.config.spread ?? "none"
    let count = 0
    for (const id of this.#stale) {
      if (count++ === most) return true
      this.#stale.delete(id)
      const hold = queue?.byId(id)
      if (hold?.token === undefined) this.#views.delete(id)
      else this.#views.set(id, workerView(state, hold, { book, spread }))
    }
    return false
  }

  #itemChanged(item: Item | undefined): void {
    if (item?.pool !== this.pool) return
    const { owner, target } = item
    if (owner !== undefined) this.#stale.add(owner.id)
    if (target !== undefined) this.#stale.add(target)
  }

  #sessionChanged(holds: readonly Hold[]): void {
    for (const { kind, names, id } of holds) {
      if (kind === "work" && names[0] === this.pool && id !== undefined) this.#stale.add(id)
    }
  }
}

function workerView(
  state: State,
  hold: Hold,
  { book, spread }: { readonly book: PoolBook | undefined; readonly spread: Spread },
): WorkerView {
  const { names, session: ofSession, seq, worker, id = "" } = hold
  const session = state.session(ofSession)
  const load = book?.loads.get(ownerKey(hold))
  const used = load?.used ?? 0
  return {
    id,
    session: ofSession,
    seq,
    rank: rankOf(names[0] as string, id),
    capacity: worker?.capacity,
    place: { none: "", host: session?.host ?? "", zone: worker?.zone ?? "" }[spread],
    isLeaving: isLeaving(hold) || session?.revoking !== undefined,
    used,
    outgoing: load?.outgoing ?? 0,
    hasSuspect: (load?.suspects ?? 0) > 0,
    incoming: incomingTo(book, id, (worker?.capacity ?? Number.POSITIVE_INFINITY) - used),
  }
}

/** For what it cannot bear, as it has grown since or is kept for one that had more room, no room is kept. */
function incomingTo(book: PoolBook | undefined, id: string, room: number): number {
  const coming = book?.incoming.get(id)
  if (coming === undefined || coming.weight <= room) return coming?.weight ?? 0
  let sum = 0
  for (const { weight } of coming.items.values()) if (weight <= room) sum += weight
  return sum
}
