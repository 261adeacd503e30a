/** Where `performance.now()` began on CLOCK_MONOTONIC, which all processes of a machine share. */
const ORIGIN_NS = process.hrtime.bigint() - BigInt(Math.round(performance.now() * 1e6))

/** A time of `performance.now()` in this process, for all processes of the machine. */
export function monotonicNs(atMs: number): string {
  return (ORIGIN_NS + BigInt(Math.round(atMs * 1e6))).toString()
}

/** The other way round: another process's time as `performance.now()` in this one. */
export function fromMonotonicNs(t: string): number {
  return Number(BigInt(t) - ORIGIN_NS) / 1e6
}
