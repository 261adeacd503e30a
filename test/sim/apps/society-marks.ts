import type { EndLine, HoldLine, InvokeLine, Line } from "../check/lines.ts"

/** Situations of groups, barriers and semaphores, and of writes that a grant guards. */
export const SOCIETY_SITUATIONS = [
  "member-fenced",
  "member-changed",
  "member-revoked",
  "permit-revoked",
  "semaphore-resized",
  "waited-for-too-much",
  "limit-was-another",
  "barrier-opened",
  "barrier-waited-in-vain",
  "barrier-given-up",
  "guarded-write",
  "guard-had-moved",
] as const

export type SocietyMark = (typeof SOCIETY_SITUATIONS)[number]

/** Which of them a history shows. */
export function societyMarksOf(lines: readonly Line[]): ReadonlySet<SocietyMark> {
  const found = new Set<SocietyMark>()
  const begun = new Map<number, InvokeLine>()
  const queued = new Set<number>()
  for (const line of lines) {
    if (line.k === "inv") begun.set(line.op, line)
    if (line.k === "hold" && line.type === "queued") queued.add(line.op)
    if (line.k === "hold" && line.type === "lost") for (const mark of lossMarks(line)) found.add(mark)
    const of = line.k === "ok" || line.k === "fail" ? begun.get(line.op) : undefined
    if (of === undefined || (line.k !== "ok" && line.k !== "fail")) continue
    const mark = line.k === "ok" ? doneMark(of, line) : refusedMark(of, line, queued.has(line.op))
    if (mark !== undefined) found.add(mark)
  }
  return found
}

function lossMarks({ key, reason }: HoldLine): readonly SocietyMark[] {
  if (key.startsWith("group/") && reason === "fenced") return ["member-fenced"]
  if (reason !== "revoked") return []
  if (key.startsWith("group/")) return ["member-revoked"]
  return key.startsWith("semaphore/") ? ["permit-revoked"] : []
}

function doneMark({ f, key, a }: InvokeLine, { r }: EndLine): SocietyMark | undefined {
  if (f === "semaphore.resize") return "semaphore-resized"
  if (f === "hold.update" && key.startsWith("group/")) return "member-changed"
  if (f === "barrier") return r?.generation === undefined ? "barrier-given-up" : "barrier-opened"
  return a.guard === undefined ? undefined : "guarded-write"
}

function refusedMark({ f, key, a }: InvokeLine, { e }: EndLine, wasQueued: boolean): SocietyMark | undefined {
  if (f === "barrier" && e === "WAIT_TIMEOUT") return "barrier-waited-in-vain"
  if (a.guard !== undefined && e === "GRANT_LOST") return "guard-had-moved"
  if (f !== "acquire" || e !== "CONFLICT" || !key.startsWith("semaphore/")) return undefined
  return wasQueued ? "waited-for-too-much" : "limit-was-another"
}
