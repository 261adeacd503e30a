import { z } from "zod"
import { HOLD_WATCH_LINE, HOLDER_WATCH_LINE } from "./hold-objects.ts"
import { FRAMED, HOLD_OPS } from "./hold-schema.ts"
import { KEYRING_OPS } from "./keyring-schema.ts"
import { ENTRY_WATCH_LINE, KV_OPS } from "./kv-schema.ts"
import { ACCUSATION, EVENT, FAILURE, MEMBER, QUANTILES, READINESS, STATUS, U64, WATCH_LINE } from "./objects.ts"
import { FLAG, NAME, NOTHING, type OpSchema } from "./op-schema.ts"
import { RAFT_OPS } from "./raft-schema.ts"
import { SNAPSHOT_OPS } from "./snapshot-schema.ts"
import { ITEM_WATCH_LINE, WORK_OPS } from "./work-schema.ts"

/**
 * The one schema: every operation of `/v1` with its input and output. Validation, the SDK's types and
 * `docs/openapi.json` come from here.
 */

/** What `timeoutMs` of a call is by default, and at most: no call is waited for longer, over whichever door. */
export const TIMEOUT_MS = 5000
export const TIMEOUT_MAX_MS = 600_000

/** A query gives a repeated key as one text or as several. */
const TEXT = z.string().max(1024)
const TEXTS = z.union([TEXT, z.array(TEXT).max(64)])

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
    about: "This agent's journal: membership and the Raft group as it saw them, and the grants of its own host",
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
    input: z.object({
      name: NAME.optional(),
      prune: z.boolean().optional(),
      force: z.boolean().optional(),
      /** How long leaderships and items of work have to move elsewhere, 0 = not at all. */
      graceMs: z.number().int().min(0).max(TIMEOUT_MAX_MS).optional(),
    }),
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
    about: "What there is of a kind (members, a kind of holds, kv, items of work), and then each change of it",
    input: z.object({
      kind: z.string().max(64),
      name: z.string().max(256).optional(),
      prefix: z.string().max(256).optional(),
      /** Of a kind of holds with a name: each holder by itself, sorted by id; `prefix` is then of ids. */
      by: z.enum(["holder"]).optional(),
      from: U64.optional(),
    }),
    output: z.union([WATCH_LINE, HOLD_WATCH_LINE, HOLDER_WATCH_LINE, ENTRY_WATCH_LINE, ITEM_WATCH_LINE]),
  },
  ...HOLD_OPS,
  ...KV_OPS,
  ...WORK_OPS,
  ...RAFT_OPS,
  ...SNAPSHOT_OPS,
  ...KEYRING_OPS,
} as const satisfies Readonly<Record<string, OpSchema>>

export type OpName = keyof typeof OPS
/** Operations that carry octets. */
export type OctetsName = keyof typeof SNAPSHOT_OPS
export type OpInput<Name extends OpName> = z.output<(typeof OPS)[Name]["input"]>
export type OpOutput<Name extends OpName> = z.input<(typeof OPS)[Name]["output"]>

export type FramedName = keyof typeof FRAMED
export type FramedInput<Name extends FramedName> = z.output<(typeof FRAMED)[Name]["input"]>
export type FramedOutput<Name extends FramedName> = z.input<(typeof FRAMED)[Name]["output"]>
export { FRAMED }

export function isFramedName(name: string): name is FramedName {
  return Object.hasOwn(FRAMED, name)
}

export function isOctetsName(name: OpName): name is OctetsName {
  return Object.hasOwn(SNAPSHOT_OPS, name)
}

export function isOpName(name: string): name is OpName {
  return Object.hasOwn(OPS, name)
}

/** What a GET answers beside operations: for probes, scrapers and those who look around. */
export const PLAIN = {
  "/livez": { about: "Answers while the agent runs", type: "application/json", schema: READINESS, statuses: [200] },
  "/readyz": {
    about: "Whether a call would be served now",
    type: "application/json",
    schema: READINESS,
    statuses: [200, 503],
  },
  "/metrics": { about: "Prometheus metrics", type: "text/plain", schema: z.string(), statuses: [200] },
  "/v1/stream": {
    about: "Upgrade: conclave/1 switches to frames, anything else is refused",
    type: "application/json",
    schema: FAILURE,
    statuses: [101, 426],
  },
  "/v1/openapi.json": { about: "This description", type: "application/json", schema: z.object({}), statuses: [200] },
} as const
