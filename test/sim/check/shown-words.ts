/**
 * What is shown of anything that can be watched or listed, in words that are the same for what an agent tells and for
 * what the naive model knows. Times are left out: they are told by the cluster's clock, which no check here knows.
 */
export interface HolderWords {
  readonly session: string
  readonly seq: number | null
  readonly note: string | null
  readonly token: string
  readonly weight?: number | undefined
  readonly value?: unknown
  readonly priority?: number | undefined
  readonly id?: string | undefined
  readonly ready?: boolean | undefined
  readonly capacity?: number | null | undefined
  readonly used?: number | undefined
}

export interface WaiterWords {
  readonly session: string
  readonly seq: number | null
  readonly note: string | null
  readonly weight?: number | undefined
}

export interface HoldWords {
  readonly mode?: string | null | undefined
  readonly limit?: number | null | undefined
  readonly used?: number | undefined
  readonly config?: Readonly<Record<string, unknown>> | undefined
  readonly counts?: Readonly<Record<string, number>> | undefined
  readonly brake?: { readonly active: boolean; readonly missing: number } | undefined
  readonly holders: readonly HolderWords[]
  readonly waiters: readonly WaiterWords[]
  readonly history: readonly { readonly token: string; readonly reason: string }[]
  readonly contention: Contention
}

interface Figure {
  readonly sum: number
  readonly max: number
}

export interface Contention {
  readonly grants: number
  readonly lost: number
  readonly asked: number
  readonly heldMs: Figure
  readonly waitedMs: Figure
  readonly letGoMs: Figure
  readonly waiters: Figure
}

export interface ItemWords {
  readonly state: string
  readonly worker: string | null
  readonly target: string | null
  readonly token: string | null
  readonly attempt: number
  readonly weight: number
  readonly payload: unknown
  readonly pin: string | null
  readonly note: string | null
}

export interface EntryWords {
  readonly value: unknown
  readonly modRev: string
  readonly createRev: string
}

export interface SessionWords {
  readonly member: string
  readonly app: string | null
  readonly ttlMs: number
  readonly state: string
  readonly grants: readonly { readonly kind: string; readonly name: string; readonly token: string }[]
  readonly waits: readonly { readonly kind: string; readonly name: string }[]
}

export function holderText({ session, seq, note, token, ...more }: HolderWords): string {
  const { weight, value, priority, id, ready, capacity, used } = more
  return JSON.stringify({ session, seq, note, token, weight, value, priority, id, ready, capacity, used })
}

export function holdText({ mode, limit, used, config, counts, brake, ...queue }: HoldWords): string {
  const { holders, waiters, history, contention } = queue
  return JSON.stringify({
    ...{ mode, limit, used, config: ordered(config), counts: ordered(counts), brake: ordered(brake) },
    holders: holders.map(holderText),
    waiters: waiters.map(({ session, seq, note, weight }) => [session, seq, note, weight]),
    history: history.map(({ token, reason }) => `${token} ${reason}`),
    contention: contentionWords(contention),
  })
}

export function itemText({ state, worker, target, token, attempt, weight, payload, pin, note }: ItemWords): string {
  return JSON.stringify({ state, worker, target, token, attempt, weight, payload, pin, note })
}

export function entryText({ value, modRev, createRev }: EntryWords): string {
  return JSON.stringify({ value, modRev, createRev })
}

export function sessionText({ member, app, ttlMs, state, grants, waits }: SessionWords): string {
  const held = grants.map(({ kind, name, token }) => `${kind}/${name} ${token}`)
  const waited = waits.map(({ kind, name }) => `${kind}/${name}`)
  return JSON.stringify({ member, app, ttlMs, state, held, waited })
}

function contentionWords({ grants, lost, asked, heldMs, waitedMs, letGoMs, waiters }: Contention): string {
  const spans = [heldMs, waitedMs, letGoMs, waiters].map(({ sum, max }) => `${sum} ${max}`)
  return [grants, lost, asked, ...spans].join(", ")
}

function ordered(fields: object | undefined): object | undefined {
  return fields === undefined
    ? undefined
    : Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))
}
