import type { Random } from "@conclave/base"
import type { FleetMember } from "../fleet.ts"
import type { AppsPlan } from "../plan.ts"
import type { App } from "./app.ts"
import { Keys } from "./keys.ts"
import { Onlooker } from "./onlooker.ts"
import { Party } from "./party.ts"
import { PARTITIONS, Producer, TASKS } from "./producer.ts"
import type { Recorder } from "./recorder.ts"
import { namesOf } from "./targets.ts"
import { User } from "./user.ts"
import { drawWatch } from "./watch-wish.ts"
import { Watcher } from "./watcher.ts"
import { Worker } from "./worker.ts"

const KEYS = 0x6b65
const WORK = 0x776f
const PARTIES = 0x7061
const WATCHES = 0x7761
/** So many of the applications work on partitions; on tasks all do. */
const PARTITION_WORKERS = 3

/** One of the things that an application does with its life. */
export interface Part {
  readonly isIdle: boolean
  /** Gives back what it has, and asks for nothing more. */
  readonly stop: () => void
  /** Works under all that it has, at a bad moment. */
  readonly work?: () => void
}

export interface Parts {
  readonly parts: readonly Part[]
  readonly producer: Producer | undefined
  readonly workers: readonly Worker[]
}

interface By {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  /** Of this life. */
  readonly random: Random
  /** Of all: each part draws apart, so that what else is drawn does not depend on it. */
  readonly chance: Random
}

interface Life {
  readonly index: number
  readonly lives: number
  readonly home: FleetMember
}

/** All that one life of an application does. */
export function partsOf(plan: AppsPlan, life: Life, by: By): Parts {
  const { isHasty = false, ids = 0, hasResizes = false } = plan
  const user = new User({ ...plan, ...by, isHasty, ids, hasResizes })
  const keys = keysOf(plan, life, by)
  const { producer, workers } = workOf(plan, life, by)
  const others = [keys, producer, partyOf(plan, life, by)].filter((each) => each !== undefined)
  return { parts: [user, ...others, ...workers, ...onlookersOf(plan, life, by)], producer, workers }
}

function drawsOf(label: number, { index, lives }: Life, { chance }: By): Random {
  return chance.child(label).child(index * 1000 + lives)
}

function keysOf(plan: AppsPlan, life: Life, by: By): Keys | undefined {
  const { keys = 0, actMs } = plan
  if (keys === 0) return undefined
  return new Keys({ ...by, random: drawsOf(KEYS, life, by), keys, actMs, guards: namesOf(plan) })
}

function onlookersOf(plan: AppsPlan, life: Life, by: By): readonly Part[] {
  if (plan.watches === undefined) return []
  const random = drawsOf(WATCHES, life, by)
  const watchers = Array.from({ length: plan.watches }, (_, number) => {
    const wish = drawWatch(random.child(2 * number), plan)
    return new Watcher({ ...by, boot: () => life.home.boots, random: random.child(2 * number + 1), wish, number })
  })
  return [...watchers, new Onlooker({ ...by, random: random.child(2 * plan.watches), plan })]
}

function partyOf({ parties, actMs }: AppsPlan, life: Life, by: By): Party | undefined {
  if (parties === undefined) return undefined
  return new Party({ ...by, random: drawsOf(PARTIES, life, by), parties, everyMs: 4 * actMs })
}

/** Of all lives of an application the same; a few have that of another, and fence it. */
function workerId(random: Random, index: number): string | undefined {
  if (!random.chance(2, 3)) return undefined
  return index > 0 && random.chance(1, 5) ? `c${index - 1}` : `c${index}`
}

function workOf(
  { work: plan, actMs, holdMs: busyMs }: AppsPlan,
  life: Life,
  by: By,
): { producer: Producer | undefined; workers: readonly Worker[] } {
  if (plan === undefined) return { producer: undefined, workers: [] }
  const random = drawsOf(WORK, life, by)
  const producer = new Producer({ ...by, random: random.child(0), plan, everyMs: 4 * actMs })
  const id = workerId(by.chance.child(WORK).child(life.index), life.index)
  const capacity = random.pick([undefined, undefined, 2, 4])
  const worker = { ...by, id, busyMs }
  const ofTasks = new Worker({ ...worker, random: random.child(1), pool: TASKS, capacity, isEndless: false })
  if (plan.partitions === 0 || life.index >= PARTITION_WORKERS) return { producer, workers: [ofTasks] }
  const endless = { random: random.child(2), pool: PARTITIONS, capacity: undefined, isEndless: true }
  return { producer, workers: [ofTasks, new Worker({ ...worker, ...endless })] }
}
