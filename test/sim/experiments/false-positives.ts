import type { Mode } from "@conclave/swim"
import type { SimOptions } from "../cli-options.ts"
import type { FleetMember } from "../fleet.ts"
import { MODES } from "./detection.ts"
import { table } from "./table.ts"
import { settledTrial, type Trial } from "./trial.ts"

const AGENTS = 128
const ACTIVE_MS = 120_000
/** The published grid: how many stall, for how long, with which pause between. */
const GRID = {
  members: [1, 4, 8, 16, 32],
  stallMs: [128, 512, 2048, 8192, 16_384, 32_768],
  gapMs: [1, 64, 1024, 4096, 16_384],
} as const
const QUICK = { members: [4, 16], stallMs: [512, 2048, 3000, 8192, 16_384], gapMs: [64, 4096] } as const

/** `io`: datagrams are held both ways while timers run. `process`: nothing runs at all, the buffer overflows. */
type StallMode = "io" | "process"

interface Cell {
  readonly members: number
  readonly stallMs: number
  readonly gapMs: number
}

interface Found {
  total: number
  atHealthy: number
  healthyPairs: number
}

/**
 * False deaths under stalls: each observer's verdict on a running member counts. By length of the stall: who is silent
 * for longer than a mode takes to declare the dead is dead to it by design, so only equal lengths can be compared.
 */
export function falsePositives(options: SimOptions, print: (text: string) => void): void {
  const grid = options.full ? GRID : QUICK
  const agents = options.agents ?? (options.full ? AGENTS : 64)
  const cells = grid.members.length * grid.gapMs.length
  print(`False deaths: ${agents} agents, ${cells} cells of stalls a row, ${ACTIVE_MS / 1000} s each\n`)
  const rows: string[][] = []
  for (const stall of ["io", "process"] as const) {
    for (const stallMs of grid.stallMs) {
      const sums = MODES.map((mode) => sum(mode, stall, agents, cellsOf(grid, stallMs), options.seed ?? 1))
      for (const [index, found] of sums.entries()) rows.push(row(stall, stallMs, MODES[index] ?? "", found, sums[0]))
    }
  }
  print(table(["stall", "s", "mode", "false deaths", "of swim", "at healthy", "of swim", "healthy at healthy"], rows))
}

function cellsOf(grid: typeof GRID | typeof QUICK, stallMs: number): readonly Cell[] {
  return grid.members.flatMap((members) => grid.gapMs.map((gapMs) => ({ members, stallMs, gapMs })))
}

function row(stall: StallMode, stallMs: number, mode: string, found: Found, base: Found | undefined): string[] {
  return [
    stall,
    `${stallMs / 1000}`,
    mode,
    `${found.total}`,
    share(found.total, base?.total ?? 0),
    `${found.atHealthy}`,
    share(found.atHealthy, base?.atHealthy ?? 0),
    `${found.healthyPairs}`,
  ]
}

function sum(mode: Mode, stall: StallMode, agents: number, cells: readonly Cell[], seed: number): Found {
  const found: Found = { total: 0, atHealthy: 0, healthyPairs: 0 }
  for (const [index, cell] of cells.entries()) {
    runCell(settledTrial({ seed: seed + index, agents, mode }), stall, cell, found)
  }
  return found
}

function runCell(made: Trial, stall: StallMode, cell: Cell, found: Found): void {
  const { world, fleet } = made
  const order = [...fleet.members]
  world.random.shuffle(order)
  const victims = new Set(order.slice(0, Math.min(cell.members, order.length - 1)))
  made.watch((_atMs, observer, { change, after }) => {
    if (change !== "dead" || after === undefined) return
    const subject = fleet.byId.get(after.id)
    if (subject === undefined) return
    found.total++
    if (victims.has(observer)) return
    found.atHealthy++
    if (!victims.has(subject)) found.healthyPairs++
  })
  const endUs = world.nowUs + ACTIVE_MS * 1000
  for (const victim of victims) {
    const begin = (): void => {
      if (world.nowUs >= endUs) return
      stallOnce(made, victim, stall, cell.stallMs)
      world.after((cell.stallMs + cell.gapMs) * 1000, begin)
    }
    begin()
  }
  made.runMs(ACTIVE_MS + cell.stallMs)
}

function stallOnce({ world, fleet }: Trial, victim: FleetMember, stall: StallMode, stallMs: number): void {
  const { machine } = victim
  if (stall === "process") {
    machine.process?.freeze()
    world.after(stallMs * 1000, () => machine.process?.thaw())
    return
  }
  machine.held ??= { outgoing: [], incoming: [] }
  world.after(stallMs * 1000, () => fleet.network.release(machine))
}

function share(count: number, base: number): string {
  return base === 0 ? "-" : `${((count / base) * 100).toFixed(2)} %`
}
