import type { EndLine, InvokeLine, Line } from "./lines.ts"

/** A write that was to be done only while a token holds, where it is known whether that did. */
export interface GuardedWrite {
  /** `kind/name` of what the token is of. */
  readonly key: string
  readonly token: number
  readonly isHeld: boolean
  readonly call: number
  readonly end: number
}

export function guardedWrites(lines: readonly Line[]): readonly GuardedWrite[] {
  const begun = new Map<number, InvokeLine>()
  const found: GuardedWrite[] = []
  for (const line of lines) {
    if (line.k === "inv" && line.a.guard !== undefined) begun.set(line.op, line)
    const guard = line.k === "ok" || line.k === "fail" ? begun.get(line.op)?.a.guard : undefined
    if (guard === undefined || (line.k !== "ok" && line.k !== "fail")) continue
    const isHeld = isHeldBy(line)
    if (isHeld === undefined) continue
    const call = begun.get(line.op)?.t ?? 0
    found.push({ key: `${guard.kind}/${guard.name}`, token: Number(guard.token), isHeld, call, end: line.t })
  }
  return found
}

/** The guard is asked before the revision is. */
function isHeldBy({ k, e }: EndLine): boolean | undefined {
  if (k === "ok" || e === "CONFLICT") return true
  return e === "GRANT_LOST" ? false : undefined
}
