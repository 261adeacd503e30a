import { doubleOwners } from "../fleet/owners.ts"
import { type Group, untilGroup } from "./group.ts"
import { aGroup, someHolder } from "./kills.ts"
import { calm, DEMO, nextGrant, type Stage, waitMs } from "./stage.ts"

const VICTIMS = ["leader", "follower", "holder"] as const
/** The kill comes at any moment of this long a time of writing. */
const WRITING_MS = 300

const NOT_WHOLE = "the group, its locks or its applications did not come back: the script ends here"

/**
 * Again and again, while every agent is written through and the lock goes round, somebody is killed and started again:
 * the leader's agent, another voter's, or the application that holds the lock. Nothing that was acknowledged may be
 * missing afterwards, no grant be lost but that of the application that died, and no two believe that they hold the
 * lock, or have an item of work.
 */
export async function killAtRandom(stage: Stage): Promise<void> {
  const { fleet, report, options, measured, writes } = stage
  const lossesBefore = fleet.apps.losses
  let written = 0
  let lost = 0
  for (let round = 1; round <= options.rounds; round++) {
    const group = await aGroup(stage)
    const holder = await someHolder(stage)
    if (group === undefined || holder === undefined) return report.note(NOT_WHOLE)
    fleet.apps.pass(holder.agent, DEMO)
    // Whoever is killed while it gives back has told nobody yet that it believes in nothing any more.
    const isPassed = (): boolean => (fleet.apps.holder(DEMO)?.token ?? 0n) > holder.token
    if (!(await fleet.until(isPassed, waitMs(stage)))) return report.note(NOT_WHOLE)
    const writing = new AbortController()
    const writers = Promise.all(fleet.running.map((agent) => writes.on(agent, writing.signal)))
    try {
      await fleet.until(() => false, stage.random.below(WRITING_MS))
      if (!(await killOne(stage, group))) return report.note(NOT_WHOLE)
    } finally {
      writing.abort()
      await writers
    }
    const missing = await writes.lost(stage.random.pick(fleet.running))
    if (missing === undefined) return report.note("the locks cannot be read, so nobody knows what is lost")
    lost += missing
    written += writes.acknowledged
    report.note(`round ${round}: ${written} writes acknowledged, ${lost} of them lost`)
    await writes.clear()
  }
  await calm(stage)
  measured.set("lostWrites", lost)
  measured.set("lostGrants", fleet.apps.losses - lossesBefore)
  measured.set("overlapMs", fleet.apps.overlapMs(DEMO))
  measured.set("doubleOwners", doubleOwners(fleet.apps.owners.told(DEMO)).length)
}

/** Whether everything went on, and the victim is back. */
function killOne(stage: Stage, group: Group): Promise<boolean> {
  const victim = stage.random.pick(VICTIMS)
  if (victim === "holder") return killApplication(stage)
  if (victim === "leader") return killVoter(stage, group.leader)
  return killVoter(stage, stage.random.pick(group.voters.filter((name) => name !== group.leader)))
}

async function killApplication(stage: Stage): Promise<boolean> {
  const { fleet, report } = stage
  const holder = await someHolder(stage)
  if (holder === undefined) return false
  const { agent } = holder
  report.event({ event: "fault", fault: "kill-app", agent, pid: fleet.apps.pidOf(agent) })
  const sinceMs = performance.now()
  fleet.apps.kill(agent)
  const isHeld = (await nextGrant(stage, holder, sinceMs)) !== undefined
  fleet.startApp(agent)
  return isHeld && (await fleet.until(() => fleet.apps.stands(agent, DEMO), waitMs(stage)))
}

async function killVoter(stage: Stage, agent: string): Promise<boolean> {
  const { fleet, report, writes } = stage
  report.event({ event: "fault", fault: "kill-agent", agent, pid: fleet.agent(agent).pid })
  const sinceMs = performance.now()
  const killed = fleet.kill(agent)
  const survivors = fleet.running
  const writtenMs = await writes.first(survivors, AbortSignal.timeout(waitMs(stage)))
  if (writtenMs === undefined) return false
  report.event({ event: "write", afterMs: Math.round(writtenMs - sinceMs) })
  await killed
  await fleet.restart(agent)
  if (!(await fleet.until(() => fleet.allSeeAll(), waitMs(stage)))) return false
  report.event({ event: "alive", agent, afterMs: Math.round(performance.now() - sinceMs) })
  return (await untilGroup(fleet, ({ canLose }) => canLose > 0, { limitMs: waitMs(stage) })) !== undefined
}
