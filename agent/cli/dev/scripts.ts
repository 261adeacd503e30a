import { Random } from "@conclave/base"
import type { Fleet } from "../fleet/fleet.ts"
import type { Sighting } from "../fleet/observer.ts"
import type { ScriptName } from "./checks.ts"
import type { DevOptions } from "./options.ts"
import type { Report } from "./report.ts"

interface Stage {
  readonly fleet: Fleet
  readonly report: Report
  readonly options: DevOptions
  readonly random: Random
  readonly measured: Map<string, number>
}

/** How long a script waits for what must come, beyond its budget. */
const WAIT_MS = 60_000
/** Quiet time after the last check, in which a false death would show. */
const CALM_MS = 1500

/** Plays one script on a fleet whose agents all see each other; the result is what was measured. */
export async function playScript(
  script: ScriptName,
  parts: { readonly fleet: Fleet; readonly report: Report; readonly options: DevOptions; readonly bootMs: number },
): Promise<ReadonlyMap<string, number>> {
  const { fleet, report, options, bootMs } = parts
  const measured = new Map([["bootMs", bootMs]])
  const stage: Stage = { fleet, report, options, random: new Random(options.seed), measured }
  switch (script) {
    case "story":
    case "kill-agent":
      await killAgent(stage)
      break
    case "stop-agent":
      await stopAgent(stage)
      break
    case "partition":
      await partition(stage)
      break
    case "restart":
      await restart(stage)
      break
  }
  return measured
}

async function killAgent(stage: Stage): Promise<void> {
  const { fleet, report, random } = stage
  const victim = random.pick(fleet.names)
  const deaths = countFalseDeaths(stage, new Set([victim]))
  report.event({ event: "fault", fault: "kill-agent", agent: victim, pid: fleet.agent(victim).pid })
  const sinceMs = performance.now()
  const detected = detect(stage, victim, sinceMs)
  await fleet.kill(victim)
  await detected
  await calm(stage)
  stage.measured.set("falseDead", deaths())
}

async function stopAgent(stage: Stage): Promise<void> {
  const { fleet, report, random } = stage
  const victim = random.pick(fleet.names)
  const { pid } = fleet.agent(victim)
  const deaths = countFalseDeaths(stage, new Set([victim]))
  report.event({ event: "fault", fault: "stop", agent: victim, pid })
  const stoppedMs = performance.now()
  const detected = detect(stage, victim, stoppedMs)
  fleet.stop(victim)
  await detected
  report.event({ event: "fault", fault: "continue", agent: victim, pid })
  const continuedMs = performance.now()
  fleet.continue(victim)
  if (await fleet.until(() => fleet.allSeeAll(), waitMs(stage))) {
    const aliveMs = performance.now() - continuedMs
    stage.measured.set("aliveMs", aliveMs)
    report.event({ event: "alive", agent: victim, afterMs: Math.round(aliveMs) })
  }
  await calm(stage)
  stage.measured.set("falseDead", deaths())
}

async function partition(stage: Stage): Promise<void> {
  const { fleet, report, random } = stage
  const names = [...fleet.names]
  random.shuffle(names)
  const away = names.slice(0, 2)
  for (const agent of away) report.event({ event: "fault", fault: "cut", agent, pid: fleet.agent(agent).pid })
  await fleet.cut(away)
  const split = (): boolean => sidesDisagree(fleet, new Set(away))
  await fleet.until(split, waitMs(stage))
  for (const agent of away) report.event({ event: "fault", fault: "heal", agent, pid: fleet.agent(agent).pid })
  const sinceMs = performance.now()
  await fleet.cut([])
  if (!(await fleet.until(() => fleet.allSeeAll(), waitMs(stage)))) return
  const healMs = performance.now() - sinceMs
  stage.measured.set("healMs", healMs)
  for (const agent of away) report.event({ event: "alive", agent, afterMs: Math.round(healMs) })
}

/** Each side holds every member of the other dead. */
function sidesDisagree(fleet: Fleet, away: ReadonlySet<string>): boolean {
  return fleet.names.every((observer) =>
    fleet.names.every((member) => away.has(observer) === away.has(member) || fleet.belief(observer, member) === "dead"),
  )
}

async function restart(stage: Stage): Promise<void> {
  const { fleet, report } = stage
  const deaths = countFalseDeaths(stage, new Set())
  for (const agent of fleet.names) {
    report.event({ event: "fault", fault: "restart", agent, pid: fleet.agent(agent).pid })
    const sinceMs = performance.now()
    await fleet.terminate(agent)
    await fleet.restart(agent)
    if (!(await fleet.until(() => fleet.allSeeAll(), waitMs(stage)))) return
    report.event({ event: "alive", agent, afterMs: Math.round(performance.now() - sinceMs) })
  }
  await calm(stage)
  stage.measured.set("dead", deaths())
}

/** Resolves when every running agent believes `victim` dead, or when waiting is over. */
async function detect(stage: Stage, victim: string, sinceMs: number): Promise<void> {
  const { fleet, report, measured } = stage
  let suspected = false
  const knowing = new Set<string>()
  const unsubscribe = fleet.onSighting((sighting) => {
    if (sighting.member !== victim || sighting.observer === victim) return
    const afterMs = sighting.atMs - sinceMs
    if (sighting.status === "suspect" && !suspected) {
      suspected = true
      report.event({ event: "suspect", agent: victim, by: sighting.observer, afterMs: Math.round(afterMs) })
    }
    if (sighting.status !== "dead") return
    if (knowing.size === 0) {
      measured.set("detectFirstMs", afterMs)
      report.event({ event: "dead", agent: victim, scope: "first", afterMs: Math.round(afterMs) })
    }
    knowing.add(sighting.observer)
  })
  const others = fleet.names.filter((name) => name !== victim)
  const all = await fleet.until(() => others.every((name) => fleet.belief(name, victim) === "dead"), waitMs(stage))
  unsubscribe()
  if (!all) return
  const afterMs = performance.now() - sinceMs
  measured.set("detectAllMs", afterMs)
  report.event({ event: "dead", agent: victim, scope: "everywhere", afterMs: Math.round(afterMs) })
}

/** Counts deaths that are believed of agents to which nothing was done. */
function countFalseDeaths(stage: Stage, excused: ReadonlySet<string>): () => number {
  let count = 0
  const unsubscribe = stage.fleet.onSighting((sighting: Sighting) => {
    if (sighting.status === "dead" && !excused.has(sighting.member)) count++
  })
  return () => {
    unsubscribe()
    return count
  }
}

function calm(stage: Stage): Promise<unknown> {
  return stage.fleet.until(() => false, CALM_MS)
}

function waitMs({ options }: Stage): number {
  return WAIT_MS * Math.max(1, options.budgetScale / 10)
}
