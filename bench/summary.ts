import type { Better, Metrics } from "./metrics.ts"
import { isQuantiles, type Quantiles, quantiles, significant } from "./quantiles.ts"
import type { BenchRecord } from "./record.ts"

export interface SummaryShape {
  readonly bench: string
  readonly metrics: Metrics
  /** The keys that tell kinds of runs apart (`fault`, `path`). */
  readonly variant: readonly string[]
}

/** The last line of a bench. */
export interface Summary {
  readonly event: "summary"
  readonly bench: string
  readonly systems: Readonly<Record<string, Readonly<Record<string, Quantiles>>>>
  /** Of medians, by peer; above 1 = we are better. */
  readonly ratio: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** Our own name in records. */
export const OURS = "conclave"

/**
 * Summarises the records of one bench. A figure that is itself a distribution counts by its median.
 * Where the records hold several variants, each metric is named `variant.metric`, or `mode-clients.metric` of two keys.
 */
export function summarise(records: readonly BenchRecord[], shape: SummaryShape): Summary {
  const named = nameByVariant(records, shape.variant)
  const systems: Record<string, Record<string, Quantiles>> = {}
  const ratio: Record<string, Record<string, number>> = {}
  for (const [system, figures] of collect(records, shape.metrics, named)) {
    const metrics: Record<string, Quantiles> = {}
    for (const [metric, values] of figures) {
      const found = quantiles(values)
      if (found !== undefined) metrics[metric] = found
    }
    systems[system] = metrics
  }
  for (const [peer, metrics] of Object.entries(systems)) {
    if (peer !== OURS) ratio[peer] = ratios(systems[OURS] ?? {}, metrics, shape.metrics)
  }
  return { event: "summary", bench: shape.bench, systems, ratio }
}

/**
 * How often our median goes into the peer's, turned so that above 1 = we are better. Two zeros are a
 * draw; undefined where one is zero and the other not, since no number says how much better that is.
 */
export function turnedRatio(ours: number, peer: number, better: Better): number | undefined {
  if (ours === peer) return 1
  if (ours === 0 || peer === 0) return undefined
  return significant(better === "lower" ? peer / ours : ours / peer, 3)
}

type Namer = (record: BenchRecord, metric: string) => string

function nameByVariant(records: readonly BenchRecord[], variant: readonly string[]): Namer {
  const kindOf = (record: BenchRecord): string => variant.map((key) => String(record[key])).join("-")
  if (new Set(records.map(kindOf)).size < 2) return (_record, metric) => metric
  return (record, metric) => `${kindOf(record)}.${metric}`
}

function collect(records: readonly BenchRecord[], metrics: Metrics, named: Namer): Map<string, Map<string, number[]>> {
  const systems = new Map<string, Map<string, number[]>>()
  for (const record of records) {
    const figures = systems.get(record.system) ?? new Map<string, number[]>()
    systems.set(record.system, figures)
    for (const metric of Object.keys(metrics)) {
      const value = numberOf(record[metric])
      if (value === undefined) continue
      const name = named(record, metric)
      const values = figures.get(name) ?? []
      values.push(value)
      figures.set(name, values)
    }
  }
  return systems
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value
  return isQuantiles(value) ? value.p50 : undefined
}

function ratios(
  ours: Readonly<Record<string, Quantiles>>,
  peer: Readonly<Record<string, Quantiles>>,
  metrics: Metrics,
): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [name, mine] of Object.entries(ours)) {
    const theirs = peer[name]
    const better = metrics[name.slice(name.lastIndexOf(".") + 1)]
    if (theirs === undefined || better === undefined) continue
    const turned = turnedRatio(mine.p50, theirs.p50, better)
    if (turned !== undefined) found[name] = turned
  }
  return found
}
