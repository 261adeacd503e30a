import type { SimOptions } from "../cli-options.ts"
import { MODES } from "./detection.ts"
import { seconds, table } from "./table.ts"
import { settledTrial } from "./trial.ts"

const AGENTS = 60
const CUT_MS = 120_000
const LIMIT_MS = 300_000

/** A fleet is cut in two for two minutes and healed: how long until all see all, and who died of it. */
export function partition(options: SimOptions, print: (text: string) => void): void {
  const agents = options.agents ?? AGENTS
  print(`${agents} agents cut in two for ${CUT_MS / 1000} s: seconds after the heal until all see all\n`)
  const rows = [0.5, 0.9].flatMap((part) =>
    MODES.map((mode) => {
      const made = settledTrial({ seed: options.seed ?? 1, agents, mode })
      const { fleet } = made
      const edge = Math.round(agents * part)
      const left = new Uint8Array(agents).fill(1, 0, edge)
      const right = new Uint8Array(agents).fill(1, edge)
      const effect = { kind: "cut", proto: "both" } as const
      const rules = [
        { from: left, to: right, effect },
        { from: right, to: left, effect },
      ]
      for (const rule of rules) fleet.network.addRule(rule)
      made.runMs(CUT_MS)
      const alive = fleet.members.filter(
        ({ host }, index) => host?.aliveCount() === (index < edge ? edge : agents - edge),
      )
      let deaths = 0
      made.watch((_atMs, _observer, { change }) => {
        if (change === "dead") deaths++
      })
      for (const rule of rules) fleet.network.removeRule(rule)
      const healedMs = made.settle(LIMIT_MS)
      const split = `${edge}/${agents - edge}`
      return [mode, split, `${alive.length}`, healedMs === undefined ? "-" : seconds(healedMs), `${deaths}`]
    }),
  )
  print(table(["mode", "split", "right before heal", "healed s", "deaths while healing"], rows))
}
