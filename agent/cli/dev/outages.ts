import type { Fleet } from "../fleet/fleet.ts"
import { untilGroup } from "./group.ts"
import { calm, countFalseDeaths, DEMO, detect, nextGrant, type Stage, waitMs } from "./stage.ts"

/** An agent stops and goes on. */
export async function stopAgent(stage: Stage): Promise<void> {
  const { fleet, report, random, measured } = stage
  const victim = random.pick(fleet.names)
  const { pid } = fleet.agent(victim)
  const deaths = countFalseDeaths(stage, new Set([victim]))
  report.event({ event: "fault", fault: "stop", agent: victim, pid })
  const stoppedMs = performance.now()
  fleet.stop(victim)
  await detect(stage, victim, stoppedMs)
  report.event({ event: "fault", fault: "continue", agent: victim, pid })
  const continuedMs = performance.now()
  fleet.continue(victim)
  if (await fleet.until(() => fleet.allSeeAll(), waitMs(stage))) {
    const aliveMs = performance.now() - continuedMs
    measured.set("aliveMs", aliveMs)
    report.event({ event: "alive", agent: victim, afterMs: Math.round(aliveMs) })
  }
  await calm(stage)
  measured.set("falseDead", deaths())
}

/**
 * The side without a quorum keeps what it believes to hold up to its own deadline, and writes nothing; the other side
 * takes over only after that.
 */
export async function partition(stage: Stage): Promise<void> {
  const { fleet, report, measured, writes } = stage
  const away = await cutAway(stage)
  const holder = fleet.apps.holder(DEMO)
  if (away === undefined || holder === undefined) return
  // Whoever has a session already is refused for want of a quorum, not of a session.
  const ready = AbortSignal.timeout(waitMs(stage))
  await Promise.all(away.map((agent) => writes.once(agent, ready)))
  for (const agent of away) report.event({ event: "fault", fault: "cut", agent, pid: fleet.agent(agent).pid })
  const cutMs = performance.now()
  await fleet.cut(away)
  const healing = new AbortController()
  const minority = minorityWrites(stage, away, healing.signal)
  await nextGrant(stage, holder, cutMs)
  await fleet.until(() => sidesDisagree(fleet, new Set(away)), waitMs(stage))
  healing.abort()
  measured.set("minorityWrites", await minority)
  for (const agent of away) report.event({ event: "fault", fault: "heal", agent, pid: fleet.agent(agent).pid })
  const sinceMs = performance.now()
  await fleet.cut([])
  if (!(await fleet.until(() => fleet.allSeeAll(), waitMs(stage)))) return
  const healMs = performance.now() - sinceMs
  measured.set("healMs", healMs)
  for (const agent of away) report.event({ event: "alive", agent, afterMs: Math.round(healMs) })
  await calm(stage)
  measured.set("overlapMs", fleet.apps.overlapMs(DEMO))
}

/** The holder's agent and others, the leader's if it may be: so many that a quorum is left on the other side. */
async function cutAway(stage: Stage): Promise<readonly string[] | undefined> {
  const { fleet, random } = stage
  const group = await untilGroup(fleet, ({ canLose }) => canLose > 0, { limitMs: waitMs(stage) })
  await fleet.until(() => fleet.apps.holder(DEMO) !== undefined, waitMs(stage))
  const holder = fleet.apps.holder(DEMO)?.agent
  if (group === undefined || holder === undefined) return undefined
  const others = [...fleet.names]
  random.shuffle(others)
  const wanted = Math.min(2, Math.floor((fleet.names.length - 1) / 2))
  const away: string[] = []
  let voters = 0
  for (const name of [holder, group.leader, ...others]) {
    const isVoter = group.voters.includes(name)
    if (away.length === wanted || away.includes(name) || (isVoter && voters === group.canLose)) continue
    away.push(name)
    if (isVoter) voters++
  }
  return away
}

/** How many writes the cut-off side acknowledges until `healing`. */
async function minorityWrites({ writes }: Stage, away: readonly string[], healing: AbortSignal): Promise<number> {
  let count = 0
  const writeOn = async (agent: string): Promise<void> => {
    while (!healing.aborted) if ((await writes.first([agent], healing)) !== undefined) count++
  }
  await Promise.all(away.map(writeOn))
  return count
}

/** Each side holds every member of the other dead. */
function sidesDisagree(fleet: Fleet, away: ReadonlySet<string>): boolean {
  return fleet.names.every((observer) =>
    fleet.names.every((member) => away.has(observer) === away.has(member) || fleet.belief(observer, member) === "dead"),
  )
}

/**
 * Every agent in turn ends and starts again while its application holds a lock: nobody else notices, and nothing is
 * lost.
 */
export async function restart(stage: Stage): Promise<void> {
  const { fleet, report, measured } = stage
  const { apps, names } = fleet
  for (const agent of names) apps.take(agent, ownLock(agent))
  if (!(await fleet.until(() => names.every((agent) => apps.holder(ownLock(agent)) !== undefined), waitMs(stage))))
    return
  const deaths = countFalseDeaths(stage, new Set())
  const lossesBefore = apps.losses
  for (const agent of names) {
    // One voter after the other: the next one goes when all of them vote again.
    if ((await untilGroup(fleet, ({ canLose }) => canLose > 0, { limitMs: waitMs(stage) })) === undefined) return
    report.event({ event: "fault", fault: "restart", agent, pid: fleet.agent(agent).pid })
    const sinceMs = performance.now()
    await fleet.terminate(agent)
    await fleet.restart(agent)
    if (!(await fleet.until(() => fleet.allSeeAll(), waitMs(stage)))) return
    report.event({ event: "alive", agent, afterMs: Math.round(performance.now() - sinceMs) })
  }
  await calm(stage)
  measured.set("lostGrants", apps.losses - lossesBefore)
  measured.set("dead", deaths())
}

function ownLock(agent: string): string {
  return `host/${agent}`
}
