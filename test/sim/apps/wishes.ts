import type { Random } from "@conclave/base"
import type { Wish } from "./errand.ts"
import { PERMITS } from "./permits.ts"

const HASTE_MS = 12
const WAITS_MS = [0, 300, 2000, 8000, Number.POSITIVE_INFINITY]

export interface Desires {
  readonly random: Random
  readonly locks: number
  readonly elections: number
  readonly holdMs: number
  readonly isHasty: boolean
  /** Of members; 0 = they name none. */
  readonly ids: number
  /** What the one semaphore holds, as far as its application knows. */
  readonly limit: number
  /** That changes, and many want to have of it. */
  readonly hasResizes: boolean
}

/** What an application asks for next. */
export function drawWish(desires: Desires): Wish {
  const { random, locks, elections, isHasty, hasResizes } = desires
  if (hasResizes && random.chance(1, 3)) return permit(desires)
  if (random.chance(1, 5)) return random.chance(1, 2) ? permit(desires) : place(desires)
  const isElection = elections > 0 && random.chance(1, isHasty ? 2 : 4)
  const all = Array.from({ length: isElection ? elections : locks }, (_, index) => `${isElection ? "e" : "l"}${index}`)
  random.shuffle(all)
  return {
    ...drawTerms(desires),
    kind: isElection ? "election" : "lock",
    names: all.slice(0, !isElection && random.chance(1, 6) ? 2 : 1),
    mode: !isElection && random.chance(1, 4) ? "shared" : "exclusive",
    priority: isElection ? random.below(3) : 0,
    lockDelayMs: !isElection && random.chance(1, 10) ? random.below(2000) : 0,
  }
}

/** Of the one semaphore. */
function permit(desires: Desires): Wish {
  const { random, limit } = desires
  const weight = Math.min(limit, 1 + random.below(3))
  return { ...drawTerms(desires), kind: "semaphore", names: [PERMITS], weight }
}

/** In the one group. */
function place(desires: Desires): Wish {
  const { random, ids } = desires
  const id = ids > 0 && random.chance(3, 4) ? `m${random.below(ids)}` : undefined
  return { ...drawTerms(desires), kind: "group", names: ["g0"], id, isReady: random.chance(2, 3) }
}

function drawTerms(desires: Desires): Omit<Wish, "kind" | "names"> {
  const { random, holdMs, isHasty, limit } = desires
  return {
    ...{ mode: "exclusive", priority: 0, lockDelayMs: 0, weight: 1, limit, id: undefined, isReady: true, isHasty },
    waitMs: random.pick(WAITS_MS),
    maxHoldMs: random.chance(1, 12) ? 300 + random.below(3000) : undefined,
    cancelMs: cancelMs(desires),
    holdMs: 1 + random.below(2 * holdMs),
  }
}

/** Hasty ones give up just as they are granted it. */
function cancelMs({ random, isHasty }: Desires): number | undefined {
  if (isHasty && random.chance(1, 3)) return random.below(HASTE_MS)
  return random.chance(1, 4) ? random.below(1500) : undefined
}
