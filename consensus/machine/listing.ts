import { assert } from "@conclave/base"
import { NO_FIGURES } from "./figures.ts"
import { byText, type Steps, sorted } from "./merge-sort.ts"
import { nameView } from "./queries.ts"
import { byOrder, byPriority, KINDS } from "./queue.ts"
import { expiresAtMs } from "./sessions.ts"
import type { State } from "./state.ts"
import type { TableCopy } from "./table.ts"
import type { Entry, Hold, HoldKind, Name, Session, SessionId } from "./types.ts"
import type { Load } from "./work/book.ts"
import { missing } from "./work/brake.ts"
import type { Item, ItemState, Pool } from "./work/types.ts"

/** A name as it was at the revision of a listing. */
export interface ListedName {
  readonly name: string
  readonly known: Name
  readonly holders: readonly ListedHold[]
  /** In the order in which they are granted. */
  readonly waiters: readonly ListedHold[]
  /** Of workers. */
  readonly pool: ListedPool | undefined
}

/** What a pool's items come to, and what those of each worker weigh, by `session/seq`. */
export interface ListedPool {
  /** Undefined: it has neither settings nor items. */
  readonly pool: Pool | undefined
  readonly counts: Readonly<Record<ItemState, number>>
  readonly used: ReadonlyMap<string, number>
  /** Workers that its brake waits for. */
  readonly missing: number
}

export interface ListedHold {
  readonly hold: Hold
  readonly session: Session
}

export interface ListedSession {
  readonly session: Session
  /** Oldest first. */
  readonly holds: readonly Hold[]
  readonly remainingMs: number
}

/**
 * All of one sort, in order, as it is now: read step by step, while entries go on being applied. A list of the whole
 * state takes seconds, and who asks for it must not stop the agent for so long; by names alone, later, it would show a
 * state that never was.
 */
export class Listing<Item> {
  /** The revision that it shows. */
  readonly rev: number
  readonly #steps: Steps<readonly Item[]>
  readonly #copies: readonly TableCopy<unknown>[]

  constructor(rev: number, steps: Steps<readonly Item[]>, copies: readonly TableCopy<unknown>[]) {
    this.rev = rev
    this.#steps = steps
    this.#copies = copies
  }

  /** Goes on for at most so many records; undefined = there is more to read. */
  step(units: number): readonly Item[] | undefined {
    for (let unit = 0; unit < units; unit++) {
      const { value, done } = this.#steps.next()
      if (done !== true) continue
      this.close()
      return value
    }
    return undefined
  }

  /** Read to its end or not: the state sets nothing aside any more. May be called again. */
  close(): void {
    for (const copy of this.#copies) copy.close()
  }
}

/** Names with a holder or a waiter that begin with `prefix`; of work all pools, as their items wait for workers. */
export function listNames(state: State, kind: HoldKind, prefix: string): Listing<ListedName> {
  const [sessions, names, holds] = [state.sessions.copy(), state.names.copy(), state.holds.copy()]
  const work = kind === "work" ? { pools: state.work.pools.copy(), items: state.work.items.copy() } : undefined
  function* read(): Steps<readonly ListedName[]> {
    const known = new Map<SessionId, Session>()
    for (const session of rowsOf(sessions)) {
      known.set(session.id, session)
      yield
    }
    const found = new Map<string, { readonly name: Name; readonly holds: Hold[] }>()
    for (const name of rowsOf(names)) {
      if (name.kind === kind && name.name.startsWith(prefix)) found.set(name.name, { name, holds: [] })
      yield
    }
    for (const hold of rowsOf(holds)) {
      if (hold.kind === kind) for (const name of hold.names) found.get(name)?.holds.push(hold)
      yield
    }
    const pools = work === undefined ? undefined : yield* listedPools(work)
    for (const name of pools?.keys() ?? []) {
      if (name.startsWith(prefix) && !found.has(name)) found.set(name, { name: unheld(kind, name), holds: [] })
      yield
    }
    const listed: ListedName[] = []
    for (const { name, holds: its } of found.values()) {
      const pool = pools?.get(name.name)
      if (its.length > 0 || pool !== undefined) listed.push(yield* listedName(name, its, known, pool))
      yield
    }
    return yield* sorted(listed, (a, b) => byText(a.name, b.name))
  }
  return new Listing(state.rev, read(), [
    sessions,
    names,
    holds,
    ...(work === undefined ? [] : [work.pools, work.items]),
  ])
}

/**
 * One name, held or not. Its queue is copied at once, as the places in it are few beside all that there are; the
 * sessions of those who stand there are looked up step by step.
 */
export function listName(state: State, kind: HoldKind, name: string): Listing<ListedName> {
  const sessions = state.sessions.copy()
  const { name: known = unheld(kind, name), holders, waiters } = nameView(state, kind, name)
  const [granted, waiting] = [holders.slice(), waiters.slice()]
  const poolSteps = kind === "work" ? listedPool(state, name) : undefined
  function* read(): Steps<readonly ListedName[]> {
    const pool = poolSteps === undefined ? undefined : yield* poolSteps
    return [{ name, known, holders: yield* placed(granted, sessions), waiters: yield* placed(waiting, sessions), pool }]
  }
  return new Listing(state.rev, read(), [sessions])
}

/** Items of one pool whose names begin with `prefix`. */
export function listItems(state: State, pool: string, prefix: string): Listing<Item> {
  const items = state.work.items.copy()
  function* read(): Steps<readonly Item[]> {
    const found: Item[] = []
    for (const item of rowsOf(items)) {
      if (item.pool === pool && item.item.startsWith(prefix)) found.push(item)
      yield
    }
    return yield* sorted(found, (a, b) => byText(a.item, b.item))
  }
  return new Listing(state.rev, read(), [items])
}

const NO_ITEMS: Readonly<Record<ItemState, number>> = { free: 0, assigned: 0, revoking: 0, failed: 0 }

/** As it is now: what its workers have changes, and is copied at once. */
function listedPool(state: State, name: string): Steps<ListedPool> | undefined {
  const pool = state.work.pool(name)
  if (pool === undefined) return undefined
  const { counts = NO_ITEMS, loads = new Map<string, Load>() } = state.work.book(name) ?? {}
  const [owners, weights] = [[...loads.keys()], Array.from(loads.values(), ({ used }) => used)]
  const about = { pool, counts: { ...counts }, missing: missing(pool) }
  function* read(): Steps<ListedPool> {
    const used = new Map<string, number>()
    for (const [at, owner] of owners.entries()) {
      used.set(owner, weights[at] as number)
      yield
    }
    return { ...about, used }
  }
  return read()
}

interface Counted {
  pool: Pool | undefined
  readonly counts: Record<ItemState, number>
  readonly used: Map<string, number>
  readonly missing: number
}

function* listedPools(work: {
  readonly pools: TableCopy<Pool>
  readonly items: TableCopy<Item>
}): Steps<ReadonlyMap<string, ListedPool>> {
  const listed = new Map<string, Counted>()
  for (const pool of rowsOf(work.pools)) {
    listed.set(pool.name, { pool, counts: { ...NO_ITEMS }, used: new Map(), missing: missing(pool) })
    yield
  }
  for (const { pool, state, owner, weight } of rowsOf(work.items)) {
    const of = listed.get(pool)
    assert(of !== undefined, "an item has a pool")
    of.counts[state]++
    const key = owner === undefined ? undefined : `${owner.session}/${owner.seq}`
    if (key !== undefined) of.used.set(key, (of.used.get(key) ?? 0) + weight)
    yield
  }
  return listed
}

export function listSessions(state: State): Listing<ListedSession> {
  const [sessions, holds] = [state.sessions.copy(), state.holds.copy()]
  function* read(): Steps<readonly ListedSession[]> {
    const listed = new Map<SessionId, { session: Session; holds: Hold[]; remainingMs: number }>()
    for (const session of rowsOf(sessions)) {
      // As of now: what is left of it changes all the time.
      const remainingMs = Math.max(0, expiresAtMs(state, session) - state.timeMs)
      listed.set(session.id, { session, holds: [], remainingMs })
      yield
    }
    for (const hold of rowsOf(holds)) {
      listed.get(hold.session)?.holds.push(hold)
      yield
    }
    const items: ListedSession[] = []
    for (const { session, holds: its, remainingMs } of listed.values()) {
      items.push({ session, holds: yield* sorted(its, byOrder), remainingMs })
      yield
    }
    return yield* sorted(items, (a, b) => byText(a.session.id, b.session.id))
  }
  return new Listing(state.rev, read(), [sessions, holds])
}

/** Entries whose keys begin with `prefix`. */
export function listEntries(state: State, prefix: string): Listing<Entry> {
  const entries = state.entries.copy()
  function* read(): Steps<readonly Entry[]> {
    const items: Entry[] = []
    for (const entry of rowsOf(entries)) {
      if (entry.key.startsWith(prefix)) items.push(entry)
      yield
    }
    return yield* sorted(items, (a, b) => byText(a.key, b.key))
  }
  return new Listing(state.rev, read(), [entries])
}

/** A name of which nothing is remembered. */
function unheld(kind: HoldKind, name: string): Name {
  const { limit } = KINDS[kind]
  const free = { quietUntilMs: 0, askedAtMs: undefined, freedAt: undefined }
  return { kind, name, limit, ...free, history: [], figures: NO_FIGURES }
}

function* listedName(
  known: Name,
  holds: readonly Hold[],
  sessions: ReadonlyMap<SessionId, Session>,
  pool: ListedPool | undefined,
): Steps<ListedName> {
  const holders = yield* sorted(
    holds.filter(({ token }) => token !== undefined),
    byOrder,
  )
  const waiters = yield* sorted(
    holds.filter(({ token }) => token === undefined),
    byPriority,
  )
  const name = known.name
  return { name, known, holders: yield* placed(holders, sessions), waiters: yield* placed(waiters, sessions), pool }
}

function* placed(
  holds: readonly Hold[],
  sessions: { readonly get: (id: SessionId) => Session | undefined },
): Steps<readonly ListedHold[]> {
  const listed: ListedHold[] = []
  for (const hold of holds) {
    const session = sessions.get(hold.session)
    assert(session !== undefined, "a hold has a session")
    listed.push({ hold, session })
    yield
  }
  return listed
}

function* rowsOf<Entity>(copy: TableCopy<Entity>): IterableIterator<Entity> {
  for (let row = copy.next(); row !== undefined; row = copy.next()) yield row
}
