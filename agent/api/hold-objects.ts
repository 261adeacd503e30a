import { z } from "zod"
import { REVOKED, TIME, U64, watchLineOf } from "./objects.ts"
import { POOL } from "./work-schema.ts"

/** What holds, sessions and their streams look like, as on the wire. */

/** Kinds of holds that this agent serves. */
export const HOLD_KINDS = ["lock", "election", "semaphore", "group", "work"] as const
export type HoldKind = (typeof HOLD_KINDS)[number]
const KIND = z.enum(HOLD_KINDS)
/** At a barrier nobody holds anything, but one may wait. */
const WAITED = z.enum([...HOLD_KINDS, "barrier"])

/** A number that is `null` over HTTP, where a hold has none. */
const SEQ = z.number().nullable()

export const HOLDER = z
  .object({
    session: z.string(),
    seq: SEQ,
    member: z.string(),
    app: z.string().nullable(),
    pid: z.number().nullable(),
    token: U64,
    since: TIME,
    note: z.string().nullable(),
    liveness: z.enum(["heartbeat", "connection"]),
    /** Of semaphores: how much of the limit it takes. */
    weight: z.number().optional(),
    /** Of elections and groups. */
    value: z.unknown().optional(),
    /** Of elections. */
    priority: z.number().optional(),
    /** Of groups and workers. */
    id: z.string().optional(),
    /** Of groups. */
    ready: z.boolean().optional(),
    /** Of workers; capacity `null` = without limit. */
    capacity: z.number().nullable().optional(),
    zone: z.string().nullable().optional(),
    tags: z.record(z.string(), z.string()).optional(),
    /** Of workers: what their items weigh together. */
    used: z.number().optional(),
  })
  .meta({ id: "Holder" })

export const WAITER = z
  .object({
    session: z.string(),
    seq: SEQ,
    member: z.string(),
    app: z.string().nullable(),
    pid: z.number().nullable(),
    since: TIME,
    /** From 1. */
    position: z.number(),
    note: z.string().nullable(),
    /** Of semaphores: how much of the limit it will take. */
    weight: z.number().optional(),
  })
  .meta({ id: "Waiter" })

const FORMER = z
  .object({
    token: U64,
    member: z.string(),
    app: z.string().nullable(),
    since: TIME,
    until: TIME,
    reason: z.string(),
    /** With the reason `revoked`: who asked for it, and why. */
    revoked: REVOKED.optional(),
  })
  .meta({ id: "FormerHolder" })

const FIGURE = z.object({ sum: z.number(), max: z.number() })

/** Of the grants of a name that are over, as long as it is remembered. */
const CONTENTION = z
  .object({
    grants: z.number(),
    /** Those that ended against the will of their holders, and those whose holders were asked to let go. */
    lost: z.number(),
    asked: z.number(),
    heldMs: FIGURE,
    /** From the request to the grant. */
    waitedMs: FIGURE,
    /** Of those that were asked: how long after that they ended. */
    letGoMs: FIGURE,
    /** How many waited when one ended. */
    waiters: FIGURE,
  })
  .meta({ id: "Contention" })

export const HOLD = z
  .object({
    kind: KIND,
    name: z.string(),
    /** The revision that shows it so. */
    rev: U64,
    /** Of locks; null while nobody holds it. */
    mode: z.enum(["exclusive", "shared"]).nullable().optional(),
    /**
     * Of semaphores: what the weights of all holders may add up to, null while nobody is there, and what they do add up
     * to.
     */
    limit: z.number().nullable().optional(),
    used: z.number().optional(),
    holders: z.array(HOLDER),
    waiters: z.array(WAITER),
    ...POOL,
    /** Of a line of a watch that shows only the first of them: how many there are. */
    total: z.object({ holders: z.number(), waiters: z.number() }).optional(),
    history: z.array(FORMER),
    contention: CONTENTION,
  })
  .meta({ id: "Hold" })

export const SESSION = z
  .object({
    id: z.string(),
    member: z.string(),
    app: z.string().nullable(),
    pid: z.number().nullable(),
    ttlMs: z.number(),
    remainingMs: z.number(),
    state: z.enum(["attached", "detached"]),
    grants: z.array(z.object({ kind: KIND, name: z.string(), token: U64 })),
    waits: z.array(z.object({ kind: WAITED, name: z.string() })),
  })
  .meta({ id: "Session" })

export const HOLDER_WATCH_LINE = z.object(watchLineOf(HOLDER)).meta({ id: "HolderWatchLine" })

export const HOLD_WATCH_LINE = z.object(watchLineOf(HOLD)).meta({ id: "HoldWatchLine" })

/** Why a grant was lost; a name that one cannot read is a loss, too. */
export const LOSS = z.enum([
  "expired",
  "session-lost",
  "revoked",
  "max-hold",
  "handoff-timeout",
  "transferred",
  "removed",
  "fenced",
  "closed",
  "released",
])

const QUEUED = z.object({ type: z.literal("queued"), position: z.number(), holders: z.array(HOLDER) })
const GRANTED = z.object({
  type: z.literal("granted"),
  token: U64,
  rev: U64,
  validForMs: z.number(),
  /** Of groups and workers: its own, or the one that it was given. */
  id: z.string().optional(),
  /** What is left of `maxHoldMs`, counted from now so that it is over before the cluster ends the grant. */
  maxHoldLeftMs: z.number().optional(),
  /** Over HTTP: what speaks for the session in other requests, and the clock of `validForMs`. */
  session: z.string().optional(),
  secret: z.string().optional(),
  atBootMs: z.number().optional(),
})
/** Over HTTP only, once a second. */
const BEAT = z.object({
  type: z.enum(["beat", "jeopardy", "safe"]),
  validForMs: z.number(),
  atBootMs: z.number(),
  cause: z.string().optional(),
})
const REVOKING = z.object({
  type: z.literal("revoking"),
  /** Of workers: this item alone. */
  item: z.string().optional(),
  token: U64,
  by: z.string(),
  reason: z.string(),
  /** From now; absent where the wish alone breaks nothing. */
  deadlineMs: z.number().optional(),
})
/** The stream goes on after the loss of an item. */
const LOST = z.object({ type: z.literal("lost"), item: z.string().optional(), token: U64, reason: LOSS })
/** Of workers: each time under a token of its own. */
const ASSIGNED = z.object({
  type: z.literal("assigned"),
  item: z.string(),
  token: U64,
  rev: U64,
  payload: z.unknown(),
  checkpoint: z.unknown(),
  /** The number of this try, from 1. */
  attempt: z.number(),
})
/** Of workers: every item that it had when the stream began, or began anew, was told. */
const SYNCED = z.object({ type: z.literal("synced"), rev: U64 })
/** In frames only: over HTTP nobody is there any more to read it. */
const RELEASED = z.object({ type: z.literal("released"), rev: U64 })

export const HOLD_EVENT = z
  .union([
    QUEUED.meta({ id: "HoldQueued" }),
    GRANTED.meta({ id: "HoldGranted" }),
    BEAT.meta({ id: "HoldBeat" }),
    REVOKING.meta({ id: "HoldRevoking" }),
    LOST.meta({ id: "HoldLost" }),
    ASSIGNED.meta({ id: "HoldAssigned" }),
    SYNCED.meta({ id: "HoldSynced" }),
    RELEASED.meta({ id: "HoldReleased" }),
  ])
  .meta({ id: "HoldEvent" })

export function isHoldKind(kind: string): kind is HoldKind {
  return (HOLD_KINDS as readonly string[]).includes(kind)
}

export type HoldJson = z.input<typeof HOLD>
export type HolderJson = z.input<typeof HOLDER>
export type WaiterJson = z.input<typeof WAITER>
export type SessionJson = z.input<typeof SESSION>
export type HoldEvent = z.input<typeof HOLD_EVENT>
export type HoldWatchLine = z.input<typeof HOLD_WATCH_LINE>
export type LossReason = z.input<typeof LOSS>
