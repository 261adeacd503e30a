import type { PingPath } from "@conclave/swim"
import { noMember } from "./members.ts"
import type { Problem } from "./problem.ts"
import type { OpInput, OpOutput } from "./schema.ts"
import type { AgentView } from "./view.ts"

/** Lists are sorted by the bytes of what names an item. */
const PATHS: readonly PingPath[] = ["indirect", "tcp", "udp"]

/** On their way at once after a loss. */
const AT_ONCE_MAX = 4
/** Lost one after the other: the path is given up, and `sent` tells how many were tried. */
const LOST_MAX = 5

/**
 * Measures each path with `count` pings, one after another; the paths side by side. After a loss a few go at once: a
 * member that is gone costs two waits, not `count` of them.
 */
export function ping(
  view: AgentView,
  input: OpInput<"ping">,
  done: (result: OpOutput<"ping"> | Problem) => void,
): void {
  const { name, count } = input
  const member = view.byName(name)
  if (member === undefined) return done(noMember(name))
  const found = new Map<PingPath, PathSummary>()
  const inOrder = (): PathSummary[] => PATHS.flatMap((path) => found.get(path) ?? [])
  for (const path of PATHS) {
    measure(
      (answered) => view.ping(member.id, path, answered),
      count,
      (sent, times) => {
        found.set(path, summary(path, sent, times))
        if (found.size === PATHS.length) done({ name, items: inOrder() })
      },
    )
  }
}

type PathSummary = OpOutput<"ping">["items"][number]

function measure(
  send: (answered: (rttMs: number | undefined) => void) => void,
  count: number,
  done: (sent: number, times: readonly number[]) => void,
): void {
  const times: number[] = []
  let sent = 0
  let open = 0
  let lostInARow = 0
  let isDone = false
  const answered = (rttMs: number | undefined): void => {
    open--
    if (rttMs !== undefined) times.push(rttMs)
    lostInARow = rttMs === undefined ? lostInARow + 1 : 0
    go()
  }
  const go = (): void => {
    const atOnce = lostInARow === 0 ? 1 : AT_ONCE_MAX
    while (open < atOnce && sent < count && lostInARow + open < LOST_MAX) {
      sent++
      open++
      send(answered)
    }
    if (open > 0 || isDone) return
    isDone = true
    done(sent, times)
  }
  go()
}

function summary(path: PingPath, sent: number, times: readonly number[]): PathSummary {
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
