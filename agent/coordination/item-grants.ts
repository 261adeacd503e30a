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
}

/**
 * What becomes of the items of this host's workers: each assignment is a grant of its own and is told as one, from its
 * token on to its end. What a worker still has when it ends, ends for the same reason.
 */
export class ItemGrants {
  readonly #tell: (session: Session, step: GrantStep) => void
  /** What has been told, of each worker as it was then. */
  readonly #had: Map<string, Map<Token, Item>> = new Map()

  constructor(tell: (session: Session, step: GrantStep) => void) {
    this.#tell = tell
  }

  /** `sessionOf` knows those of this host. */
  changed({ before, after, reason }: ItemChange, sessionOf: (id: SessionId) => Session | undefined): void {
    const was = before?.owner
    const is = after?.owner
    if (was !== undefined && was.token !== is?.token) {
      const session = sessionOf(was.session)
      if (session !== undefined) this.#over(session, before as Item, reason)
    }
    const session = is === undefined ? undefined : sessionOf(is.session)
    if (session !== undefined) this.#has(session, after as Item)
  }

  /** A state was replaced: what happened in between is told as far as the item remembers it. */
  compare(session: Session, worker: Hold, state: StateView): void {
    const items = state.itemsOf(worker.names[0] ?? "", worker)
    const now = new Set(items.map(({ owner }) => owner?.token))
    for (const [token, item] of this.#had.get(keyOf(worker)) ?? []) {
      if (!now.has(token)) this.#over(session, item, reasonOf(item, state))
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

  ended(session: Session, worker: Worker, { end = "session-lost", isGivenBack, revoked }: Ending): void {
    for (const item of this.#had.get(keyOf(worker))?.values() ?? [])
      this.#tell(session, isGivenBack ? stepOf(item, "released") : stepOf(item, "lost", end, revoked))
    this.forget(worker)
  }

  #has(session: Session, item: Item): void {
    const known = this.#keep(item)
    if (known === undefined) this.#tell(session, stepOf(item, "granted"))
    const { revoking } = item
    if (revoking === undefined || isSameWish(revoking, known?.revoking)) return
    this.#tell(session, stepOf(item, "revoking", revoking.reason, askedBy(revoking)))
  }

  #over(session: Session, item: Item, reason: string | undefined): void {
    const { owner } = item
    if (owner === undefined) return
    const had = this.#had.get(keyOf(owner))
    if (had?.delete(owner.token) !== true) return
    if (had.size === 0) this.#had.delete(keyOf(owner))
    const loss = lossOf(reason)
    if (loss === "released") this.#tell(session, stepOf(item, "released", reason))
    else this.#tell(session, stepOf(item, "lost", loss, loss === "revoked" ? askedBy(item.revoking) : undefined))
  }

  /** What was known of the same assignment. */
  #keep(item: Item): Item | undefined {
    const { owner } = item
    if (owner === undefined) return undefined
    const key = keyOf(owner)
    const had = this.#had.get(key) ?? new Map<Token, Item>()
    this.#had.set(key, had)
    const known = had.get(owner.token)
    had.set(owner.token, item)
    return known
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

/** Why it left that worker last. One that is there no more was removed, or its worker was done with it. */
function reasonOf({ pool, item, owner }: Item, state: StateView): string | undefined {
  const now = state.item(pool, item)
  if (now === undefined) return "removed"
  return now.decisions.findLast(({ from, to }) => from === owner?.id && to === undefined)?.reason
}

function keyOf({ session, seq }: Worker): string {
  return `${session}/${seq}`
}
