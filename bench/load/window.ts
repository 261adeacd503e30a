/** The time in which something is counted, of `performance.now()`. */
export interface Window {
  readonly fromMs: number
  readonly toMs: number
}

export function windowFrom(warmUpMs: number, ms: number): Window {
  const fromMs = performance.now() + warmUpMs
  return { fromMs, toMs: fromMs + ms }
}
