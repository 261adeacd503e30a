/** Quantiles of a set of figures, as every record and summary carries them. */
export interface Quantiles {
  readonly count: number
  readonly min: number
  readonly mean: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
}

/**
 * Summarises figures by nearest rank: each quantile is a value that was really measured, so that the
 * p99 of five runs is honestly the worst of them. undefined when there are none.
 */
export function quantiles(values: readonly number[]): Quantiles | undefined {
  const sorted = Float64Array.from(values).sort()
  const count = sorted.length
  if (count === 0) return undefined
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * count) - 1)] as number
  let sum = 0
  for (const value of sorted) sum += value
  return {
    count,
    min: rank(0),
    mean: sum / count,
    p50: rank(0.5),
    p90: rank(0.9),
    p99: rank(0.99),
    max: rank(1),
  }
}

/** Keeps `digits` significant digits: more would claim a precision no run has. */
export function significant(value: number, digits = 4): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value
}

export function isQuantiles(value: unknown): value is Quantiles {
  return typeof value === "object" && value !== null && "p50" in value && "count" in value
}
