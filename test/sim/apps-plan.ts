import { Random } from "@conclave/base"
import { chosen, scaled } from "./draws.ts"
import type { AppFault, AppsPlan, Fault } from "./plan.ts"

const LABEL = 0x61707073
/** Drawn apart, so that what else is drawn does not depend on it. */
const REVOKES = 0x7265766f
const HASTE = 0x68617374
const LEAVES = 0x6c656176
const KEYS = 0x6b657973
const WORK = 0x776f726b
const WATCHES = 0x77617463
const SOCIETY = 0x736f6369
const TUNING = 0x74756e65
/** So many applications are hasty: of those of one seed all or none. */
const HASTY_SHARE = 3
/** One group in two has applications. */
const SHARE = 2
const FIRST_FAULT_MS = 10_000
const FAULTS_LEAST = 5
const FAULTS_MORE = 8
/** Against another clock at most 1 %, which is what time limits allow for. */
const PPM_MAX = 5000

/** Whether applications live in the group of this seed. */
export function drawsApps(seed: number): boolean {
  return new Random((seed ^ LABEL) >>> 0).child(1).chance(1, SHARE)
}

/** Applications, and what is done to them: never fewer things than a run must have suffered. */
export function drawApps({
  seed,
  agents,
  activeMs,
}: {
  readonly seed: number
  readonly agents: number
  readonly activeMs: number
}): { readonly apps: AppsPlan; readonly faults: readonly AppFault[] } {
  const random = new Random((seed ^ LABEL) >>> 0)
  const count = 3 + random.below(8)
  const isDrifting = random.chance(1, 2)
  const apps: AppsPlan = {
    count,
    locks: 2 + random.below(3),
    elections: random.below(3),
    provablePermille: random.pick([0, 500, 1000]),
    actMs: scaled(random, 150, 1200),
    holdMs: scaled(random, 50, 1500),
    duplicatePermille: random.pick([0, 30, 200]),
    replyStrikePermille: random.pick([0, 0, 5]),
    ...drawRevokes(new Random((seed ^ REVOKES) >>> 0)),
    ...(new Random((seed ^ HASTE) >>> 0).chance(1, HASTY_SHARE) ? { isHasty: true } : {}),
    ...drawKeys(seed),
    ...drawWork(seed),
    ...drawWatches(new Random((seed ^ WATCHES) >>> 0)),
    ...drawSociety(new Random((seed ^ SOCIETY) >>> 0)),
    clockPpm: Array.from({ length: agents }, () => (isDrifting ? drift(random) : 0)),
  }
  const room = Math.max(1, activeMs - FIRST_FAULT_MS)
  const faults = Array.from({ length: FAULTS_LEAST + random.below(FAULTS_MORE) }, () => {
    return drawFault(random, count, FIRST_FAULT_MS + random.below(room))
  })
  return { apps, faults }
}

/** Applications that stand still while a host leaves: whoever lives there cannot be told that its session ends. */
export function drawStopsAtLeaves(seed: number, { count }: AppsPlan, faults: readonly Fault[]): readonly AppFault[] {
  const random = new Random((seed ^ LEAVES) >>> 0)
  return faults.flatMap(({ kind, atMs }) => {
    if (kind !== "leave" || random.chance(1, 2)) return []
    const apps = chosen(random, count, 1 + random.below(count))
    return [
      { kind: "app-stop", atMs: Math.max(0, atMs - random.below(200)), durationMs: scaled(random, 500, 8000), apps },
    ]
  })
}

function drawRevokes(random: Random): Pick<AppsPlan, "revokeMs"> {
  return random.chance(1, 2) ? { revokeMs: scaled(random, 1500, 20_000) } : {}
}

function drawKeys(seed: number): Pick<AppsPlan, "keys"> {
  const random = new Random((seed ^ KEYS) >>> 0)
  return random.chance(1, 2) ? { keys: 1 + random.below(3) } : {}
}

/** What they have to do with each other, beside what they contend for. */
function drawSociety(random: Random): Pick<AppsPlan, "ids" | "parties" | "hasResizes"> {
  return {
    ...(random.chance(2, 3) ? { ids: 1 + random.below(3) } : {}),
    ...(random.chance(1, 2) ? { parties: 2 + random.below(2) } : {}),
    ...(random.chance(1, 2) ? { hasResizes: true } : {}),
  }
}

/** Where an item is waited for longer than any application believes without an answer, no two ever believe at once. */
function drawWork(seed: number): Pick<AppsPlan, "work"> {
  const random = new Random((seed ^ WORK) >>> 0)
  if (random.chance(1, 2)) return {}
  const handoffTimeoutMs = random.pick([1000, 4000, 30_000, 30_000])
  const restartGraceMs = random.pick([0, 0, 2000, 5000])
  const partitions = random.pick([0, 3, 5])
  const tuned = new Random((seed ^ TUNING) >>> 0).chance(1, 2) ? { isTuned: true } : {}
  return { work: { partitions, handoffTimeoutMs, restartGraceMs, maxAttempts: 1 + random.below(4), ...tuned } }
}

function drawWatches(random: Random): Pick<AppsPlan, "watches"> {
  return random.chance(2, 3) ? { watches: 1 + random.below(3) } : {}
}

/** Half of them as far off as they may be. */
function drift(random: Random): number {
  return random.chance(1, 2) ? random.pick([-PPM_MAX, PPM_MAX]) : random.below(2 * PPM_MAX + 1) - PPM_MAX
}

function drawFault(random: Random, count: number, atMs: number): AppFault {
  const apps = chosen(random, count, random.chance(2, 3) ? 1 : 1 + random.below(Math.max(1, count >> 1)))
  switch (random.below(4)) {
    case 0:
      return { kind: "app-stop", atMs, durationMs: scaled(random, 50, 20_000), apps }
    case 1:
      return { kind: "app-wedge", atMs, durationMs: scaled(random, 50, 20_000), apps }
    default:
      return { kind: "app-kill", atMs, downMs: scaled(random, 10, 10_000), apps }
  }
}
