const STEPS = 1024

/**
 * One-way delays of a healthy network in whole microseconds: log-normal, by quantile.
 * A table, so that a packet costs one look-up and the last bits of `Math.exp` decide nothing.
 */
export function logNormalDelaysUs(medianUs: number, sigma: number): Uint32Array {
  const table = new Uint32Array(STEPS)
  for (let index = 0; index < STEPS; index++) {
    const delay = medianUs * Math.exp(sigma * normalQuantile((index + 0.5) / STEPS))
    table[index] = Math.max(1, Math.round(delay))
  }
  return table
}

/** Draws one of the table by the low bits of `bits`. */
export function drawDelayUs(table: Uint32Array, bits: number): number {
  return table[bits & (STEPS - 1)] as number
}

/** The inverse of the normal distribution by bisection of its logistic approximation (Bowling 2009). */
function normalQuantile(p: number): number {
  let low = -6
  let high = 6
  for (let round = 0; round < 60; round++) {
    const z = (low + high) / 2
    const below = 1 / (1 + Math.exp(-(0.07056 * z * z * z + 1.5976 * z)))
    if (below < p) low = z
    else high = z
  }
  return (low + high) / 2
}
