import type { Mode } from "@conclave/swim"
import type { SimOptions } from "../cli-options.ts"
import type { FleetMember } from "../fleet.ts"
import { spread, table } from "./table.ts"
import { settledTrial, type Trial } from "./trial.ts"

export const MODES: readonly Mode[] = ["swim", "lifeguard", "conclave"]
const SIZES: readonly number[] = [16, 128]
const FULL_SIZES: readonly number[] = [16, 128, 1000]
const LIMIT_MS = 90_000
/** Between two victims of one fleet: the dead comes back and all agree. */
const REST_MS = 12_000

type How = "crash" | "silence"

interface Times {
  readonly suspectedMs: number[]
  readonly firstMs: number[]
  readonly medianMs: number[]
  readonly lastMs: number[]
}

/**
 * How long until everybody knows. `crash`: the process dies on a machine that lives, which resets its streams.
 * `silence`: the machine loses its power and nothing says so.
 */
export function detection(options: SimOptions, print: (text: string) => void): void {
  const sizes = options.agents !== undefined ? [options.agents] : options.full ? FULL_SIZES : SIZES
  const head = [
    "mode",
    "N",
    "kind",
    "kills",
    "suspect p50/p99 s",
    "first dead",
    "median knows",
    "all know",
    "after first",
  ]
  print("Detection: seconds since the fault, p50 / p99 over the kills\n")
  for (const agents of sizes) {
    const rows: string[][] = []
    for (const mode of MODES) {
      for (const how of ["crash", "silence"] as const) {
        const times = measure(mode, agents, how, options)
        const after = times.lastMs.map((last, index) => last - (times.firstMs[index] ?? 0))
        const columns = [times.suspectedMs, times.firstMs, times.medianMs, times.lastMs, after]
        rows.push([mode, `${agents}`, how, `${times.lastMs.length}`, ...columns.map(spread)])
      }
    }
    print(`${table(head, rows)}\n`)
  }
}

function measure(mode: Mode, agents: number, how: How, options: SimOptions): Times {
  const times: Times = { suspectedMs: [], firstMs: [], medianMs: [], lastMs: [] }
  const kills = agents >= 500 ? 6 : 20
  const made = settledTrial({ seed: (options.seed ?? 1) + agents, agents, mode })
  for (let kill = 0; kill < kills; kill++) oneKill(made, how, times)
  return times
}

function oneKill(made: Trial, how: How, times: Times): void {
  const { world, fleet } = made
  made.runMs(world.random.below(1000))
  const victim = world.random.pick(fleet.running())
  const startMs = world.nowUs / 1000
  const knowers = new Map<FleetMember, number>()
  let suspectedMs: number | undefined
  made.watch((atMs, observer, { change, after }) => {
    if (after?.id !== victim.machine.id) return
    if (change === "suspect") suspectedMs ??= atMs - startMs
    if (change === "dead" && !knowers.has(observer)) knowers.set(observer, atMs - startMs)
  })
  if (how === "crash") fleet.kill(victim)
  else fleet.cutPower(victim)
  const wanted = fleet.running().length
  for (let ms = 0; ms < LIMIT_MS && knowers.size < wanted; ms += 50) made.runMs(50)
  const known = [...knowers.values()].sort((a, b) => a - b)
  times.suspectedMs.push(suspectedMs ?? Number.POSITIVE_INFINITY)
  times.firstMs.push(known[0] ?? Number.POSITIVE_INFINITY)
  times.medianMs.push(known[wanted >> 1] ?? Number.POSITIVE_INFINITY)
  times.lastMs.push(known[wanted - 1] ?? Number.POSITIVE_INFINITY)
  made.watch(() => {})
  fleet.boot(victim)
  made.settle(LIMIT_MS)
  made.runMs(REST_MS)
}
