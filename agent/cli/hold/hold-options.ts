import type { HoldRequest } from "@conclave/sdk/session-core/types"
import { parseDuration } from "../../config/duration.ts"
import { nextHelp } from "../terminal/arguments.ts"
import type { Given } from "../terminal/command.ts"
import { usageError } from "../terminal/failure.ts"

const TTL_MIN_MS = 2000
const TTL_MAX_MS = 300_000
const FOREVER = Number.POSITIVE_INFINITY
const COUNT_MAX = 1_000_000_000_000_000

/** How something is held, by what was typed. */
export interface HoldOptions {
  readonly waitMs: number
  readonly ttlMs: number | undefined
  readonly maxHoldMs: number | undefined
  readonly note: string | undefined
}

export function holdOptionsOf(given: Given): HoldOptions {
  const wait = given.flags.get("wait")?.[0]
  return {
    waitMs: wait === undefined || wait === "forever" ? FOREVER : (spanOf(given, "wait", 0, FOREVER) ?? FOREVER),
    ttlMs: spanOf(given, "ttl", TTL_MIN_MS, TTL_MAX_MS),
    maxHoldMs: spanOf(given, "max-hold", 1, FOREVER),
    note: given.flags.get("note")?.[0],
  }
}

/** What every kind of hold may ask for, as the agent takes it. */
export function noted({ note, maxHoldMs }: HoldOptions): Pick<HoldRequest, "maxHoldMs"> & { readonly note?: string } {
  return { ...(note === undefined ? {} : { note }), ...(maxHoldMs === undefined ? {} : { maxHoldMs }) }
}

/** A whole number from 1. */
export function countOf(given: Given, flag: string): number | undefined {
  const text = given.flags.get(flag)?.[0]
  if (text === undefined) return undefined
  const value = /^\d{1,16}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= COUNT_MAX) return value
  throw usageError(
    `--${flag} takes a whole number from 1 to ${COUNT_MAX}, not ${JSON.stringify(text)}`,
    nextHelp(given),
  )
}

/** A duration between two bounds; 0 needs no unit. */
export function spanOf(given: Given, flag: string, minMs: number, maxMs: number): number | undefined {
  const text = given.flags.get(flag)?.[0]
  if (text === undefined) return undefined
  const ms = text === "0" ? 0 : parseDuration(text)
  if (ms !== undefined && ms >= minMs && ms <= maxMs) return ms
  const range = maxMs === FOREVER ? "" : ` from ${minMs / 1000}s to ${maxMs / 1000}s`
  const words = flag === "wait" ? "a duration such as 30s, 0 or forever" : `a duration such as 5s${range}`
  throw usageError(`--${flag} takes ${words}, not ${JSON.stringify(text)}`, nextHelp(given))
}
