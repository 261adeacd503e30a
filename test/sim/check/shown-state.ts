import type { Naive } from "./naive.ts"
import type { NaiveHold, NaiveItem, NaivePast, NaivePool } from "./naive-types.ts"
import {
  type Contention,
  entryText,
  type HolderWords,
  holderText,
  holdText,
  itemText,
  type SessionWords,
  sessionText,
} from "./shown-words.ts"

/** Past grants that are shown of a name. */
const PAST_MAX = 32
const HOLD_KINDS = ["lock", "election", "semaphore", "group", "work"] as const

/** Something that is shown under a key, as it is at one revision. */
export interface ShownThing {
  readonly text: string
  /** A list has it. Of a name that is free no list has anything, but its past is shown by whoever tells that it is. */
  readonly isThere: boolean
}

/**
 * Everything that can be watched or listed, by its key: `lock/x`, `kv/k`, `items/pool/i`, `session/s`,
 * `holder/group/g/id`.
 */
export function shownState(naive: Naive): ReadonlyMap<string, ShownThing> {
  const shown = new Map<string, ShownThing>()
  for (const kind of HOLD_KINDS) for (const name of namesOf(naive, kind)) showName(naive, kind, name, shown)
  for (const { key, value, modRev, createRev } of naive.entries) {
    const text = entryText({ value: JSON.parse(value), modRev: String(modRev), createRev: String(createRev) })
    shown.set(`kv/${key}`, { text, isThere: true })
  }
  for (const item of naive.items) {
    shown.set(`items/${item.pool}/${item.item}`, { text: itemText(itemWords(item)), isThere: true })
  }
  for (const { id, member, app, ttl: ttlMs, detachedUntil } of naive.sessions) {
    const holds = naive.holds.filter(({ session }) => session === id).sort((a, b) => a.order - b.order)
    const state = detachedUntil === undefined ? "attached" : "detached"
    const about = { member, app: app === "" ? null : app, ttlMs, state, grants: grantsOf(holds), waits: waitsOf(holds) }
    shown.set(`session/${id}`, { text: sessionText(about), isThere: true })
  }
  return shown
}

function grantsOf(holds: readonly NaiveHold[]): SessionWords["grants"] {
  return holds.flatMap(({ kind, names, token }) => {
    return token === undefined ? [] : names.map((name) => ({ kind, name, token: String(token) }))
  })
}

function waitsOf(holds: readonly NaiveHold[]): SessionWords["waits"] {
  return holds.flatMap(({ kind, names, token }) => (token === undefined ? names.map((name) => ({ kind, name })) : []))
}

function namesOf(naive: Naive, kind: NaiveHold["kind"]): ReadonlySet<string> {
  const start = `${kind}/`
  const past = Object.keys(naive.history).filter((key) => key.startsWith(start))
  return new Set([
    ...past.map((key) => key.slice(start.length)),
    ...naive.holds.flatMap((hold) => (hold.kind === kind ? hold.names : [])),
    ...(kind === "work" ? naive.pools.map(({ name }) => name) : []),
  ])
}

function showName(naive: Naive, kind: NaiveHold["kind"], name: string, shown: Map<string, ShownThing>): void {
  const holders = naive.granted(kind, name)
  const waiters = naive.waiting(kind, name)
  const past = naive.history[`${kind}/${name}`] ?? []
  const pool = naive.pools.find((each) => each.name === name)
  const text = holdText({
    ...(kind === "lock" ? { mode: modeOf(holders[0]) } : {}),
    ...(kind === "semaphore" ? { limit: naive.limits[`semaphore/${name}`] ?? null, used: weightOf(holders) } : {}),
    ...(kind === "work" ? poolWords(naive, pool, name) : {}),
    holders: holders.map((hold) => ({ ...holderWords(hold), ...usedBy(naive, hold) })),
    waiters: waiters.map((hold) => ({ ...placeWords(hold), ...(kind === "semaphore" ? { weight: hold.weight } : {}) })),
    history: past.slice(-PAST_MAX).map(({ token, how }) => ({ token: String(token), reason: how })),
    contention: contentionOf(past),
  })
  const isThere = holders.length + waiters.length > 0 || (kind === "work" && pool !== undefined)
  shown.set(`${kind}/${name}`, { text, isThere })
  for (const hold of holders) {
    const key = `holder/${kind}/${name}/${hold.id ?? hold.token}`
    shown.set(key, { text: holderText(holderWords(hold)), isThere: true })
  }
}

function modeOf(holder: NaiveHold | undefined): string | null {
  if (holder === undefined) return null
  return holder.exclusive ? "exclusive" : "shared"
}

function placeWords({ session, seq, note }: NaiveHold): { session: string; seq: number; note: string | null } {
  return { session, seq, note: note ?? null }
}

function holderWords(hold: NaiveHold): HolderWords {
  const { kind, token, value, priority, weight, id, ready, capacity } = hold
  const known: unknown = value === undefined ? null : JSON.parse(value)
  const about = { ...placeWords(hold), token: String(token) }
  switch (kind) {
    case "semaphore":
      return { ...about, weight }
    case "election":
      return { ...about, value: known, priority }
    case "group":
      return { ...about, value: known, id: id ?? "", ready: ready ?? true }
    case "work":
      return { ...about, id: id ?? "", capacity: capacity ?? null }
    default:
      return about
  }
}

function usedBy(naive: Naive, { kind, session, seq }: NaiveHold): { readonly used?: number } {
  if (kind !== "work") return {}
  return { used: weightOf(naive.items.filter(({ owner }) => owner?.key === `${session}/${seq}`)) }
}

function weightOf(all: readonly { readonly weight: number }[]): number {
  return all.reduce((sum, { weight }) => sum + weight, 0)
}

/** One that nobody has configured works by the defaults. */
const DEFAULTS: NaivePool["config"] = {
  ...{ partitions: 0, handoffTimeoutMs: 30_000, restartGraceMs: 30_000, spread: "host", maxAttempts: 10 },
}

function poolWords(naive: Naive, pool: NaivePool | undefined, name: string): object {
  const counts = { free: 0, assigned: 0, revoking: 0, failed: 0 }
  for (const { pool: of, state } of naive.items) if (of === name) counts[state]++
  const { config = DEFAULTS, configuredAt = 0, brake, losses = [] } = pool ?? {}
  const missing = brake === undefined ? 0 : losses.reduce((sum, { count }) => sum + count, 0)
  return { config: { ...config, rev: String(configuredAt) }, counts, brake: { active: brake !== undefined, missing } }
}

function itemWords({ state, owner, target, attempt, weight, payload, pin }: NaiveItem): Parameters<typeof itemText>[0] {
  return {
    ...{ state, worker: owner?.id ?? null, target: target ?? null, attempt, weight, pin: pin ?? null },
    token: owner === undefined ? null : String(owner.token),
    payload: payload === undefined ? null : JSON.parse(payload),
    note: owner?.note ?? null,
  }
}

/** Of all grants that are over. */
function contentionOf(all: readonly NaivePast[]): Contention {
  const figure = (values: readonly number[]): { sum: number; max: number } => ({
    sum: values.reduce((sum, value) => sum + value, 0),
    max: Math.max(0, ...values),
  })
  const asked = all.flatMap(({ letGo }) => (letGo === undefined ? [] : [letGo]))
  const lost = all.filter(({ how }) => how !== "released" && how !== "closed" && how !== "transferred")
  return {
    ...{ grants: all.length, lost: lost.length, asked: asked.length, letGoMs: figure(asked) },
    heldMs: figure(all.map(({ held }) => held)),
    waitedMs: figure(all.map(({ waited }) => waited)),
    waiters: figure(all.map(({ waiters }) => waiters)),
  }
}
