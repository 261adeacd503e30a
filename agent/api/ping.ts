import type { PingPath } from "@conclave/swim"
import { noMember } from "./members.ts"
import type { Problem } from "./problem.ts"
import type { OpInput, OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

/** Lists are sorted by the bytes of what names an item. */
const PATHS: readonly PingPath[] = ["indirect", "tcp", "udp"]

/**
 * Measures each path with `count` pings, one after another; the paths side by side. After a loss the rest of a path goes at
 * once: a member that is gone costs one or two waits, not `count` of them.
 */
export function ping(
  view: AgentView,
  input: OpInput<"ping">,
  done: (result: OpOutput<"ping"> | Problem) => void,
): void {
  const { name, count } = input
  const member = view.byName(name)
  if (member === undefined) return done(noMember(name))
  const times = new Map<PingPath, number[]>(PATHS.map((path) => [path, []]))
  let open = PATHS.length * count
  const answered = (path: PingPath, rttMs: number | undefined): void => {
    if (rttMs !== undefined) times.get(path)?.push(rttMs)
    open--
    if (open === 0) done({ name, items: PATHS.map((each) => summary(each, count, times.get(each) ?? [])) })
  }
  const next = (path: PingPath, left: number): void => {
    if (left === 0) return
    view.ping(member.id, path, (rttMs) => {
      answered(path, rttMs)
      if (rttMs !== undefined) return next(path, left - 1)
      for (let each = 1; each < left; each++) view.ping(member.id, path, (late) => answered(path, late))
    })
  }
  for (const path of PATHS) next(path, count)
}

function summary(path: PingPath, sent: number, times: readonly number[]): OpOutput<"ping">["items"][number] {
  return { path, sent, received: times.length, rttMs: times.length === 0 ? null : quantiles(times) }
}

function quantiles(times: readonly number[]): NonNullable<OpOutput<"ping">["items"][number]["rttMs"]> {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number): number => rounded(sorted[Math.ceil(part * sorted.length) - 1] ?? 0)
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length
  return {
    count: sorted.length,
    min: rounded(sorted[0] ?? 0),
    mean: rounded(mean),
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    max: at(1),
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
