import { z } from "zod"
import { TIME, U64, watchLineOf } from "./objects.ts"
import { FLAG, jsonOf, type OpSchema, RESOURCE, textOf } from "./op-schema.ts"

/** Work: pools of items that are shared out among workers. */

const PAYLOAD_BYTES_MAX = 64 * 1024
const CHECKPOINT_BYTES_MAX = 4096
const MESSAGE_BYTES_MAX = 256
const WEIGHT_MAX = 1_000_000
const ATTEMPTS_MAX = 1_000_000
const ITEMS_MAX = 50_000
/** A hundred years, so that no sum of times leaves the whole numbers. */
const DURATION_MAX_MS = 100 * 366 * 24 * 3600 * 1000
const DURATION = z.number().int().min(0).max(DURATION_MAX_MS)
/** A day: so long at most a worker keeps an item that somebody else is to have. */
const HANDOFF_MAX_MS = 86_400_000

const SPREAD = z.enum(["none", "host", "zone"])

export const WORK_ITEM = z
  .object({
    item: z.string(),
    state: z.enum(["free", "assigned", "revoking", "failed"]),
    /** The id of the worker that has it. */
    worker: z.string().nullable(),
    /** The id of the worker that is to have it next. */
    target: z.string().nullable(),
    token: U64.nullable(),
    /** The number of the try that is under way or comes next, from 1. */
    attempt: z.number(),
    weight: z.number(),
    payload: z.unknown(),
    /** The id of the only worker that may have it. */
    pin: z.string().nullable(),
    /** What the worker that has it says of it. */
    note: z.string().nullable(),
    since: TIME,
  })
  .meta({ id: "WorkItem" })

export const ITEM_WATCH_LINE = z.object(watchLineOf(WORK_ITEM)).meta({ id: "ItemWatchLine" })

/** Of what is absent the present setting stays, and in a new pool the default. */
const CONFIG = {
  partitions: z.number().int().min(0).max(ITEMS_MAX).optional(),
  handoffTimeoutMs: DURATION.max(HANDOFF_MAX_MS).optional(),
  restartGraceMs: DURATION.optional(),
  spread: SPREAD.optional(),
  maxAttempts: z.number().int().min(1).max(ATTEMPTS_MAX).optional(),
}

const DECISION = z
  .object({ rev: U64, time: TIME, from: z.string().nullable(), to: z.string().nullable(), reason: z.string() })
  .meta({ id: "WorkDecision" })

const REV = z.object({ rev: U64 })
/** On what was read locally: how old it may be. */
const AGE = z.number().optional()
const OF_POOL = { name: RESOURCE }
const OF_ITEM = { ...OF_POOL, item: RESOURCE }

export const WORK_OPS = {
  "work.configure": {
    method: "PUT",
    path: "/v1/work/{name}",
    admin: false,
    stream: false,
    about: "Sets how a pool works, and how many partitions it has",
    input: z.object({ ...OF_POOL, ...CONFIG, ifRev: U64.optional() }),
    output: REV,
  },
  "work.items": {
    method: "GET",
    path: "/v1/work/{name}/items",
    admin: false,
    stream: false,
    about: "Every item of a pool, and who has it",
    input: z.object({ ...OF_POOL, stale: FLAG.optional() }),
    output: REV.extend({ items: z.array(WORK_ITEM), ageMs: AGE }),
  },
  "work.put": {
    method: "PUT",
    path: "/v1/work/{name}/items/{item}",
    admin: false,
    stream: false,
    about: "Puts a task, or what an item that is there carries",
    input: z.object({
      ...OF_ITEM,
      payload: jsonOf(PAYLOAD_BYTES_MAX).optional(),
      weight: z.number().int().min(1).max(WEIGHT_MAX).optional(),
      pin: RESOURCE.optional(),
    }),
    output: REV,
  },
  "work.remove": {
    method: "DELETE",
    path: "/v1/work/{name}/items/{item}",
    admin: false,
    stream: false,
    about:
      "Removes a task, whoever has it; the same name put again is given to nobody while its worker may not have heard",
    input: z.object(OF_ITEM),
    output: REV.extend({ removed: z.boolean() }),
  },
  "work.retry": {
    method: "POST",
    path: "/v1/work/{name}/items/{item}",
    admin: false,
    stream: false,
    about: "Tries a failed item again, and one that rests at once",
    input: z.object(OF_ITEM),
    output: REV,
  },
  "work.settle": {
    method: "POST",
    path: "/v1/work/{name}/items/{item}/settle",
    admin: false,
    stream: false,
    about: "Says what became of an assignment, which is over by that",
    input: z.object({
      ...OF_ITEM,
      token: U64,
      result: z.enum(["done", "released", "failed"]),
      message: textOf(MESSAGE_BYTES_MAX).optional(),
    }),
    output: REV,
  },
  "work.checkpoint": {
    method: "PUT",
    path: "/v1/work/{name}/items/{item}/checkpoint",
    admin: false,
    stream: false,
    about: "Keeps with an item what its next worker is to know, while the token holds",
    input: z.object({ ...OF_ITEM, token: U64, value: jsonOf(CHECKPOINT_BYTES_MAX) }),
    output: REV,
  },
  "work.explain": {
    method: "GET",
    path: "/v1/work/{name}/items/{item}/explain",
    admin: false,
    stream: false,
    about: "Why an item is where it is: its last steps, the newest last",
    input: z.object({ ...OF_ITEM, stale: FLAG.optional() }),
    /** `waits`: what it waits for that nobody works on, or that is on its way; null = its worker keeps it. */
    output: REV.extend({ items: z.array(DECISION), waits: z.string().nullable(), ageMs: AGE }),
  },
} as const satisfies Readonly<Record<string, OpSchema>>

/** Of a pool, beside what all holds have. */
export const POOL = {
  config: z
    .object({
      partitions: z.number(),
      handoffTimeoutMs: z.number(),
      restartGraceMs: z.number(),
      spread: SPREAD,
      maxAttempts: z.number(),
      /** The revision that set it, for `ifRev`; "0" = nobody has. */
      rev: U64,
    })
    .optional(),
  counts: z.object({ free: z.number(), assigned: z.number(), revoking: z.number(), failed: z.number() }).optional(),
  /** Too many workers were lost at once: what they had waits for the missing ones, and nothing is moved. */
  brake: z.object({ active: z.boolean(), missing: z.number() }).optional(),
}

export type WorkItemJson = z.input<typeof WORK_ITEM>
export type DecisionJson = z.input<typeof DECISION>
