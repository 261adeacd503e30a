import { z } from "zod"

/** The objects that operations show, as on the wire. */

/** 64-bit number as a decimal string; `bigint` in the SDK. */
export const U64 = z
  .string()
  // Ends the check where it fails: the next one must not see what is no number.
  .regex(/^\d{1,20}$/, { error: "is no decimal string", abort: true })
  .refine((text) => BigInt(text) < 1n << 64n, "is over 64 bits")
  .meta({ format: "u64" })
/** RFC 3339, UTC, with milliseconds. */
export const TIME = z.string().meta({ format: "date-time" })

const STATE = z.enum(["alive", "suspect", "dead", "left"])

export const MEMBER = z
  .object({
    name: z.string(),
    id: z.string(),
    addr: z.string(),
    status: STATE,
    since: TIME,
    restartingUntil: TIME.nullable(),
    self: z.boolean(),
    generation: U64,
    incarnation: U64,
    raft: z.enum(["voter", "learner", "none"]),
    rttMs: z.number().nullable(),
    zone: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    version: z.string(),
    protocol: z.tuple([z.number(), z.number()]),
    health: z.array(z.enum(["loop", "cpu", "disk", "socket"])),
  })
  .meta({ id: "Member" })

export const QUANTILES = z
  .object({
    count: z.number(),
    min: z.number(),
    mean: z.number(),
    p50: z.number(),
    p90: z.number(),
    p99: z.number(),
    max: z.number(),
  })
  .meta({ id: "Quantiles" })

const RAFT = z
  .object({
    role: z.enum(["leader", "follower", "learner", "none"]),
    leader: z.string().nullable(),
    term: U64,
    commitIndex: U64,
    appliedIndex: U64,
    voters: z.number(),
    votersUp: z.number(),
    canLose: z.number(),
  })
  .meta({ id: "RaftSummary" })

export const STATUS = z
  .object({
    name: z.string(),
    id: z.string(),
    addr: z.string(),
    cluster: z.string(),
    clusterId: z.string().nullable(),
    version: z.string(),
    profile: z.enum(["local", "lan", "wan"]),
    uptimeMs: z.number(),
    ready: z.boolean(),
    encrypted: z.boolean(),
    members: z.object({ alive: z.number(), suspect: z.number(), dead: z.number(), left: z.number() }),
    localHealth: z.number(),
    raft: RAFT.nullable(),
    sessions: z.number(),
    grants: z.number(),
    warnings: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })),
  })
  .meta({ id: "Status" })

/** What was done by force. */
export const REVOKED = z.object({ by: z.string(), reason: z.string() })

const HELD_NAME = z.object({ kind: z.string(), name: z.string() })

/** One who waits in a cycle of waits, for what the next one holds; the last one waits for what the first one holds. */
export const DEADLOCK_LINK = z.object({
  session: z.string(),
  member: z.string(),
  app: z.string().nullable(),
  /** What the one before waits for, under one token; `null` = it stands before that one in the queue. */
  holds: z.array(HELD_NAME),
  token: U64.nullable(),
  waits: HELD_NAME,
})

export const EVENT = z
  .object({
    seq: U64,
    time: TIME,
    kind: z.string(),
    member: z.string().optional(),
    by: z.array(z.string()).optional(),
    suspectMs: z.number().optional(),
    /** Of `raft.*`: who leads, `null` = nobody; with `raft.config` who votes and who only receives. */
    term: U64.optional(),
    leader: z.string().nullable().optional(),
    voters: z.array(z.string()).optional(),
    learners: z.array(z.string()).optional(),
    /** Of sessions and grants of this host: a session's id, or what was granted, and to whom. */
    name: z.string().optional(),
    /** Of `work.*`: an item that a worker was given, under a token of its own; absent = the worker itself. */
    item: z.string().optional(),
    token: U64.optional(),
    app: z.string().nullable().optional(),
    reason: z.string().optional(),
    /**
     * Of what is revoked: who asked for it, why, and in `*.revoke`, at whose agent it was asked, what was asked back.
     */
    revoked: REVOKED.optional(),
    tokens: z.array(U64).optional(),
    /**
     * Of `host.draining`: leaderships that a candidate elsewhere waits for, and items of work, which are still here.
     */
    leaderships: z.number().optional(),
    items: z.number().optional(),
    /** Of a `deadlock`: who waits for whom, round to the first. */
    chain: z.array(DEADLOCK_LINK).optional(),
  })
  .meta({ id: "AgentEvent" })

export const ACCUSATION = z
  .object({
    time: TIME,
    by: z.string(),
    path: z.enum(["direct", "indirect", "tcp", "link"]),
    rttMs: z.number().nullable(),
    accuserHealth: z.number(),
  })
  .meta({ id: "Accusation" })

/** The fields of one line of a watch of such items. */
export function watchLineOf<Item extends z.ZodType>(item: Item) {
  return {
    type: z.enum(["view", "change", "progress"]),
    rev: U64,
    items: z.array(item).optional(),
    more: z.boolean().optional(),
    reset: z.boolean().optional(),
    changes: z
      .array(z.object({ type: z.enum(["put", "delete"]), item, reason: z.string().optional(), rev: U64.optional() }))
      .optional(),
  }
}

export const WATCH_LINE = z.object(watchLineOf(MEMBER)).meta({ id: "WatchLine" })

/** The set is closed; those that only the SDK makes are here, too. */
const ERROR_CODE = z.enum([
  "INVALID_ARGUMENT",
  "PERMISSION_DENIED",
  "NOT_FOUND",
  "CONFLICT",
  "DEADLOCK",
  "GRANT_LOST",
  "SESSION_LOST",
  "WAIT_TIMEOUT",
  "RESOURCE_EXHAUSTED",
  "UNIMPLEMENTED",
  "NO_QUORUM",
  "TIMEOUT",
  "AGENT_UNAVAILABLE",
  "CLOSED",
  "INTERNAL",
])

/** What every door answers when a call was refused. */
export const FAILURE = z
  .object({
    error: z.object({
      code: ERROR_CODE,
      message: z.string(),
      hint: z.string().optional(),
      outcome: z.enum(["applied", "not-applied", "unknown"]),
      retryable: z.boolean(),
      details: z.record(z.string(), z.unknown()),
    }),
  })
  .meta({ id: "Failure" })

/** The last line of a stream that failed after its first byte. */
export const STREAM_FAILURE = FAILURE.extend({ type: z.literal("error") }).meta({ id: "StreamFailure" })

export const READINESS = z
  .object({
    ready: z.boolean(),
    items: z.array(z.object({ name: z.string(), ok: z.boolean(), message: z.string() })),
  })
  .meta({ id: "Readiness" })

export type StatusJson = z.input<typeof STATUS>
export type MemberJson = z.input<typeof MEMBER>
export type EventJson = z.input<typeof EVENT>
/** An event before it has its place in a journal. */
export type JournalNote = Omit<EventJson, "seq" | "time">
export type DeadlockLink = z.input<typeof DEADLOCK_LINK>
export type WatchLine = z.input<typeof WATCH_LINE>
