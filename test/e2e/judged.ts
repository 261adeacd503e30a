import { believing } from "@conclave/sim/check/believing"
import { linearizableNames } from "@conclave/sim/check/histories"
import { storiesOf } from "@conclave/sim/check/holds-of"
import type { Finding, Line } from "@conclave/sim/check/lines"
import { growingTokens } from "@conclave/sim/check/tokens"
import type { HistoryLine } from "./history.ts"

/**
 * What the judges of simulated histories find in one of real processes. Nobody tells it of renewals: a holder believes until
 * it is told of its loss, gives back or dies.
 */
export function findingsIn(history: readonly HistoryLine[]): readonly Finding[] {
  const lines = history.flatMap(judgedLines)
  const stories = storiesOf(lines)
  return [...believing(stories), ...growingTokens(stories, lines), ...linearizableNames(stories, lines)]
}

function judgedLines(line: HistoryLine): readonly Line[] {
  const { t, until: _, ...rest } = line
  const at = Number(BigInt(String(t ?? 0)) / 1000n)
  const moved = { ...rest, t: at } as unknown as Line
  if (moved.k !== "inv" || moved.f !== "release") return [moved]
  const { acquire, token } = line["a"] as { readonly acquire: number; readonly token: string }
  const { p, key } = moved
  const given = { k: "hold", t: at, p, op: acquire, key, type: "until", token, until: at } as const
  return [given, { ...moved, a: { ...moved.a, of: acquire } }]
}
