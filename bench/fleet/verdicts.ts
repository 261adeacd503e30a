import type { Observation } from "./observation.ts"

/** One fault and everything the observers said around it. */
export interface Trial {
  /** When the fault began. */
  readonly faultAtMs: number
  /** Members killed, stopped or cut in this trial. */
  readonly faulty: ReadonlySet<string>
  /** Everybody who was asked and is not faulty. */
  readonly observers: readonly string[]
  /** Lines since the end of the last trial, in order. */
  readonly lines: readonly Observation[]
}

export interface TrialFigures {
  /** From the fault to the first suspicion anywhere. */
  readonly firstSuspectMs: number | null
  /** Until every observer has suspected (or declared) each faulty member. */
  readonly allSuspectMs: number | null
  readonly firstDeadMs: number | null
  /** Until every observer has declared each faulty member dead. */
  readonly allDeadMs: number | null
  readonly falseDead: number
  readonly falseDeadAtHealthy: number
  /** Changes to `dead` about faulty members that only paused: rightly said, but worth knowing. */
  readonly faultyDead: number
}

/** Reads the contract's figures out of a trial. */
export function trialFigures(trial: Trial): TrialFigures {
  const about = trial.lines.filter(
    (line) => line.atMs >= trial.faultAtMs && trial.faulty.has(line.subject) && !line.initial,
  )
  const healthy = about.filter((line) => !trial.faulty.has(line.observer))
  const doubted = healthy.filter((line) => line.verdict !== "alive" && line.verdict !== "left")
  const dead = healthy.filter((line) => line.verdict === "dead")
  const wrong = trial.lines.filter((line) => isFalseDeath(line, trial))
  return {
    firstSuspectMs: since(trial, doubted[0]),
    allSuspectMs: untilEverybody(trial, doubted),
    firstDeadMs: since(trial, dead[0]),
    allDeadMs: untilEverybody(trial, dead),
    falseDead: wrong.length,
    falseDeadAtHealthy: wrong.filter((line) => !trial.faulty.has(line.observer)).length,
    faultyDead: dead.length,
  }
}

/** One per observer and change to `dead` about a member that was neither killed, stopped nor cut. */
function isFalseDeath(line: Observation, trial: Trial): boolean {
  if (line.verdict !== "dead" || line.initial) return false
  return !trial.faulty.has(line.subject) || line.atMs < trial.faultAtMs
}

function since(trial: Trial, line: Observation | undefined): number | null {
  return line === undefined ? null : line.atMs - trial.faultAtMs
}

/** The last of the first lines of each pair of observer and faulty member; null while one is missing. */
function untilEverybody(trial: Trial, lines: readonly Observation[]): number | null {
  const pairs = new Map<string, number>()
  for (const line of lines) {
    const pair = `${line.observer}\n${line.subject}`
    if (!pairs.has(pair)) pairs.set(pair, line.atMs)
  }
  let lastMs = trial.faultAtMs
  for (const observer of trial.observers) {
    for (const subject of trial.faulty) {
      const atMs = pairs.get(`${observer}\n${subject}`)
      if (atMs === undefined) return null
      lastMs = Math.max(lastMs, atMs)
    }
  }
  return lastMs - trial.faultAtMs
}
