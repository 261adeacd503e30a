import { Random } from "@conclave/base"
import type { Bench, BenchContext } from "../context.ts"
import type { Driver } from "../fleet/driver.ts"
import { Fleet } from "../fleet/fleet.ts"
import { type TrialFigures, trialFigures } from "../fleet/verdicts.ts"
import { watchLoad } from "../machine-load.ts"
import { DETECTION_METRICS } from "../metrics.ts"
import { DETECTION_FAULTS, type DetectionFault } from "../plan.ts"
import { loseDatagrams } from "../udp-loss.ts"
import { pauseFor } from "./pause.ts"
import { stallMembers } from "./stall.ts"

const MEMBERS_DEFAULT = 32
const BOOT_LIMIT_MS = 150_000
/** Until everybody has declared the victim dead. */
const DETECT_LIMIT_MS = 60_000
/** Until everybody sees everybody again. */
const RECOVER_LIMIT_MS = 150_000
/** Between two trials, so that no repair of the last one runs into the next. */
const SETTLE_MS = 3_000
/** Time under loss before the kill: whoever is declared dead in it was innocent. */
const LOSS_CALM_MS = 10_000

const FAULTS_DEFAULT: readonly DetectionFault[] = ["kill"]

/** Where a trial takes place. */
interface Arena {
  readonly context: BenchContext
  readonly fleet: Fleet
  readonly random: Random
  readonly fault: DetectionFault
}

/** The standing fleets, by system. */
type Arenas = Map<string, Fleet>

/**
 * Faults of single members and what everybody else makes of them. All fleets stand side by side
 * and take turns, trial by trial, so that a slow minute of the machine meets all of them.
 */
export const DETECTION: Bench = {
  metrics: DETECTION_METRICS,
  variant: ["fault"],
  peers: ["serf", "sealed"],
  run: async (context) => {
    const arenas: Arenas = new Map()
    try {
      for (const fault of faultsOf(context)) {
        for (const driver of context.drivers) await openArena(context, arenas, driver)
        const restore = fault === "loss" ? loseFor(context) : undefined
        try {
          for (let run = 1; run <= context.plan.runs; run++) await round(context, arenas, fault, run)
        } finally {
          restore?.()
        }
      }
    } finally {
      for (const fleet of arenas.values()) await fleet.close()
    }
  },
}

function faultsOf({ plan }: BenchContext): readonly DetectionFault[] {
  const { faults } = plan
  return faults === undefined ? FAULTS_DEFAULT : DETECTION_FAULTS.filter((fault) => faults.includes(fault))
}

/** Loss hits every fleet alike; gives what ends it. */
function loseFor(context: BenchContext): () => void {
  const percent = context.plan.lossPercent
  const told = (phase: "start" | "end"): void => {
    for (const { name } of context.drivers) context.history.of(name).fault({ f: "loss", phase, spec: { percent } })
  }
  const restore = loseDatagrams(percent)
  told("start")
  return () => {
    restore()
    told("end")
  }
}

async function round(context: BenchContext, arenas: Arenas, fault: DetectionFault, run: number): Promise<void> {
  for (const driver of context.drivers) {
    const fleet = await openArena(context, arenas, driver)
    const { length: n } = fleet.names
    context.progress(`detection ${run}/${context.plan.runs}: ${fault} among ${n} × ${driver.name}`)
    const random = new Random(context.plan.seed + run)
    const healed = await trial({ context, fleet, fault, random }, run)
    if (!healed) {
      context.progress(`${driver.name} did not heal in ${RECOVER_LIMIT_MS / 1_000} s; starting it afresh`)
      arenas.delete(driver.name)
      await fleet.close()
    }
  }
}

/** The fleet of a system, started when there is none yet. */
async function openArena(context: BenchContext, arenas: Arenas, driver: Driver): Promise<Fleet> {
  const standing = arenas.get(driver.name)
  if (standing !== undefined) return standing
  const n = context.plan.n ?? MEMBERS_DEFAULT
  context.progress(`starting ${n} × ${driver.name}`)
  const fleet = new Fleet(driver, n, new Random(context.plan.seed), context.history.of(driver.name))
  arenas.set(driver.name, fleet)
  await fleet.start()
  const complete = await fleet.allSeeAll(BOOT_LIMIT_MS)
  if (!complete) context.progress(`${driver.name}: not everybody sees everybody; going on`)
  await pauseFor(SETTLE_MS)
  fleet.takeLines()
  return fleet
}

/** One fault, its detection and the recovery from it. Resolves to whether the fleet is whole again. */
async function trial(arena: Arena, run: number): Promise<boolean> {
  const { context, fleet, fault } = arena
  await pauseFor(fault === "loss" ? (context.plan.durationMs ?? LOSS_CALM_MS) : SETTLE_MS)
  const machine = watchLoad()
  const faulty = victims(arena)
  const observers = fleet.names.filter((name) => !faulty.has(name))
  const faultAtMs = performance.now()
  const heal = await strike(arena, faulty, observers)
  const healAtMs = performance.now()
  await heal()
  const healed = await fleet.allSeeAll(RECOVER_LIMIT_MS)
  const recoverMs = healed ? Math.max(0, fleet.beliefs.lastAtMs - healAtMs) : null
  const figures = trialFigures({ faultAtMs, faulty, observers, lines: fleet.takeLines() })
  const { name, version, profile } = fleet.driver
  context.record(
    { system: name, systemVersion: version, profile, run, n: fleet.names.length },
    { fault, ...told(figures, arena), recoverMs, victims: faulty.size, ...machine() },
  )
  return healed
}

/** The fault itself; resolves, when enough was seen, to what undoes it. */
async function strike(
  arena: Arena,
  faulty: ReadonlySet<string>,
  observers: readonly string[],
): Promise<() => Promise<void>> {
  const { fleet, fault, context } = arena
  const [victim] = faulty
  if (victim === undefined) throw new RangeError("a fault needs a victim: use --n 2 or more")
  if (fault === "stall") return stallMembers(fleet, faulty, context.plan)
  if (fault === "stop") fleet.stop(victim)
  else void fleet.kill(victim)
  await fleet.until(() => observers.every((observer) => fleet.beliefs.of(observer, victim) === "dead"), DETECT_LIMIT_MS)
  if (fault === "stop") return async () => fleet.continue(victim)
  return async () => fleet.restart(victim)
}

/** Never the first member: it is what others were told to join. */
function victims(arena: Arena): ReadonlySet<string> {
  const { fleet, fault, random, context } = arena
  const candidates = fleet.names.slice(1)
  random.shuffle(candidates)
  const stalled = context.plan.stalled ?? Math.max(1, Math.floor(fleet.names.length / 8))
  return new Set(candidates.slice(0, fault === "stall" ? stalled : 1))
}

/** What this system can tell at all, under the contract's names. */
function told(figures: TrialFigures, arena: Arena): Partial<TrialFigures> & { lossPercent?: number; pauseMs?: number } {
  const { allSuspectMs, faultyDead, ...rest } = figures
  const { plan } = arena.context
  return {
    ...rest,
    ...(arena.fleet.driver.tellsSuspicion ? { allSuspectMs } : {}),
    ...(arena.fault === "stall" ? { faultyDead, pauseMs: plan.pauseMs } : {}),
    ...(arena.fault === "loss" ? { lossPercent: plan.lossPercent } : {}),
  }
}
