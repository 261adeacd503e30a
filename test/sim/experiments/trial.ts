import type { Mode } from "@conclave/swim"
import type { MemberChanged } from "conclave/api/view"
import { disagreement } from "../agreement.ts"
import { conclaveHost } from "../conclave-host.ts"
import { Fleet, type FleetMember } from "../fleet.ts"
import { NETWORK_DEFAULTS } from "../network.ts"
import { Truths } from "../truth.ts"
import { World } from "../world.ts"

/** A fleet for one measurement: booted, agreed, and watched without checks. */
export interface Trial {
  readonly world: World
  readonly fleet: Fleet
  /** Replaces what sees each change of a view; times are virtual milliseconds. */
  readonly watch: (on: (atMs: number, observer: FleetMember, change: MemberChanged) => void) => void
  readonly runMs: (ms: number) => void
  /** Lets time pass until all views are right; the milliseconds that it took, or undefined after the limit. */
  readonly settle: (limitMs: number) => number | undefined
}

export interface TrialOptions {
  readonly seed: number
  readonly agents: number
  readonly mode: Mode
  /** Agents boot at random moments within this time; default 2000. */
  readonly bootMs?: number
  /** Agents that everybody is told to join; default 3. */
  readonly seeds?: number
}

const STEP_MS = 50

export function trial(options: TrialOptions): Trial {
  const world = new World(options.seed)
  const fleet = new Fleet(world, conclaveHost, {
    agents: options.agents,
    mode: options.mode,
    profile: "lan",
    codec: false,
    restartGraceMs: 30_000,
    network: NETWORK_DEFAULTS,
    ...(options.seeds === undefined ? {} : { seeds: options.seeds }),
  })
  const truths = new Truths(fleet.members)
  let seen: (atMs: number, observer: FleetMember, change: MemberChanged) => void = () => {}
  fleet.watchers.push({
    booted: (member) => member.host?.onMemberChanged((change) => seen(world.nowUs / 1000, member, change)),
    ended: () => {},
  })
  const bootUs = (options.bootMs ?? 2000) * 1000
  for (const member of fleet.members) {
    const atUs = member.machine.index < (options.seeds ?? 3) ? 0 : world.random.below(bootUs + 1)
    world.after(atUs, () => fleet.boot(member))
  }
  const runMs = (ms: number): void => world.run(world.nowUs + ms * 1000)
  return {
    world,
    fleet,
    watch: (on) => {
      seen = on
    },
    runMs,
    settle: (limitMs) => {
      const startUs = world.nowUs
      while (world.nowUs - startUs < limitMs * 1000) {
        runMs(STEP_MS)
        if (disagreement(fleet, truths) === undefined) return (world.nowUs - startUs) / 1000
      }
      return undefined
    },
  }
}

/** A fleet whose views are right, some virtual seconds after its boot. */
export function settledTrial(options: TrialOptions): Trial {
  const made = trial(options)
  made.runMs(3000)
  made.settle(120_000)
  // Calm enough for round trips to be known and for queues to be empty.
  made.runMs(15_000 + (options.seed % 1000))
  return made
}
