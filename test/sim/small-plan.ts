import { Random } from "@conclave/base"
import { drawsApps } from "./apps-plan.ts"
import { scaled } from "./draws.ts"
import { COUNTS } from "./load.ts"
import type { AppsPlan, GroupPlan, Plan } from "./plan.ts"
import { makePlan, type PlanWishes } from "./plan-maker.ts"

const LABEL = 0x736d616c
const AGENTS_MORE = 3
/** Time for faults; the rest of the two minutes shows what they led to. */
const FAULTS_SECONDS = 88
/**
 * From then on all must become well, and stay it: with applications what is tried at the end makes up the two minutes.
 */
const ACTIVE_MS = 115_000
const APPS_ACTIVE_MS = 100_000

/**
 * A world of the smallest that count (`load.ts`), for runs by the thousand: what a run costs are operations and
 * messages, and hardly anything that goes wrong needs more hosts than two quorums can differ in.
 */
export function makeSmallPlan(wishes: PlanWishes): Plan {
  const { seed } = wishes
  const random = new Random((seed ^ LABEL) >>> 0)
  const agents = wishes.agents ?? COUNTS.agents + random.below(AGENTS_MORE)
  const hasApps = wishes.apps ?? drawsApps(seed)
  const made = makePlan({ ...wishes, agents, seconds: FAULTS_SECONDS, group: true, apps: hasApps, isDense: true })
  const group = made.group as GroupPlan
  const load = hasApps ? appsLoad(random, group) : sessionsLoad(random)
  const activeMs = hasApps ? APPS_ACTIVE_MS : ACTIVE_MS
  return { ...made, activeMs, group: { ...group, ...load, leastOps: COUNTS.ops } }
}

/** Few sessions, since each host that has one renews it for itself, and busy ones. */
function sessionsLoad(random: Random): Partial<GroupPlan> {
  return { clients: 2 + random.below(2), names: 1 + random.below(2), actMs: 250 }
}

/** Few applications that contend for few names, and some hundred operations by all of them together. */
function appsLoad(random: Random, { apps }: GroupPlan): Partial<GroupPlan> {
  const count = 2 + random.below(4)
  const actMs = Math.round(count * scaled(random, 350, 700))
  const elections = Math.max(random.below(2), apps?.isHasty === true ? 1 : 0)
  return { clients: random.below(2), apps: { ...(apps as AppsPlan), count, locks: 2, elections, actMs } }
}
