import { Random } from "@conclave/base"
import type { Fleet } from "../fleet/fleet.ts"
import type { PartName, ScriptName } from "./checks.ts"
import { untilGroup } from "./group.ts"
import { killWorker } from "./kill-worker.ts"
import { killAgent, killHolder, killLeader } from "./kills.ts"
import type { DevOptions } from "./options.ts"
import { partition, restart, stopAgent } from "./outages.ts"
import { killAtRandom } from "./random-kills.ts"
import type { Report } from "./report.ts"
import { type Stage, waitMs } from "./stage.ts"
import { Writes } from "./writes.ts"

/** What each part measured. */
export type Measured = ReadonlyMap<PartName, ReadonlyMap<string, number>>

/** Plays one script on a fleet whose agents all see each other and whose applications stand for the lock. */
export async function playScript(
  script: ScriptName,
  parts: { readonly fleet: Fleet; readonly report: Report; readonly options: DevOptions; readonly bootMs: number },
): Promise<Measured> {
  const { fleet, report, options, bootMs } = parts
  const writes = new Writes(fleet)
  const random = new Random(options.seed)
  const measured = new Map<PartName, Map<string, number>>([["boot", new Map([["bootMs", bootMs]])]])
  const part = (name: PartName): Stage => {
    const figures = new Map<string, number>()
    measured.set(name, figures)
    return { fleet, report, options, random, writes, measured: figures }
  }
  try {
    await playParts(script, part)
  } finally {
    await writes.close()
  }
  return measured
}

async function playParts(script: ScriptName, part: (name: PartName) => Stage): Promise<void> {
  switch (script) {
    case "story": {
      await killHolder(part("kill-holder"))
      const victim = await killAgent(part("kill-agent"))
      const stage = part("kill-leader")
      if (victim !== undefined) await startAgain(stage, victim)
      await killLeader(stage)
      return await killWorker(part("kill-worker"))
    }
    case "kill-holder":
      return await killHolder(part(script))
    case "kill-agent":
      await killAgent(part(script))
      return
    case "kill-leader":
      return await killLeader(part(script))
    case "stop-agent":
      return await stopAgent(part(script))
    case "partition":
      return await partition(part(script))
    case "kill-worker":
      return await killWorker(part(script))
    case "restart":
      return await restart(part(script))
    case "kill-random":
      return await killAtRandom(part(script))
  }
}

/** The next one to die is a voter, and two of three would be too many. */
async function startAgain(stage: Stage, agent: string): Promise<void> {
  const { fleet, report } = stage
  report.note(`${agent} is started again`)
  const sinceMs = performance.now()
  await fleet.restart(agent)
  if (!(await fleet.until(() => fleet.allSeeAll(), waitMs(stage)))) return
  await untilGroup(fleet, ({ canLose }) => canLose > 0, { limitMs: waitMs(stage) })
  report.event({ event: "alive", agent, afterMs: Math.round(performance.now() - sinceMs) })
}
