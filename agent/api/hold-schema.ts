import { z } from "zod"
import { HOLD, HOLD_EVENT, SESSION } from "./hold-objects.ts"
import { U64 } from "./objects.ts"
import {
  FLAG,
  type FramedSchema,
  jsonOf,
  NOTHING,
  type OpSchema,
  RESOURCE,
  textOf,
  UNICODE,
  utf8Bytes,
} from "./op-schema.ts"
import { textMap } from "./text-map.ts"

/** Sessions and holds: what applications share. */

export const TTL_MIN_MS = 2000
export const TTL_MAX_MS = 300_000
export const LOCK_DELAY_MAX_MS = 60_000
/** The name in the path included. */
export const LOCK_NAMES_MAX = 64
const NOTE_BYTES_MAX = 256
const VALUE_BYTES_MAX = 4096
const REASON_BYTES_MAX = 256
const LABEL_BYTES_MAX = 255
const PRIORITY_MAX = 1_000_000
const GRACE_MAX_MS = 86_400_000
/** Of limits, weights and capacities. */
export const LIMIT_MAX = 1_000_000_000_000_000
/** As many wait for one name. */
const PARTIES_MAX = 10_000
/** Keys and values of a worker's tags together. */
const TAGS_BYTES_MAX = 512
const ZONE_BYTES_MAX = 128

/** A kind that is not served is found out later: it is not there (NOT_FOUND), not malformed. */
const KIND_TEXT = z.string().max(64)
const TTL = z.number().int().min(TTL_MIN_MS).max(TTL_MAX_MS)
/** A hundred years, so that no sum of times leaves the whole numbers. */
const DURATION_MAX_MS = 100 * 366 * 24 * 3600 * 1000
const DURATION = z.number().int().min(0).max(DURATION_MAX_MS)
const NOTE = textOf(NOTE_BYTES_MAX)
const VALUE = jsonOf(VALUE_BYTES_MAX)
export const SESSION_ID: z.ZodString = z.string().regex(/^[a-z2-7]{26}$/, "is not a session id")
const LIMIT = z.number().int().min(1).max(LIMIT_MAX)
const TAGS = textMap(textOf(TAGS_BYTES_MAX), textOf(TAGS_BYTES_MAX), { wrongName: "is not a name for a tag" }).refine(
  (tags) =>
    Object.entries(tags)
      .flat()
      .reduce((sum, text) => sum + utf8Bytes(text), 0) <= TAGS_BYTES_MAX,
  {
    error: `are over ${TAGS_BYTES_MAX} bytes, keys and values together`,
  },
)
const REV = z.object({ rev: U64 })
/** On what was read locally: how old it may be. */
const AGE = z.number().optional()

export const HOLD_OPS = {
  hold: {
    method: "POST",
    path: "/v1/hold/{kind}/{name}",
    admin: false,
    stream: true,
    about:
      "Waits for a lock, a permit of a semaphore or a leadership, or joins a group or the workers of a pool, and holds it while the stream lives",
    input: z.object({
      kind: KIND_TEXT,
      name: RESOURCE,
      /** Without it: for ever. */
      waitMs: DURATION.optional(),
      /** Over plain HTTP only; in frames the session has one. */
      ttlMs: TTL.optional(),
      note: NOTE.optional(),
      maxHoldMs: DURATION.min(1).optional(),
      /** Locks: further names, granted all at once or not at all. */
      names: z.array(RESOURCE).optional(),
      mode: z.enum(["exclusive", "shared"]).optional(),
      lockDelayMs: DURATION.max(LOCK_DELAY_MAX_MS).optional(),
      /** Semaphores: what the weights may add up to, the same for all who are there; and its own, by default 1. */
      limit: LIMIT.optional(),
      weight: LIMIT.optional(),
      /** Elections and groups. */
      value: VALUE.optional(),
      /** Elections. */
      priority: z.number().int().min(-PRIORITY_MAX).max(PRIORITY_MAX).optional(),
      /** Groups and workers: the newest join of an id wins. By default one that nobody else has. */
      id: RESOURCE.optional(),
      /** Groups; by default true. */
      ready: z.boolean().optional(),
      /** Workers; without a capacity it has no limit. */
      capacity: LIMIT.optional(),
      zone: textOf(ZONE_BYTES_MAX).optional(),
      tags: TAGS.optional(),
    }),
    output: HOLD_EVENT,
  },
  "hold.release": {
    method: "DELETE",
    path: "/v1/hold/{kind}/{name}",
    admin: false,
    stream: false,
    about: "Gives back what the session holds under this token",
    input: z.object({ kind: KIND_TEXT, name: RESOURCE, token: U64 }),
    output: REV.extend({ released: z.boolean() }),
  },
  "hold.list": {
    method: "GET",
    path: "/v1/hold/{kind}",
    admin: false,
    stream: false,
    about: "Every name of a kind with a holder or a waiter",
    input: z.object({ kind: KIND_TEXT, prefix: z.string().max(255).optional(), stale: FLAG.optional() }),
    output: REV.extend({ items: z.array(HOLD), ageMs: AGE }),
  },
  "hold.get": {
    method: "GET",
    path: "/v1/hold/{kind}/{name}",
    admin: false,
    stream: false,
    about: "Who holds a name, who waits, who held it before",
    input: z.object({ kind: KIND_TEXT, name: RESOURCE, stale: FLAG.optional() }),
    output: HOLD.extend({ ageMs: AGE }),
  },
  "hold.update": {
    method: "PATCH",
    path: "/v1/hold/{kind}/{name}",
    admin: false,
    stream: false,
    about: "Changes the note, the value of a leader or a member, or whether a member is ready, while the token holds",
    input: z.object({
      kind: KIND_TEXT,
      name: RESOURCE,
      token: U64,
      note: NOTE.optional(),
      value: VALUE.optional(),
      ready: z.boolean().optional(),
    }),
    output: REV,
  },
  "hold.transfer": {
    method: "POST",
    path: "/v1/hold/election/{name}/transfer",
    admin: false,
    stream: false,
    about: "Hands leadership to a standing candidate",
    input: z.object({ name: RESOURCE, token: U64, to: UNICODE.max(128).optional() }),
    output: REV,
  },
  "semaphore.resize": {
    method: "PUT",
    path: "/v1/hold/semaphore/{name}/limit",
    admin: false,
    stream: false,
    about: "Changes what the permits of a semaphore may weigh together, and breaks no holder",
    input: z.object({ name: RESOURCE, limit: LIMIT }),
    output: REV,
  },
  barrier: {
    method: "POST",
    path: "/v1/barriers/{name}",
    admin: false,
    stream: false,
    waits: true,
    about: "Waits until as many have come as are named; all who were there get one generation, and each its place",
    input: z.object({
      name: RESOURCE,
      parties: z.number().int().min(1).max(PARTIES_MAX),
      /** Without it: for ever. */
      waitMs: DURATION.optional(),
    }),
    output: REV.extend({ generation: U64, index: z.number() }),
  },
  revoke: {
    method: "POST",
    path: "/v1/revoke",
    admin: true,
    stream: false,
    about: "Asks the holders to finish, waits, then breaks what is left; KIND is also session",
    input: z.object({
      kind: KIND_TEXT,
      name: RESOURCE,
      token: U64.optional(),
      graceMs: DURATION.max(GRACE_MAX_MS),
      /** The holders are told, and the audit keeps it. */
      reason: textOf(REASON_BYTES_MAX).refine((text) => text !== "", "is empty"),
    }),
    output: REV.extend({ revoked: z.array(U64) }),
  },
  "sessions.list": {
    method: "GET",
    path: "/v1/sessions",
    admin: false,
    stream: false,
    about: "Every session of the cluster, with what it holds and waits for",
    input: z.object({ stale: FLAG.optional() }),
    output: REV.extend({ items: z.array(SESSION), ageMs: AGE }),
  },
  "sessions.get": {
    method: "GET",
    path: "/v1/sessions/{id}",
    admin: false,
    stream: false,
    about: "One session",
    input: z.object({ id: SESSION_ID, stale: FLAG.optional() }),
    output: SESSION.extend({ rev: U64, ageMs: AGE }),
  },
} as const satisfies Readonly<Record<string, OpSchema>>

export const FRAMED = {
  "session.open": {
    about: "Opens the connection's session",
    input: z.object({ ttlMs: TTL.optional(), label: textOf(LABEL_BYTES_MAX).optional() }),
    output: z.object({ id: z.string(), secret: z.string(), validForMs: z.number(), heartbeatMs: z.number(), rev: U64 }),
  },
  "session.attach": {
    about: "Goes on with a session on a new connection",
    input: z.object({ id: SESSION_ID, secret: z.string().max(128) }),
    output: z.object({ validForMs: z.number(), heartbeatMs: z.number(), rev: U64 }),
  },
  "session.bind": {
    about: "Names a process group that acts for the session, too",
    input: z.object({ processGroup: z.number().int().min(2) }),
    output: NOTHING,
  },
  "session.unbind": {
    about: "A process group acts for the session no more",
    input: z.object({ processGroup: z.number().int().min(2) }),
    output: NOTHING,
  },
  "session.close": {
    about: "Ends the session and all that it holds",
    input: NOTHING,
    output: REV,
  },
  heartbeat: {
    about: "Says that the application's own loop turns, and learns how long the session is good for",
    input: NOTHING,
    output: z.object({ validForMs: z.number(), rev: U64 }),
  },
} as const satisfies Readonly<Record<string, FramedSchema>>
