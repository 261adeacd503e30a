import type { SimOptions } from "../cli-options.ts"
import { MODES } from "./detection.ts"
import { percentile, seconds, table } from "./table.ts"
import { settledTrial } from "./trial.ts"

const AGENTS = 90
const LIMIT_MS = 180_000

/** A third of the fleet loses its power at once. */
export function massDeath(options: SimOptions, print: (text: string) => void): void {
  const agents = options.agents ?? AGENTS
  const victims = Math.floor(agents / 3)
  print(`${victims} of ${agents} agents dead at once: seconds until an observer knows of one of them, all pairs\n`)
  const rows = MODES.map((mode) => {
    const made = settledTrial({ seed: options.seed ?? 1, agents, mode })
    const { world, fleet } = made
    const order = [...fleet.members]
    world.random.shuffle(order)
    const dying = new Set(order.slice(0, victims).map((member) => member.machine.id))
    const startMs = world.nowUs / 1000
    const knownMs: number[] = []
    let falseDeaths = 0
    made.watch((atMs, _observer, { change, after }) => {
      if (change !== "dead" || after === undefined) return
      if (dying.has(after.id)) knownMs.push(atMs - startMs)
      else falseDeaths++
    })
    for (const member of order.slice(0, victims)) fleet.cutPower(member)
    const agreedMs = made.settle(LIMIT_MS)
    made.runMs(10_000)
    const times = [50, 99, 100].map((percent) => seconds(percentile(knownMs, percent)))
    return [mode, ...times, agreedMs === undefined ? "-" : seconds(agreedMs), `${falseDeaths}`]
  })
  print(table(["mode", "p50 s", "p99 s", "max s", "all agree s", "false deaths"], rows))
}
