import type { Clock } from "./ports.ts"

/**
 * What is done in one go, at most: so long whoever waits for the loop may wait for one of the others. Work that is
 * shorter than that in all is done at once; the rest goes on when those who waited have had their turn.
 */
export const SLICE_MS = 2

/** Calls `step` until it says that all is done: at once where that takes no time, else a slice a turn. */
export function inSlices(clock: Pick<Clock, "now" | "afterTurn">, step: () => boolean): void {
  const untilMs = clock.now() + SLICE_MS
  for (;;) {
    if (step()) return
    if (clock.now() >= untilMs) return clock.afterTurn(() => inSlices(clock, step))
  }
}
