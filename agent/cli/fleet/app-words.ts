import type { AppLine } from "./app-line.ts"
import { monotonicNs } from "./monotonic.ts"

/** What the application knows only as long as it holds: up to when it may believe, as far as it was renewed. */
export interface Believed {
  readonly held: { remainingMs(): number }
  untilMs: number
}

/**
 * How often a holder notes how long it may believe. A renewal between the last note and a loss would only make it
 * later.
 */
const NOTE_MS = 50

let operations = 0

/** The number of the next operation of this process. */
export function nextOp(): number {
  return ++operations
}

export function tell(line: AppLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

export function nowNs(): string {
  return monotonicNs(performance.now())
}

/** Notes from now on, for all that `beliefs` gives, up to when it may believe. */
export function noteBeliefs(beliefs: () => Iterable<Believed>): void {
  setInterval(() => {
    for (const each of beliefs()) note(each)
  }, NOTE_MS)
}

/** Where the clock has run out nothing is noted: what was noted last is when it ran out. */
function note(believed: Believed): void {
  const remainingMs = believed.held.remainingMs()
  if (remainingMs > 0) believed.untilMs = Math.max(believed.untilMs, performance.now() + remainingMs)
}

/** Until when it believed: where its clock ran out before anybody said so, `held` was false from then on. */
export function believedUntilNs({ untilMs }: { readonly untilMs: number }): string {
  return monotonicNs(Math.min(performance.now(), untilMs))
}

/** Resolves when `signal` aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener("abort", () => resolve(), { once: true })
  })
}
