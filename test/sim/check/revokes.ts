import type { Finding, Input, Line } from "./lines.ts"
import { settingsOf } from "./settings.ts"

const NEVER = Number.POSITIVE_INFINITY

/** What an operator has taken back, or may have. */
export interface Revoke {
  readonly key: string
  readonly a: Input
  /** When it was asked for, and when it may have broken a grant at the earliest. */
  readonly t: number
  readonly at: number
  /** The tokens that it was about, where its answer is known. */
  readonly asked: readonly string[] | undefined
}

/** From when on a grant may have been broken, and when its client was told of that. */
export interface Break {
  readonly at: number
  readonly toldAt: number
}

/** A hold, or an item of a worker's. */
interface Grant {
  readonly keys: readonly string[]
  readonly a: Input
  readonly granted: { readonly token: number; readonly t: number } | undefined
}

export interface Revocable extends Grant {
  readonly p: string
  readonly invokedAt: number
  readonly lostAt: number | undefined
  readonly lostReason: string | undefined
  /** It goes with its worker. */
  readonly above?: Grant | undefined
}

/** What was certainly not done is left out. The cluster counts a grace, by a clock that goes faster by 1 % at most. */
export function revokesOf(lines: readonly Line[]): readonly Revoke[] {
  const failed = new Set<number>()
  const asked = new Map<number, readonly string[]>()
  for (const line of lines) {
    if (line.k === "fail") failed.add(line.op)
    if (line.k === "ok" && line.r?.revoked !== undefined) asked.set(line.op, line.r.revoked)
  }
  return lines.flatMap((line) => {
    if (line.k !== "inv" || line.f !== "revoke" || failed.has(line.op)) return []
    const { t, key, a, op } = line
    return [{ key, a, t, at: t + (a.graceMs ?? 0) * 990, asked: asked.get(op) }]
  })
}

/** When each hold, and each item of a worker's, was first told of each request to finish. */
export function toldReasons(lines: readonly Line[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const line of lines) {
    if (line.k !== "hold" || line.type !== "revoking") continue
    const of = line.item === undefined ? "" : ` ${line.item} ${line.token}`
    const id = `${line.op}${of} ${line.reason}`
    if (!found.has(id)) found.set(id, line.t)
  }
  return found
}

/** The end of a session is that of all that it has by then. */
export function concerns({ key, a, asked }: Revoke, { keys, granted, a: of }: Grant): boolean {
  if (key === `session/${of.s}`) return true
  if (!keys.includes(key)) return false
  if (granted === undefined) return true
  const token = String(granted.token)
  return (a.token === undefined || a.token === token) && (asked === undefined || asked.includes(token))
}

export function breakBy({ at, a }: Revoke, told: ReadonlyMap<string, number>, of: string): Break {
  return { at, toldAt: told.get(`${of} ${a.reason}`) ?? NEVER }
}

/** What is lost as revoked somebody has revoked: itself, its worker, or its session; a restore revokes all sessions. */
export function revokedOnly(lost: readonly Revocable[], lines: readonly Line[]): readonly Finding[] {
  const revokes = revokesOf(lines)
  const restores = settingsOf(lines, { f: "restore", of: () => 0 })
  return lost.flatMap(({ lostAt = 0, lostReason, p, above, invokedAt, ...own }) => {
    if (lostReason !== "revoked") return []
    const before = revokes.filter(({ t }) => t <= lostAt)
    const isMeant = before.some((revoke) => concerns(revoke, own) || (above !== undefined && concerns(revoke, above)))
    // Its client may hear of the grant when its session is gone already.
    const isRestored = restores.some(({ call, end }) => call <= lostAt && end >= invokedAt)
    if (isMeant || isRestored) return []
    const message = `${own.keys.join(", ")}: ${p} (token ${own.granted?.token}) lost it as revoked, and nobody has`
    return [{ rule: "only-what-is-revoked-is-lost-so", t: lostAt, message }]
  })
}
