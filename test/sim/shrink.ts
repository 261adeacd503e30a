import type { Fault, Plan } from "./plan.ts"

/** Runs that one shrinking may cost. */
const RUNS_MAX = 400

export interface Shrunk {
  readonly plan: Plan
  readonly runs: number
}

/**
 * Looks for a smaller plan that still fails: without halves, then single faults, then with shorter ones.
 * `fails` runs a plan and says whether it fails in the same way.
 */
export function shrink(plan: Plan, fails: (plan: Plan) => boolean): Shrunk {
  let best = plan
  let runs = 0
  const holds = (faults: readonly Fault[]): boolean => {
    if (runs >= RUNS_MAX) return false
    runs++
    const candidate = { ...best, faults }
    if (!fails(candidate)) return false
    best = candidate
    return true
  }
  for (let before = -1; before !== best.faults.length; ) {
    before = best.faults.length
    dropSome(() => best.faults, holds)
  }
  shorten(() => best.faults, holds)
  return { plan: best, runs }
}

type Holds = (faults: readonly Fault[]) => boolean

/** Delta debugging (Zeller and Hildebrandt 2002), complements only: ever smaller chunks are left out. */
function dropSome(faults: () => readonly Fault[], holds: Holds): void {
  for (let chunk = Math.ceil(faults().length / 2); chunk >= 1; chunk = chunk >> 1) {
    for (let at = 0; at < faults().length; ) {
      const left = [...faults().slice(0, at), ...faults().slice(at + chunk)]
      if (!holds(left)) at += chunk
    }
  }
}

function shorten(faults: () => readonly Fault[], holds: Holds): void {
  for (let index = 0; index < faults().length; index++) {
    for (;;) {
      const fault = faults()[index] as Fault
      const smaller = halved(fault)
      if (smaller === undefined) break
      const next = faults().map((each, at) => (at === index ? smaller : each))
      if (!holds(next)) break
    }
  }
}

/** The same for half as long, or at half as many members; undefined when it cannot be less. */
function halved(fault: Fault): Fault | undefined {
  if ("agents" in fault && fault.agents.length > 1) {
    return { ...fault, agents: fault.agents.slice(0, fault.agents.length >> 1) }
  }
  if ("durationMs" in fault && fault.durationMs >= 100) return { ...fault, durationMs: fault.durationMs >> 1 }
  return undefined
}
