import type { FaultLine, Line } from "../check/lines.ts"

/** Situations of applications. */
export const APP_SITUATIONS = [
  "application-granted",
  "application-waited",
  "application-gave-up",
  "application-does-not-know",
  "application-killed-while-it-held",
  "application-lost-by-its-clock",
  "application-attached-again",
  "application-read",
  "application-watched",
  "leadership-handed-over",
  "left-under-stopped-applications",
  "session-ended-exited",
  "session-ended-silent",
  "session-ended-revoked",
  "grant-revoked",
  "request-sent-twice",
] as const

export type AppMark = (typeof APP_SITUATIONS)[number]

/** Which situations a history shows. */
export function marksOf(lines: readonly Line[]): readonly AppMark[] {
  const found = new Set<AppMark>()
  const begun = new Map<number, string>()
  const holding = new Map<number, string>()
  const stopped = new Set<string>()
  const homes = new Map<string, string>()
  for (const line of lines) {
    switch (line.k) {
      case "inv":
        begun.set(line.op, line.f)
        if (line.a.app !== undefined) homes.set(line.a.app, line.n)
        if (line.a.dup === true) found.add("request-sent-twice")
        break
      case "hold":
        if (line.type === "queued") found.add("application-waited")
        if (line.type === "granted") holding.set(line.op, line.p.slice(0, line.p.lastIndexOf(".")))
        if (line.type === "lost") holding.delete(line.op)
        if (line.type === "lost" && line.reason === "revoked") found.add("grant-revoked")
        if (line.type === "lost" && line.reason === "expired") found.add("application-lost-by-its-clock")
        break
      case "watch":
        found.add("application-watched")
        break
      case "ok":
        if (line.r?.granted === true) found.add("application-granted")
        if (line.r?.granted === false) found.add("application-gave-up")
        if (begun.get(line.op) === "hold.get") found.add("application-read")
        if (begun.get(line.op) === "hold.transfer") found.add("leadership-handed-over")
        if (begun.get(line.op) === "session.attach") found.add("application-attached-again")
        break
      case "info":
        if (line.e !== "KILLED") found.add("application-does-not-know")
        break
      case "log":
        for (const { cause } of line.fx) {
          if (cause === "exited" || cause === "silent" || cause === "revoked") found.add(`session-ended-${cause}`)
        }
        break
      case "fault":
        for (const mark of marksOfFault(line, { holding: new Set(holding.values()), stopped, homes })) found.add(mark)
        break
      default:
    }
  }
  return [...found]
}

interface Lives {
  readonly holding: ReadonlySet<string>
  readonly stopped: Set<string>
  /** The host of each. */
  readonly homes: ReadonlyMap<string, string>
}

function marksOfFault({ f, phase, spec }: FaultLine, { holding, stopped, homes }: Lives): readonly AppMark[] {
  const procs = (spec["procs"] ?? []) as readonly string[]
  const nodes = (spec["nodes"] ?? []) as readonly string[]
  if (f === "pause") for (const life of procs) phase === "start" ? stopped.add(life) : stopped.delete(life)
  if (phase !== "start") return []
  if (f === "kill-client" && procs.some((life) => holding.has(life))) return ["application-killed-while-it-held"]
  const isUnheard = [...holding].some((life) => stopped.has(life) && nodes.includes(homes.get(life) ?? ""))
  return f === "leave" && isUnheard ? ["left-under-stopped-applications"] : []
}
