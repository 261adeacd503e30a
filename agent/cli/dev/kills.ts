import type { Belief } from "../fleet/beliefs.ts"
import { type Group, untilGroup } from "./group.ts"
import { calm, countFalseDeaths, DEMO, detect, nextGrant, type Stage, waitMs } from "./stage.ts"

/** Writes of each survivor before the leader is killed, that may be lost with it. */
const WRITES_BEFORE = 5

/** The application that holds the lock dies, its agent sees it, and the next in the queue has the lock. */
export async function killHolder(stage: Stage): Promise<void> {
  const { fleet, report } = stage
  const holder = await someHolder(stage)
  if (holder === undefined) return
  const { agent } = holder
  report.event({ event: "fault", fault: "kill-app", agent, pid: fleet.apps.pidOf(agent) })
  const sinceMs = performance.now()
  fleet.apps.kill(agent)
  const lockMs = await nextGrant(stage, holder, sinceMs)
  if (lockMs !== undefined) stage.measured.set("lockMs", lockMs)
}

/** A host dies whose application holds the lock: agent and application at once, so that nobody is left to tell. */
export async function killAgent(stage: Stage): Promise<string | undefined> {
  const { fleet, report, measured } = stage
  const group = await aGroup(stage)
  const holder = group === undefined ? undefined : await moveAwayFrom(stage, group.leader)
  if (holder === undefined) return undefined
  const victim = holder.agent
  const deaths = countFalseDeaths(stage, new Set([victim]))
  report.event({ event: "fault", fault: "kill-agent", agent: victim, pid: fleet.agent(victim).pid })
  const sinceMs = performance.now()
  const detected = detect(stage, victim, sinceMs).then(() => sayWhyItWaits(stage, holder))
  const granted = nextGrant(stage, holder, sinceMs)
  const killed = fleet.kill(victim)
  fleet.apps.kill(victim)
  await Promise.all([killed, detected])
  const lockMs = await granted
  if (lockMs !== undefined) measured.set("lockMs", lockMs)
  await calm(stage)
  measured.set("falseDead", deaths())
  return victim
}

/**
 * The leader's agent dies; writes through the others go on as soon as there is a new one, and none that was
 * acknowledged is lost.
 */
export async function killLeader(stage: Stage): Promise<void> {
  const { fleet, report, measured, writes } = stage
  const group = await aGroup(stage)
  if (group === undefined) return
  const victim = group.leader
  const survivors = fleet.running.filter((name) => name !== victim)
  const before = AbortSignal.timeout(waitMs(stage))
  for (let round = 0; round < WRITES_BEFORE; round++)
    await Promise.all(survivors.map((agent) => writes.once(agent, before)))
  report.event({ event: "fault", fault: "kill-agent", agent: victim, pid: fleet.agent(victim).pid })
  const sinceMs = performance.now()
  const killed = fleet.kill(victim)
  const limitMs = waitMs(stage)
  const isNew = ({ term, leader }: Group): boolean => term > group.term && leader !== victim
  const elected = untilGroup(fleet, isNew, { limitMs, agents: survivors }).then((next) => {
    if (next === undefined) return
    const afterMs = Math.round(performance.now() - sinceMs)
    report.event({ event: "leader", agent: next.leader, term: String(next.term), afterMs })
  })
  const writtenMs = await writes.first(survivors, AbortSignal.timeout(limitMs))
  if (writtenMs !== undefined) {
    measured.set("writeMs", writtenMs - sinceMs)
    report.event({ event: "write", afterMs: Math.round(writtenMs - sinceMs) })
  }
  await Promise.all([killed, elected])
  const lost = await writes.lost(survivors[0] ?? "")
  if (lost !== undefined) measured.set("lostWrites", lost)
}

/** The lock goes round the queue until its holder is on another agent than the leader's; the holder then. */
async function moveAwayFrom(stage: Stage, leader: string): Promise<Belief | undefined> {
  const { fleet } = stage
  const deadline = performance.now() + waitMs(stage)
  for (;;) {
    const holder = await someHolder(stage)
    if (holder === undefined || performance.now() > deadline) return undefined
    if (holder.agent !== leader) return holder
    stage.report.note(`the lock ${DEMO} moves away from the leader ${leader}`)
    const sinceMs = performance.now()
    fleet.apps.pass(holder.agent, DEMO)
    await nextGrant(stage, holder, sinceMs)
  }
}

export async function someHolder(stage: Stage): Promise<Belief | undefined> {
  const { apps } = stage.fleet
  await stage.fleet.until(() => apps.holder(DEMO) !== undefined, waitMs(stage))
  return apps.holder(DEMO)
}

/** The group, once one of its voters may be missing. */
export function aGroup(stage: Stage): Promise<Group | undefined> {
  return untilGroup(stage.fleet, ({ canLose }) => canLose > 0, { limitMs: waitMs(stage) })
}

function sayWhyItWaits({ fleet, report }: Stage, { token, agent }: Belief): void {
  const { apps } = fleet
  if ((apps.holder(DEMO)?.token ?? 0n) <= token) report.note(whyItWaits(agent, apps.ttlMs))
}

/** A dead host's lock is not free at gossip's verdict. */
export function whyItWaits(agent: string, ttlMs: number): string {
  return `${DEMO} waits: dead is gossip's opinion, and ${agent} may only be cut off. Its session ends ${ttlMs / 1000} s after it was last renewed`
}
