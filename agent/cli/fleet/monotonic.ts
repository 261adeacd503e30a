/** Tries to read both clocks in one moment: on a busy machine other processes have their turn between two reads. */
const TRIES = 100

/** Where `performance.now()` began on CLOCK_MONOTONIC, which all processes of a machine share. */
const ORIGIN_NS = originNs()

/** A time of `performance.now()` in this process, for all processes of the machine. */
export function monotonicNs(atMs: number): string {
  return (ORIGIN_NS + BigInt(Math.round(atMs * 1e6))).toString()
}

/** The other way round: another process's time as `performance.now()` in this one. */
export function fromMonotonicNs(t: string): number {
  return Number(BigInt(t) - ORIGIN_NS) / 1e6
}

/** By the try that took least: a process whose clock is off would seem to hold a lock before the one before it. */
function originNs(): bigint {
  let least: bigint | undefined
  let origin = 0n
  for (let left = TRIES; left > 0; left--) {
    const beforeNs = process.hrtime.bigint()
    const nowMs = performance.now()
    const tookNs = process.hrtime.bigint() - beforeNs
    if (least !== undefined && tookNs >= least) continue
    least = tookNs
    origin = beforeNs + tookNs / 2n - BigInt(Math.round(nowMs * 1e6))
  }
  return origin
}
