const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const

/** How long something lasts, in the two largest units that say something: `6d 4h`, `12m`, `3s`; below a second `0s`. */
export function formatAge(ms: number): string {
  const [index] = UNITS.map(([, unitMs], at) => (ms >= unitMs ? at : -1)).filter((at) => at >= 0)
  if (index === undefined) return "0s"
  const [name, unitMs] = UNITS[index] ?? UNITS[3]
  const first = Math.floor(ms / unitMs)
  const next = UNITS[index + 1]
  const second = next === undefined ? 0 : Math.floor((ms % unitMs) / next[1])
  return next === undefined || second === 0 || first >= 10 ? `${first}${name}` : `${first}${name} ${second}${next[0]}`
}

/** Age of a moment; a clock that runs behind gives no negative one. */
export function ageOf(time: string, nowMs: number): string {
  const ms = nowMs - Date.parse(time)
  return Number.isNaN(ms) ? "" : formatAge(Math.max(0, ms))
}

/** Three digits that matter. */
export function formatMs(ms: number | null): string {
  if (ms === null) return ""
  return `${ms >= 100 ? Math.round(ms) : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2)} ms`
}
