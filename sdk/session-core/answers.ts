import type { Json } from "./outcomes.ts"
import type { BarrierOpening } from "./types.ts"

/** What an agent says, checked: undefined where it cannot be read. */

const U64 = /^\d{1,20}$/

export interface Opened {
  readonly id: string
  readonly secret: string
  readonly validForMs: number
}

export type HoldEvent =
  | { readonly type: "queued"; readonly position: number; readonly holders: readonly Json[] }
  | {
      readonly type: "granted"
      readonly token: bigint
      readonly rev: bigint
      /** Of a member or a worker. */
      readonly id: string | undefined
      /** Of the longest time that was asked for; undefined where it was not said. */
      readonly maxHoldLeftMs: number | undefined
    }
  | {
      readonly type: "revoking"
      readonly by: string | null
      readonly reason: string
      readonly deadlineMs: number | undefined
    }
  | { readonly type: "lost"; readonly reason: string }

/** Of one item of a worker. */
export type ItemEvent =
  | {
      readonly type: "assigned"
      readonly item: string
      readonly token: bigint
      readonly rev: bigint
      readonly payload: Json
      readonly checkpoint: Json
      readonly attempt: number
    }
  | {
      readonly type: "revoking"
      readonly item: string
      readonly token: bigint
      readonly by: string | null
      readonly reason: string
      readonly deadlineMs: number | undefined
    }
  | { readonly type: "lost"; readonly item: string; readonly token: bigint; readonly reason: string }
  /** All that the worker has was told. */
  | { readonly type: "synced" }

export function readOpened(out: unknown): Opened | undefined {
  const { id, secret } = fieldsOf(out)
  const validForMs = readValidFor(out)
  if (typeof id !== "string" || typeof secret !== "string" || validForMs === undefined) return undefined
  return { id, secret, validForMs }
}

export function readValidFor(out: unknown): number | undefined {
  const { validForMs } = fieldsOf(out)
  return typeof validForMs === "number" && validForMs >= 0 ? validForMs : undefined
}

/** Of an ended hold: the revision of its release; undefined = provably never granted. */
export function readReleased(out: unknown): bigint | undefined {
  const { released, rev } = fieldsOf(out)
  return released === true ? (isU64(rev) ? BigInt(rev) : 0n) : undefined
}

export function readOpening(out: unknown): BarrierOpening | undefined {
  const { generation, index, rev } = fieldsOf(out)
  if (!isU64(generation) || typeof index !== "number" || !isU64(rev)) return undefined
  return { generation: BigInt(generation), index, rev: BigInt(rev) }
}

/** Kinds of events that a later agent may send are undefined, too. */
export function readHoldEvent(event: unknown): HoldEvent | undefined {
  const { type, position, holders, token, rev, id, by, reason, deadlineMs, maxHoldLeftMs } = fieldsOf(event)
  const why = typeof reason === "string" ? reason : "unknown"
  switch (type) {
    case "queued":
      if (typeof position !== "number") return undefined
      return { type, position, holders: Array.isArray(holders) ? holders : [] }
    case "granted":
      if (!isU64(token)) return undefined
      return {
        type,
        token: BigInt(token),
        rev: isU64(rev) ? BigInt(rev) : 0n,
        id: typeof id === "string" ? id : undefined,
        maxHoldLeftMs: lengthOf(maxHoldLeftMs),
      }
    case "revoking":
      return { type, by: typeof by === "string" ? by : null, reason: why, deadlineMs: lengthOf(deadlineMs) }
    case "lost":
      return { type, reason: why }
    default:
      return undefined
  }
}

/** What is about one item of a worker; undefined = it is about the hold itself, or cannot be read. */
export function readItemEvent(event: unknown): ItemEvent | undefined {
  const { type, item, token, rev, payload, checkpoint, attempt, by, reason, deadlineMs } = fieldsOf(event)
  if (type === "synced") return { type }
  if (typeof item !== "string" || !isU64(token)) return undefined
  const of = { item, token: BigInt(token) }
  const why = typeof reason === "string" ? reason : "unknown"
  switch (type) {
    case "assigned": {
      const carries = { payload: (payload ?? null) as Json, checkpoint: (checkpoint ?? null) as Json }
      return { type, ...of, ...carries, rev: isU64(rev) ? BigInt(rev) : 0n, attempt: lengthOf(attempt) ?? 1 }
    }
    case "revoking":
      return { type, ...of, by: typeof by === "string" ? by : null, reason: why, deadlineMs: lengthOf(deadlineMs) }
    case "lost":
      return { type, ...of, reason: why }
    default:
      return undefined
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function lengthOf(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined
}

function isU64(value: unknown): value is string {
  return typeof value === "string" && U64.test(value)
}
