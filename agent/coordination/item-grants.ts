import type { Change, Hold, Item, Session, SessionId, Token } from "@conclave/consensus"
import type { StateView } from "./cluster.ts"
import { askedBy, type GrantStep, isSameWish } from "./grant-note.ts"
import { lossOf } from "./item-news.ts"

type ItemChange = Pick<Extract<Change, { kind: "item" }>, "before" | "after" | "reason">
type Worker = Pick<Hold, "session" | "seq">

interface Ending {
  readonly end: string | undefined
  readonly isGivenBack: boolean
  readonly revoked: GrantStep["revoked"]
  readonly nowMs: number
}

/** An item that was told, as it was then, and since when its worker has it. */
interface Had {
  readonly item: Item
  readonly sinceMs: number
}

/**
 * What becomes of the items of this host's workers: each assignment is a grant of its own and is told as one, from its
 * token on to its end. What a worker still has when it ends, ends for the same reason.
 */
export class ItemGrants {
  readonly #tell: (session: Session, step: GrantStep) => void
  /** What has been told, of each worker as it was then. */
  readonly #had: Map<string, Map<Token, Had>> = new Map()

  constructor(tell: (session: Session, step: GrantStep) => void) {
    this.#tell = tell
  }

  /** How many there are now. */
  get size(): number {
    let size = 0
    for (const had of this.#had.values()) size += had.size
    return size
  }

  /** `sessionOf` knows those of this host. */
  changed(
    { before, after, reason }: ItemChange,
    nowMs: number,
    sessionOf: (id: SessionId) => Session | undefined,
  ): void {
    const was = before?.owner
    const is = after?.owner
    if (was !== undefined && was.token !== is?.token) {
      const session = sessionOf(was.session)
      if (session !== undefined) this.#over(session, before as Item, { reason, nowMs })
    }
    const session = is === undefined ? undefined : sessionOf(is.session)
    if (session !== undefined) this.#has(session, after as Item, before)
  }

  /** A state was replaced: what happened in between is told as far as the item remembers it. */
  compare(session: Session, worker: Hold, state: StateView): void {
    const items = state.itemsOf(worker.names[0] ?? "", worker)
    const now = new Set(items.map(({ owner }) => owner?.token))
    for (const [token, { item }] of this.#had.get(keyOf(worker)) ?? []) {
      if (!now.has(token)) this.#over(session, item, { reason: reasonOf(item, state), nowMs: state.timeMs })
    }
    for (const item of items) this.#has(session, item)
  }

  /** It comes from another host, with all that it has. */
  bring(worker: Hold, state: StateView): void {
    for (const item of state.itemsOf(worker.names[0] ?? "", worker)) this.#keep(item)
  }

  /** It goes to another host, with all that it has. */
  forget(worker: Worker): void {
    this.#had.delete(keyOf(worker))
  }

  ended(session: Session, worker: Worker, { end = "session-lost", isGivenBack, revoked, nowMs }: Ending): void {
    for (const had of this.#had.get(keyOf(worker))?.values() ?? []) {
      const step = isGivenBack ? stepOf(had.item, "released") : stepOf(had.item, "lost", end, revoked)
      this.#tell(session, { ...step, spent: spentOn(had, nowMs) })
    }
    this.forget(worker)
  }

  /** `before` is known where it came to its worker a moment ago. */
  #has(session: Session, item: Item, before?: Item): void {
    const known = this.#keep(item)
    const spent = before === undefined ? {} : { waitMs: item.sinceMs - before.sinceMs }
    if (known === undefined) this.#tell(session, { ...stepOf(item, "granted"), spent })
    const { revoking } = item
    if (revoking === undefined || isSameWish(revoking, known?.revoking)) return
    this.#tell(session, stepOf(item, "revoking", revoking.reason, askedBy(revoking)))
  }

  #over(
    session: Session,
    item: Item,
    { reason, nowMs }: { readonly reason: string | undefined; readonly nowMs: number },
  ): void {
    const { owner } = item
    if (owner === undefined) return
    const all = this.#had.get(keyOf(owner))
    const had = all?.get(owner.token)
    if (all === undefined || had === undefined) return
    all.delete(owner.token)
    if (all.size === 0) this.#had.delete(keyOf(owner))
    const loss = lossOf(reason)
    const revoked = loss === "revoked" ? askedBy(item.revoking) : undefined
    const step = loss === "released" ? stepOf(item, "released", reason) : stepOf(item, "lost", loss, revoked)
    this.#tell(session, { ...step, spent: spentOn({ ...had, item }, nowMs) })
  }

  /** What was known of the same assignment. */
  #keep(item: Item): Item | undefined {
    const { owner } = item
    if (owner === undefined) return undefined
    const key = keyOf(owner)
    const had = this.#had.get(key) ?? new Map<Token, Had>()
    this.#had.set(key, had)
    const known = had.get(owner.token)
    had.set(owner.token, { item, sinceMs: known?.sinceMs ?? item.sinceMs })
    return known?.item
  }
}

function stepOf(
  { pool, item, owner }: Item,
  what: "granted" | "revoking" | "released" | "lost",
  reason?: string,
  revoked?: GrantStep["revoked"],
): GrantStep {
  return { kind: `work.${what}`, name: pool, item, token: owner?.token, reason, revoked }
}

/** Of an item that is asked back `sinceMs` says since when. */
function spentOn({ item, sinceMs }: Had, nowMs: number): GrantStep["spent"] {
  const letGo = item.state === "revoking" ? { letGoMs: nowMs - item.sinceMs } : {}
  return { holdMs: nowMs - sinceMs, ...letGo }
}

/** Why it left that worker last. One that is there no more was removed, or its worker was done with it. */
function reasonOf({ pool, item, owner }: Item, state: StateView): string | undefined {
  const now = state.item(pool, item)
  if (now === undefined) return "removed"
  return now.decisions.findLast(({ from, to }) => from === owner?.id && to === undefined)?.reason
}

function keyOf({ session, seq }: Worker): string {
  return `${session}/${seq}`
}
