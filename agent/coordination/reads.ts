import type { Millis } from "@conclave/base"
import type { Listing } from "@conclave/consensus"
import type { Caller } from "../api/coordination.ts"
import { isProblem, type Problem } from "../api/problem.ts"
import type { Clock } from "../ports.ts"
import { inSlices } from "../slices.ts"
import { awaitState } from "./await-state.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { notProposed } from "./refusals.ts"

/** Until the time is looked at again: they take well below a millisecond. */
const STEP_RECORDS = 256

/** Something in steps, each well below a millisecond. */
export type Steps<Result> = Generator<undefined, Result, undefined>

export interface ReadBy {
  readonly cluster: Cluster
  readonly clock: Clock
}

/**
 * The state, fresh or as it is here, but never older than what the caller has seen. `ageMs` where it may be as it is
 * here: who takes a stale one is told its age in any case, and a fresh one has none to speak of.
 */
export function readState(
  { cluster, clock }: ReadBy,
  caller: Pick<Caller, "timeoutMs" | "seen">,
  isStale: boolean,
  done: (state: StateView | Problem, ageMs?: number) => void,
): void {
  const { timeoutMs, seen } = caller
  const readFresh = (): void =>
    cluster.read((clock.now() + timeoutMs) as Millis, (read) =>
      read.kind === "read" ? done(read.state, isStale ? 0 : undefined) : done(notProposed(read)),
    )
  if (!isStale) return readFresh()
  // Where this host has no replica, others are asked at once.
  const waiting = { cluster, clock, waitMs: cluster.hasState() ? timeoutMs : 0 }
  awaitState(
    waiting,
    (state) => state.rev >= seen.rev,
    (state) => {
      const ageMs = cluster.local()?.ageMs
      if (state === undefined) readFresh()
      else done(state, ageMs)
    },
  )
}

/**
 * A list of the state at one revision, read and written down without stopping the agent, however long it is. It ends
 * with the client's patience like any read; one that nobody waits for any more is read to its end all the same.
 */
export function readListing<Listed, Item>(
  by: ReadBy,
  {
    caller,
    isStale,
    list,
    isShown = () => true,
  }: {
    readonly caller: Pick<Caller, "timeoutMs" | "seen">
    readonly isStale: boolean
    readonly list: (state: StateView) => Listing<Listed>
    /** Which of them the caller may see; default all. */
    readonly isShown?: (listed: Listed) => boolean
  },
  write: (listed: Listed, listing: Listing<Listed>) => Steps<Item>,
  done: (result: { rev: string; items: Item[]; ageMs?: number } | Problem) => void,
): void {
  readState(by, caller, isStale, (state, ageMs) => {
    if (isProblem(state)) return done(state)
    const listing = list(state)
    const steps = written(listing, isShown, write)
    inSlices(by.clock, () => {
      const { value, done: isDone } = steps.next()
      if (isDone === true) done({ rev: String(listing.rev), items: value, ...ageOf(ageMs) })
      return isDone === true
    })
  })
}

/** What is short is written in one step. */
export function inOneStep<Listed, Item>(jsonOf: (listed: Listed) => Item): (listed: Listed) => Steps<Item> {
  return function* (listed) {
    yield
    return jsonOf(listed)
  }
}

function* written<Listed, Item>(
  listing: Listing<Listed>,
  isShown: (listed: Listed) => boolean,
  write: (listed: Listed, listing: Listing<Listed>) => Steps<Item>,
): Steps<Item[]> {
  let listed = listing.step(STEP_RECORDS)
  for (; listed === undefined; listed = listing.step(STEP_RECORDS)) yield
  const items: Item[] = []
  for (const each of listed) {
    if (isShown(each)) items.push(yield* write(each, listing))
    else yield
  }
  return items
}

/** The age of an answer that may be stale. */
export function ageOf(ageMs: number | undefined): { ageMs?: number } {
  return ageMs === undefined ? {} : { ageMs: Math.round(ageMs) }
}
