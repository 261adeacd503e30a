import { z } from "zod"

/**
 * The one schema: every operation of `/v1` with its input and output. Validation, the SDK's types and
 * `docs/openapi.json` come from here.
 */

/** 64-bit number as a decimal string; `bigint` in the SDK. */
const U64 = z
  .string()
  // Ends the check where it fails: the next one must not see what is no number.
  .regex(/^\d{1,20}$/, { error: "is no decimal string", abort: true })
  .refine((text) => BigInt(text) < 1n << 64n, "is over 64 bits")
  .meta({ format: "u64" })
/** RFC 3339, UTC, with milliseconds. */
const Time = z.string().meta({ format: "date-time" })

const Status_ = z.enum(["alive", "suspect", "dead", "left"])

export const MEMBER = z
  .object({
    name: z.string(),
    id: z.string(),
    addr: z.string(),
    status: Status_,
    since: Time,
    restartingUntil: Time.nullable(),
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

const QUANTILES = z
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

export const EVENT = z
  .object({
    seq: U64,
    time: Time,
    kind: z.string(),
    member: z.string().optional(),
    by: z.array(z.string()).optional(),
    suspectMs: z.number().optional(),
  })
  .meta({ id: "AgentEvent" })

const ACCUSATION = z
  .object({
    time: Time,
    by: z.string(),
    path: z.enum(["direct", "indirect", "tcp", "link"]),
    rttMs: z.number().nullable(),
    accuserHealth: z.number(),
  })
  .meta({ id: "Accusation" })

const WATCH_LINE = z
  .object({
    type: z.enum(["view", "change", "progress"]),
    rev: U64,
    items: z.array(MEMBER).optional(),
    more: z.boolean().optional(),
    reset: z.boolean().optional(),
    changes: z
      .array(z.object({ type: z.enum(["put", "delete"]), item: MEMBER, reason: z.string().optional() }))
      .optional(),
  })
  .meta({ id: "WatchLine" })

const NAME = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "is not a member name")
/** A query gives a repeated key as one text or as several. */
const TEXTS = z.union([z.string(), z.array(z.string()).max(64)])
const FLAG = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")])
const NOTHING = z.object({})

/** How an operation is reached and what goes in and out. `stream` = many lines instead of one answer. */
export interface OpSchema {
  readonly method: "GET" | "POST" | "PUT"
  /** With `{name}` for a path part, which frames carry in the input; `[/{name}]` at the end may be absent. */
  readonly path: string
  readonly admin: boolean
  readonly stream: boolean
  readonly about: string
  readonly input: z.ZodObject
  readonly output: z.ZodObject
}

export const OPS = {
  status: {
    method: "GET",
    path: "/v1/status",
    admin: false,
    stream: false,
    about: "This agent and what it knows, in short",
    input: NOTHING,
    output: STATUS,
  },
  "members.list": {
    method: "GET",
    path: "/v1/members",
    admin: false,
    stream: false,
    about: "Every member as this agent sees it, without a round trip",
    input: z.object({ status: TEXTS.optional(), tag: TEXTS.optional() }),
    output: z.object({ version: U64, items: z.array(MEMBER) }),
  },
  "members.get": {
    method: "GET",
    path: "/v1/members/{name}",
    admin: false,
    stream: false,
    about: "One member and the last accusations against it",
    input: z.object({ name: NAME }),
    output: MEMBER.extend({ accusations: z.array(ACCUSATION) }),
  },
  events: {
    method: "GET",
    path: "/v1/events",
    admin: false,
    stream: true,
    about: "This agent's journal: membership as it saw it",
    input: z.object({
      since: z.string().max(64).optional(),
      kind: z.string().max(128).optional(),
      follow: FLAG.optional(),
    }),
    output: EVENT,
  },
  ping: {
    method: "POST",
    path: "/v1/ping",
    admin: false,
    stream: false,
    about: "Measures the way to a member by datagram, by stream and through a third member",
    input: z.object({ name: NAME, count: z.number().int().min(1).max(100).default(5) }),
    output: z.object({
      name: z.string(),
      items: z.array(
        z.object({ path: z.string(), sent: z.number(), received: z.number(), rttMs: QUANTILES.nullable() }),
      ),
    }),
  },
  join: {
    method: "POST",
    path: "/v1/join",
    admin: true,
    stream: false,
    about: "Joins the cluster of the agents at these addresses",
    input: z.object({ addrs: z.array(z.string().min(1).max(300)).min(1).max(64) }),
    output: z.object({
      joined: z.array(z.string()),
      failed: z.array(z.object({ addr: z.string(), message: z.string() })),
    }),
  },
  leave: {
    method: "POST",
    path: "/v1/leave",
    admin: true,
    stream: false,
    about: "This host departs for good, or a member that is not alive is declared left",
    input: z.object({ name: NAME.optional(), prune: z.boolean().optional(), force: z.boolean().optional() }),
    output: z.object({ left: z.string(), seat: z.enum(["moved", "kept", "none"]) }),
  },
  faults: {
    method: "PUT",
    path: "/v1/faults",
    admin: true,
    stream: false,
    about: "Silences all traffic with these members; only under --enable-fault-injection",
    input: z.object({
      drop: z.array(NAME).max(10_000),
      in: z.boolean().default(true),
      out: z.boolean().default(true),
    }),
    output: z.object({ drop: z.array(z.string()), in: z.boolean(), out: z.boolean() }),
  },
  "config.show": {
    method: "GET",
    path: "/v1/config",
    admin: true,
    stream: false,
    about: "Every configuration key with its value and where it comes from",
    input: NOTHING,
    output: z.object({ items: z.array(z.object({ key: z.string(), value: z.unknown(), origin: z.string() })) }),
  },
  watch: {
    method: "GET",
    path: "/v1/watch/{kind}[/{name}]",
    admin: false,
    stream: true,
    about: "The members and then each change of them",
    input: z.object({
      kind: z.string().max(64),
      name: z.string().max(256).optional(),
      prefix: z.string().max(256).optional(),
      from: U64.optional(),
    }),
    output: WATCH_LINE,
  },
} as const satisfies Readonly<Record<string, OpSchema>>

export type OpName = keyof typeof OPS
export type OpInput<Name extends OpName> = z.output<(typeof OPS)[Name]["input"]>
export type OpOutput<Name extends OpName> = z.input<(typeof OPS)[Name]["output"]>
export type MemberJson = z.input<typeof MEMBER>
export type EventJson = z.input<typeof EVENT>
export type WatchLine = z.input<typeof WATCH_LINE>

export function isOpName(name: string): name is OpName {
  return Object.hasOwn(OPS, name)
}
