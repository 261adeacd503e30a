import type { Fleet } from "../fleet/fleet.ts"
import type { BenchPlan } from "../plan.ts"
import { pauseFor } from "./pause.ts"

const STALL_DURATION_MS = 30_000

/**
 * Lifeguard's experiment with real processes (Lifeguard §V-F2, interval experiment): some members do
 * nothing for a while, run for a while, and so on, all at once. SIGSTOP stops the whole process, not
 * its network only, which is what a garbage collection or a starved machine does to it.
 */
export async function stallMembers(
  fleet: Fleet,
  stalled: ReadonlySet<string>,
  plan: BenchPlan,
): Promise<() => Promise<void>> {
  const endAtMs = performance.now() + (plan.durationMs ?? STALL_DURATION_MS)
  while (performance.now() < endAtMs) {
    for (const name of stalled) fleet.stop(name)
    await pauseFor(plan.pauseMs)
    for (const name of stalled) fleet.continue(name)
    await pauseFor(plan.releaseMs)
  }
  return async () => undefined
}
