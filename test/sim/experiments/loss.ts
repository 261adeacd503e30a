import type { SimOptions } from "../cli-options.ts"
import { MODES } from "./detection.ts"
import { table } from "./table.ts"
import { settledTrial } from "./trial.ts"

const AGENTS = 32
const STEP_MS = 60_000
const MS_PER_HOUR = 3_600_000

interface Load {
  readonly lossPercent: number
  /** Members times virtual time. */
  readonly memberHours: number
}

/** Suspicions are the more frequent, and a virtual hour the longer, the more is lost. */
const QUICK: readonly Load[] = [
  { lossPercent: 0, memberHours: 16 },
  { lossPercent: 10, memberHours: 4 },
  { lossPercent: 20, memberHours: 2 },
  { lossPercent: 30, memberHours: 0.5 },
]
const FULL: readonly Load[] = [
  { lossPercent: 0, memberHours: 10_000 },
  { lossPercent: 10, memberHours: 1000 },
  { lossPercent: 20, memberHours: 250 },
  { lossPercent: 30, memberHours: 50 },
]

/** Nobody fails; datagrams are lost at random on every path. Each observer's change counts. */
export function loss(options: SimOptions, print: (text: string) => void): void {
  const agents = options.agents ?? AGENTS
  print(`${agents} members without a fault, by lost datagrams: what their views say of each other\n`)
  const rows = (options.full ? FULL : QUICK).flatMap((load) =>
    MODES.map((mode) => {
      const made = settledTrial({ seed: options.seed ?? 1, agents, mode })
      const { network, members } = made.fleet
      const everybody = new Uint8Array(members.length).fill(1)
      const permille = load.lossPercent * 10
      if (permille > 0) network.addRule({ from: everybody, to: everybody, effect: { kind: "loss", permille } })
      let suspicions = 0
      let deaths = 0
      made.watch((_atMs, _observer, { change }) => {
        if (change === "suspect") suspicions++
        else if (change === "dead") deaths++
      })
      const totalMs = (load.memberHours * MS_PER_HOUR) / agents
      for (let ms = 0; ms < totalMs; ms += STEP_MS) made.runMs(Math.min(STEP_MS, totalMs - ms))
      return [mode, `${load.lossPercent} %`, `${load.memberHours}`, `${suspicions}`, `${deaths}`]
    }),
  )
  print(table(["mode", "lost", "member-hours", "suspicions", "deaths"], rows))
}
