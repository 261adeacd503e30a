const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
]

/** How long ago, in the largest unit that fits: `4s`, `12m`, `6d`. A clock that ran ahead counts as now. */
export function ageText(ms: number): string {
  const age = Math.max(0, ms)
  for (const [unit, size] of UNITS) if (age >= size) return `${Math.floor(age / size)}${unit}`
  return "0s"
}

/** A length of time in its two largest units: `6d 4h`, `3m 20s`. */
export function spanText(ms: number): string {
  const first = UNITS.findIndex(([, size]) => ms >= size)
  if (first < 0) return `${Math.max(0, Math.round(ms))}ms`
  const parts: string[] = []
  let left = ms
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) parts.push(`${count}${unit}`)
  }
  return parts.join(" ")
}

/** A round trip: `0.4 ms` has no blank, so that columns stay columns. */
export function rttText(ms: number | null): string {
  if (ms === null) return "-"
  return ms < 10 ? `${ms.toFixed(2)}ms` : `${ms.toFixed(1)}ms`
}

/** A time of day in UTC, as in the journal's times. */
export function clockText(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(11, 23)
}
