import type { Random } from "@conclave/base"
import type { AppsPlan } from "../plan.ts"
import { PERMITS } from "./permits.ts"
import { PARTITIONS, TASKS } from "./producer.ts"
import type { Recorder } from "./recorder.ts"

export interface Target {
  readonly kind: string
  readonly name: string
  readonly token?: string | undefined
}

export interface Prey {
  readonly random: Random
  readonly recorder: Recorder
  readonly plan: AppsPlan
  /** Sessions that live now. */
  readonly sessions: readonly string[]
}

/** Whoever holds a name, one grant of it that was seen, one item, or a session with all that it has. */
export function drawTarget({ random, recorder, plan, sessions }: Prey): Target {
  if (sessions.length > 0 && random.chance(1, 6)) return { kind: "session", name: random.pick(sessions) }
  if (plan.work !== undefined && random.chance(2, 5)) return workTarget(random, recorder, plan.work.partitions > 0)
  const { kind, name } = nameOf(random, plan)
  if (!random.chance(1, 3)) return { kind, name }
  return { kind, name, token: recorder.lastToken(`${kind}/${name}`) }
}

function nameOf(random: Random, { locks, elections }: AppsPlan): { readonly kind: string; readonly name: string } {
  if (random.chance(1, 4)) {
    return random.chance(1, 2) ? { kind: "semaphore", name: PERMITS } : { kind: "group", name: "g0" }
  }
  const isElection = elections > 0 && random.chance(1, 3)
  return isElection
    ? { kind: "election", name: `e${random.below(elections)}` }
    : { kind: "lock", name: `l${random.below(locks)}` }
}

/** Whatever somebody may hold. */
export function namesOf({ locks, elections, work }: AppsPlan): readonly string[] {
  return [
    ...Array.from({ length: locks }, (_, index) => `lock/l${index}`),
    ...Array.from({ length: elections }, (_, index) => `election/e${index}`),
    ...[`semaphore/${PERMITS}`, "group/g0"],
    ...(work === undefined ? [] : [`work/${TASKS}`, `work/${PARTITIONS}`]),
  ]
}

/** All workers of a pool, one of them, or most of the time one item. */
function workTarget(random: Random, recorder: Recorder, hasPartitions: boolean): Target {
  const name = hasPartitions && random.chance(1, 2) ? PARTITIONS : TASKS
  const what = random.below(6)
  if (what === 0) return { kind: "work", name }
  const key = `work/${name}`
  return { kind: "work", name, token: what === 1 ? recorder.lastToken(key) : recorder.lastItemToken(key) }
}
