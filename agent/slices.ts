import type { Clock } from "./ports.ts"

/** So long others may wait for their turn. */
const SLICE_MS = 2

/** Calls `step` until it says that all is done: at once where that takes no time, else a slice a turn. */
export function inSlices(clock: Pick<Clock, "now" | "afterTurn">, step: () => boolean): void {
  const untilMs = clock.now() + SLICE_MS
  for (;;) {
    if (step()) return
    if (clock.now() >= untilMs) return clock.afterTurn(() => inSlices(clock, step))
  }
}
