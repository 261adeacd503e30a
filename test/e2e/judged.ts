import { believing } from "@conclave/sim/check/believing"
import { linearizableNames } from "@conclave/sim/check/histories"
import { storiesOf } from "@conclave/sim/check/holds-of"
import type { Finding, Line } from "@conclave/sim/check/lines"
import { growingTokens } from "@conclave/sim/check/tokens"
import type { HistoryLine } from "./history.ts"

/**
 * What the judges of simulated histories find in one of real processes, of its locks. Nobody tells it of renewals: a
 * holder believes until it is told of its loss, gives back or dies.
 */
export function findingsIn(all: readonly HistoryLine[]): readonly Finding[] {
  const history = ofLocks(all)
  const ops = new Map<string, number>()
  for (const line of history)
    if (line["k"] === "inv" && line["f"] === "acquire") ops.set(nameOf(line), Number(line["op"]))
  const lines = history.flatMap((line) => judgedLines(line, ops))
  const stories = storiesOf(lines)
  return [...believing(stories), ...growingTokens(stories, lines), ...linearizableNames(stories, lines)]
}

/** Without what was asked for and told of work. */
function ofLocks(history: readonly HistoryLine[]): readonly HistoryLine[] {
  const others = new Set(history.filter(({ key }) => /^work\//.test(String(key))).map(({ op }) => op))
  return history.filter(({ op }) => op === undefined || !others.has(op))
}

/** A request is known by its session and number. */
function nameOf(line: HistoryLine): string {
  const { s, seq } = line["a"] as { readonly s: string; readonly seq: number }
  return `${s} ${seq}`
}

function judgedLines(line: HistoryLine, ops: ReadonlyMap<string, number>): readonly Line[] {
  const { t, until: _, rev, ...rest } = line
  const at = Number(BigInt(String(t ?? 0)) / 1000n)
  const moved = { ...rest, t: at, ...(rev === undefined ? {} : { rev: Number(rev) }) } as unknown as Line
  if (moved.k !== "inv" || moved.f !== "release") return [moved]
  const acquire = ops.get(nameOf(line))
  if (acquire === undefined) throw new Error(`${nameOf(line)} is released and was never asked for`)
  const { p, key, a } = moved
  const given = { k: "hold", t: at, p, op: acquire, key, type: "until", token: String(a.token), until: at } as const
  return [given, { ...moved, a: { ...a, of: acquire } }]
}
