import { setTimeout as delay } from "node:timers/promises"

/** Lets the fleet be for a while: a measurement's own waiting, never a substitute for a condition. */
export async function pauseFor(ms: number): Promise<void> {
  await delay(ms)
}
