import type { FaultLine, InvokeLine, Line, WatchLine } from "../check/lines.ts"

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
  "item-assigned",
  "item-settled",
  "item-failed",
  "item-saved",
  "item-asked-back",
  "item-lost",
  "item-settled-too-late",
  "work-removed",
] as const

export type AppMark = (typeof APP_SITUATIONS)[number]

/** Which situations a history shows. */
export function marksOf(lines: readonly Line[]): readonly AppMark[] {
  const found = new Set<AppMark>()
  const begun = new Map<number, string>()
  const settled = new Map<number, string>()
  const late = new Set<number>()
  const resumed = new Map<number, InvokeLine>()
  const holding = new Map<number, string>()
  const stopped = new Set<string>()
  const homes = new Map<string, string>()
  for (const line of lines) {
    switch (line.k) {
      case "inv":
        begun.set(line.op, line.f)
        if (line.a.isLate === true) late.add(line.op)
        if (line.a.from !== undefined) resumed.set(line.op, line)
        if (line.a.result !== undefined) settled.set(line.op, line.a.result)
        if (line.a.app !== undefined) homes.set(line.a.app, line.n)
        if (line.a.dup === true) found.add("request-sent-twice")
        break
      case "hold":
        if (line.type === "assigned") found.add("item-assigned")
        if (line.item !== undefined && line.type === "revoking") found.add("item-asked-back")
        if (line.item !== undefined && line.type === "lost" && line.reason !== "released") found.add("item-lost")
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
        for (const mark of marksOfWork(begun.get(line.op), settled.get(line.op))) found.add(mark)
        if (line.r?.ageMs !== undefined) found.add("application-read-as-it-was")
        if (begun.get(line.op) === "hold.get") found.add("application-read")
        if (begun.get(line.op) === "hold.transfer") found.add("leadership-handed-over")
        if (begun.get(line.op) === "session.attach") found.add("application-attached-again")
        break
      case "fail":
        if (line.e === "GRANT_LOST" && late.has(line.op)) found.add("item-settled-too-late")
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

/** Of what was asked, and done. */
function marksOfWork(f: string | undefined, result: string | undefined): readonly AppMark[] {
  if (f === "work.checkpoint") return ["item-saved"]
  if (f === "work.remove") return ["work-removed"]
  if (f !== "work.settle") return []
  return result === "failed" ? ["item-settled", "item-failed"] : ["item-settled"]
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
