import type { FaultLine, InvokeLine, Line, WatchLine } from "../check/lines.ts"
import { SOCIETY_SITUATIONS, type SocietyMark, societyMarksOf } from "./society-marks.ts"
import { WORK_SITUATIONS, type WorkMark, workMarksOf } from "./work-marks.ts"

/** Of locks and elections, and of what befalls applications. */
const OWN_SITUATIONS = [
  "application-granted",
  "application-waited",
  "application-gave-up",
  "application-does-not-know",
  "application-killed-while-it-held",
  "application-lost-by-its-clock",
  "application-attached-again",
  "application-read",
  "application-watched",
  "application-read-as-it-was",
  "watch-resumed",
  "watch-began-anew",
  "watch-from-a-future",
  "watch-told-of-several",
  "leadership-handed-over",
  "left-under-stopped-applications",
  "session-ended-exited",
  "session-ended-silent",
  "session-ended-revoked",
  "grant-revoked",
  "request-sent-twice",
] as const

export type AppMark = (typeof OWN_SITUATIONS)[number] | SocietyMark | WorkMark

/** Situations of applications. */
export const APP_SITUATIONS: readonly AppMark[] = [...OWN_SITUATIONS, ...SOCIETY_SITUATIONS, ...WORK_SITUATIONS]

/** Which situations a history shows. */
export function marksOf(lines: readonly Line[]): readonly AppMark[] {
  const found = new Set<AppMark>([...societyMarksOf(lines), ...workMarksOf(lines)])
  const begun = new Map<number, string>()
  const resumed = new Map<number, InvokeLine>()
  const holding = new Map<number, string>()
  const stopped = new Set<string>()
  const homes = new Map<string, string>()
  for (const line of lines) {
    switch (line.k) {
      case "inv":
        begun.set(line.op, line.f)
        if (line.a.from !== undefined) resumed.set(line.op, line)
        if (line.a.app !== undefined) homes.set(line.a.app, line.n)
        if (line.a.dup === true) found.add("request-sent-twice")
        break
      case "hold":
        if (line.item !== undefined) break
        if (line.type === "queued") found.add("application-waited")
        if (line.type === "granted") holding.set(line.op, line.p.slice(0, line.p.lastIndexOf(".")))
        if (line.type === "lost") holding.delete(line.op)
        if (line.type === "lost" && line.reason === "revoked") found.add("grant-revoked")
        if (line.type === "lost" && line.reason === "expired") found.add("application-lost-by-its-clock")
        break
      case "watch":
        for (const mark of marksOfWatch(line, resumed.get(line.op))) found.add(mark)
        resumed.delete(line.op)
        break
      case "ok":
        if (line.r?.granted === true) found.add("application-granted")
        if (line.r?.granted === false) found.add("application-gave-up")
        if (line.r?.ageMs !== undefined) found.add("application-read-as-it-was")
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

/** `asked`: nothing of it has been told since it was resumed. */
function marksOfWatch({ vk, reset, rev, ev }: WatchLine, asked: InvokeLine | undefined): readonly AppMark[] {
  return [
    "application-watched",
    ...(reset === true ? (["watch-began-anew"] as const) : []),
    ...(asked !== undefined && vk !== "view" ? (["watch-resumed"] as const) : []),
    ...((asked?.a.from ?? 0) > rev ? (["watch-from-a-future"] as const) : []),
    ...(vk === "change" && ev.some((each) => each.rev !== undefined) ? (["watch-told-of-several"] as const) : []),
  ]
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
