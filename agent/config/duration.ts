const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** Longest duration that can be configured: a week. */
export const DURATION_MS_MAX = 7 * 24 * UNITS_MS.h

/** Reads `200ms`, `5s`, `1.5s`, `10m`, `1h` as milliseconds; undefined when it is none, or longer than a week. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,12}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text)
  if (match === null) return undefined
  const value = Math.round(Number(match[1]) * UNITS_MS[match[2] as keyof typeof UNITS_MS])
  return value <= DURATION_MS_MAX ? value : undefined
}

/** Writes milliseconds with the largest unit that leaves an integer. */
export function formatDuration(ms: number): string {
  if (ms === 0) return "0s"
  for (const unit of ["h", "m", "s"] as const) {
    if (ms % UNITS_MS[unit] === 0) return `${ms / UNITS_MS[unit]}${unit}`
  }
  return `${ms}ms`
}
