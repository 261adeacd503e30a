import type { Figure, Figures, Hold, LossReason } from "./types.ts"

const NOTHING: Figure = { sum: 0, max: 0 }

/** Of a name that nobody has ever held. */
export const NO_FIGURES: Figures = {
  grants: 0,
  lost: 0,
  asked: 0,
  held: NOTHING,
  waited: NOTHING,
  letGo: NOTHING,
  queue: NOTHING,
}

/** Ends that the holder or its heir wanted. */
const WANTED: ReadonlySet<LossReason> = new Set<LossReason>(["released", "closed", "transferred"])

/** With one more grant that is over, at `nowMs`, when so many waited for the name. */
export function counted(
  figures: Figures,
  { queuedAtMs, grantedAtMs, askedAtMs }: Hold,
  { reason, nowMs, waiters }: { readonly reason: LossReason; readonly nowMs: number; readonly waiters: number },
): Figures {
  const { grants, lost, asked, held, waited, letGo, queue } = figures
  return {
    grants: grants + 1,
    lost: WANTED.has(reason) ? lost : lost + 1,
    asked: askedAtMs === undefined ? asked : asked + 1,
    held: added(held, nowMs - grantedAtMs),
    waited: added(waited, grantedAtMs - queuedAtMs),
    letGo: askedAtMs === undefined ? letGo : added(letGo, nowMs - askedAtMs),
    queue: added(queue, waiters),
  }
}

/** Whether a program can have counted so; `remembered`: grants that the name still knows. */
export function isPossible({ grants, lost, asked, ...sums }: Figures, remembered: number): boolean {
  if (grants < remembered || lost > grants || asked > grants) return false
  return [sums.held, sums.waited, sums.letGo, sums.queue].every(({ sum, max }) => max <= sum)
}

/** A sum that has come to the end of the whole numbers stays there. */
function added({ sum, max }: Figure, value: number): Figure {
  return { sum: Math.min(Number.MAX_SAFE_INTEGER, sum + value), max: Math.max(max, value) }
}
