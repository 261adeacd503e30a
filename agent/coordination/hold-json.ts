import {
  type Figures,
  type Hold,
  type ListedName,
  type ListedSession,
  type Name,
  NO_FIGURES,
  type Session,
} from "@conclave/consensus"
import {
  type HolderJson,
  type HoldJson,
  type HoldKind,
  isHoldKind,
  type SessionJson,
  type WaiterJson,
} from "../api/hold-objects.ts"
import type { StateView } from "./cluster.ts"
import type { Steps } from "./reads.ts"
import type { ReplicatedTime } from "./replicated-time.ts"
import { poolJson } from "./work-json.ts"

/** A name as it was at one revision. Its records never change, so that it may be kept and written out later. */
export interface CapturedName {
  readonly kind: HoldKind
  readonly name: string
  readonly rev: number
  readonly known: Name | undefined
  readonly holders: readonly Placed[]
  readonly waiters: readonly Placed[]
  /** What all holders weigh together. */
  readonly used: number
  /** How many there are, where not all of them were captured. */
  readonly total: { readonly holders: number; readonly waiters: number } | undefined
  /** Of a pool. */
  readonly pool: CapturedPool | undefined
}

/** What its items come to, and what each worker has. */
interface CapturedPool {
  readonly json: Pick<HoldJson, "config" | "counts" | "brake">
  /** By `placeKey`. */
  readonly used: ReadonlyMap<string, number>
}

/** Of those that hold or wait, in what is told as it changes: each change would be as long as the queue otherwise. */
export const PLACES_MAX = 128

/** Of those that hold or wait, what is written down at once. */
const PIECE = 64

export interface Placed {
  readonly hold: Hold
  readonly session: Session
}

/** With the first `placesMax` of those that hold, and of those that wait. */
export function capture(state: StateView, kind: HoldKind, name: string, placesMax: number): CapturedName {
  const { name: known, used, holders, waiters } = state.name(kind, name)
  const placed = (holds: readonly Hold[]): readonly Placed[] =>
    holds.slice(0, placesMax).flatMap((hold) => {
      const session = state.session(hold.session)
      return session === undefined ? [] : [{ hold, session }]
    })
  const isCut = Math.max(holders.length, waiters.length) > placesMax
  return {
    kind,
    name,
    rev: state.rev,
    known,
    used,
    holders: placed(holders),
    waiters: placed(waiters),
    total: isCut ? { holders: holders.length, waiters: waiters.length } : undefined,
    pool: kind === "work" ? capturePool(state, name, holders.slice(0, placesMax)) : undefined,
  }
}

function capturePool(state: StateView, name: string, workers: readonly Hold[]): CapturedPool {
  const view = state.pool(name)
  const used = new Map(workers.map(placeKey).map((key) => [key, view?.book?.loads.get(key)?.used ?? 0]))
  return { json: poolJson(view?.pool, view?.book?.counts, view?.missing), used }
}

/** Of a list, with all that hold and wait. */
export function listedHold(kind: HoldKind, listed: ListedName, rev: number): CapturedName {
  const { name, known, holders, waiters } = listed
  const used = holders.reduce((sum, { hold }) => sum + hold.weight, 0)
  return { kind, name, rev, known, used, holders, waiters, total: undefined, pool: poolOf(kind, listed) }
}

function poolOf(kind: HoldKind, { pool: of }: ListedName): CapturedName["pool"] {
  if (kind !== "work") return undefined
  return { json: poolJson(of?.pool, of?.counts, of?.missing), used: of?.used ?? new Map() }
}

function placeKey({ session, seq }: Hold): string {
  return `${session}/${seq}`
}

/** With the first `placesMax` of what was captured. */
export function cutTo(captured: CapturedName, placesMax: number): CapturedName {
  const { holders, waiters } = captured
  if (Math.max(holders.length, waiters.length) <= placesMax) return captured
  const total = captured.total ?? { holders: holders.length, waiters: waiters.length }
  return { ...captured, holders: holders.slice(0, placesMax), waiters: waiters.slice(0, placesMax), total }
}

/** As every door shows it. */
export function holdJson(captured: CapturedName, time: ReplicatedTime): HoldJson {
  const steps = holdSteps(captured, time)
  for (;;) {
    const { value, done } = steps.next()
    if (done === true) return value
  }
}

/** Piece by piece: a name may have thousands of holders and waiters. */
export function* holdSteps(captured: CapturedName, time: ReplicatedTime): Steps<HoldJson> {
  const { kind, name, rev, known, holders, waiters, total } = captured
  const shown: { readonly holders: HolderJson[]; readonly waiters: WaiterJson[] } = { holders: [], waiters: [] }
  for (const each of holders) {
    shown.holders.push({ ...holderJson(each, time), ...usedBy(each.hold, captured.pool) })
    if (shown.holders.length % PIECE === 0) yield
  }
  for (const each of waiters) {
    shown.waiters.push(waiterJson(each, time, shown.waiters.length + 1))
    if (shown.waiters.length % PIECE === 0) yield
  }
  return {
    kind,
    name,
    rev: String(rev),
    ...(kind === "lock" ? { mode: holders[0]?.hold.mode ?? null } : {}),
    ...(kind === "semaphore" ? { limit: known?.limit || null, used: captured.used } : {}),
    ...captured.pool?.json,
    ...shown,
    ...(total === undefined ? {} : { total }),
    history: (known?.history ?? []).map(({ token, member, app, sinceMs, untilMs, reason, revoked }) => ({
      token: String(token),
      member,
      app: textOrNull(app),
      since: time.text(sinceMs),
      until: time.text(untilMs),
      reason,
      ...(revoked === undefined ? {} : { revoked }),
    })),
    contention: contentionJson(known?.figures ?? NO_FIGURES),
  }
}

function contentionJson({ grants, lost, asked, held, waited, letGo, queue }: Figures): HoldJson["contention"] {
  return { grants, lost, asked, heldMs: held, waitedMs: waited, letGoMs: letGo, waiters: queue }
}

function usedBy(hold: Hold, pool: CapturedPool | undefined): { used?: number } {
  return pool === undefined ? {} : { used: pool.used.get(placeKey(hold)) ?? 0 }
}

export function holderJson({ hold, session }: Placed, time: ReplicatedTime): HolderJson {
  const { token, grantedAtMs } = hold
  return {
    ...place(session, hold),
    token: String(token ?? 0),
    since: time.text(grantedAtMs),
    liveness: session.liveness,
    ...ofKind(hold),
  }
}

/** What some kinds have and others do not. */
function ofKind({ kind, weight, value, priority, id, ready, worker }: Hold): Partial<HolderJson> {
  const known = value === undefined ? null : JSON.parse(value)
  switch (kind) {
    case "semaphore":
      return { weight }
    case "election":
      return { value: known, priority }
    case "group":
      return { id: id ?? "", value: known, ready: ready ?? true }
    case "work": {
      const tags = Object.fromEntries((worker?.tags ?? []).map((each) => [each.key, each.value]))
      return { id: id ?? "", capacity: worker?.capacity ?? null, zone: worker?.zone ?? null, tags }
    }
    default:
      return {}
  }
}

function waiterJson({ hold, session }: Placed, time: ReplicatedTime, position: number): WaiterJson {
  const weight = hold.kind === "semaphore" ? { weight: hold.weight } : {}
  return { ...place(session, hold), since: time.text(hold.queuedAtMs), position, ...weight }
}

/** Who stands there. Over HTTP the numbers of requests are the agent's own. */
function place({ id, member, app, pid, liveness }: Session, { seq, note }: Hold) {
  return {
    session: id,
    seq: liveness === "connection" ? null : seq,
    member,
    app: textOrNull(app),
    pid: pid ?? null,
    note: note ?? null,
  }
}

export function sessionJson({ session, holds, remainingMs }: ListedSession): SessionJson {
  const { id, member, app, pid, ttlMs, detachedUntilMs } = session
  return {
    id,
    member,
    app: textOrNull(app),
    pid: pid ?? null,
    ttlMs,
    remainingMs,
    state: detachedUntilMs === undefined ? "attached" : "detached",
    grants: holds.flatMap(({ kind, names, token }) =>
      token === undefined || !isHoldKind(kind) ? [] : names.map((name) => ({ kind, name, token: String(token) })),
    ),
    waits: holds.flatMap(({ kind, names, token }) =>
      token === undefined ? names.map((name) => ({ kind, name })) : [],
    ),
  }
}

function textOrNull(text: string): string | null {
  return text === "" ? null : text
}
