import { setTimeout as delay } from "node:timers/promises"
import { type Client, connect } from "@conclave/sdk"
import { monotonicNs } from "conclave/cli/fleet/monotonic"
import type { Bench, BenchContext } from "../context.ts"
import { type Arena, inArenas, startLoad, TTL_MS } from "../group/arena.ts"
import type { LoadProgram } from "../group/load-program.ts"
import { balancedMs, bandOf, doubleOwners, movesOf, type WorkerSteps } from "../group/shares.ts"
import type { SharesAnswer, WorkAnswer } from "../load/orders.ts"
import { watchLoad } from "../machine-load.ts"
import { WORK_METRICS } from "../metrics.ts"
import type { RunFields } from "../record.ts"
import { pauseFor } from "./pause.ts"

const AGENTS_DEFAULT = 5
const WORKERS = 20
const PARTITIONS = 1_000
const BALANCE_LIMIT_MS = 60_000
/** Until what was in the view is with the workers as well. */
const CALM_MS = 1_000

/** Partitions shared out among workers that come at once; then one of their processes is killed. */
export const WORK: Bench = {
  metrics: WORK_METRICS,
  variant: [],
  peers: [],
  run: (context) =>
    inArenas(context, context.plan.n ?? AGENTS_DEFAULT, async (arenas) => {
      for (const arena of arenas) await workAt(context, arena)
    }),
}

async function workAt(context: BenchContext, arena: Arena): Promise<void> {
  const { plan } = context
  const { name: system, version: systemVersion, profile } = arena.system.driver
  const [first = ""] = arena.fleet.names
  const { socket = "" } = arena.fleet.running(first)
  const observer = await connect({ socket, name: "bench" })
  const crew = new Crew(arena)
  try {
    for (let run = 1; run <= plan.runs; run++) {
      context.progress(`work ${run}/${plan.runs}: ${PARTITIONS} partitions, ${WORKERS} workers`)
      await crew.complete()
      const machine = watchLoad()
      const figures = await share(observer, crew, `bench-work-${plan.seed}-${run}`)
      const place = { system, systemVersion, profile, run, n: arena.fleet.names.length }
      context.record(place, { workers: WORKERS, partitions: PARTITIONS, ...figures, ...machine() })
    }
  } finally {
    await observer.close()
    await crew.close()
  }
}

async function share(observer: Client, crew: Crew, pool: string): Promise<RunFields> {
  await observer.work(pool).configure({ partitions: PARTITIONS, restartGraceMs: 0 })
  const joined = await Promise.all(crew.workers.map((each) => each.order<WorkAnswer>({ do: "work", name: pool })))
  const lastJoinNs =
    joined
      .map(({ atNs }) => BigInt(atNs))
      .sort((a, b) => (a < b ? -1 : 1))
      .at(-1) ?? 0n
  await untilShared(observer, pool, WORKERS)
  const before = await stepsOf(crew.workers)
  const balanceMs = balancedMs(before, PARTITIONS, lastJoinNs)
  const { victim, killedNs } = await crew.kill()
  await untilShared(observer, pool, WORKERS - 1)
  const others = await stepsOf(crew.workers)
  const gone: WorkerSteps = { steps: before[victim]?.steps ?? [], endNs: killedNs }
  const moves = movesOf(gone.steps, others, killedNs)
  await Promise.all(crew.workers.map((each) => each.order({ do: "drain" })))
  return { balanceMs, ...moves, doubleOwners: doubleOwners([gone, ...others]) }
}

/** Twenty processes with one worker each, at all agents. */
class Crew {
  readonly workers: LoadProgram[] = []
  readonly #arena: Arena
  #count = 0

  constructor(arena: Arena) {
    this.#arena = arena
  }

  /** Starts those that are missing. */
  async complete(): Promise<void> {
    const { names } = this.#arena.fleet
    while (this.workers.length < WORKERS) {
      const count = this.#count++
      const program = startLoad(this.#arena, names[count % names.length] ?? "", `worker-${count}`)
      this.workers.push(program)
      await program.order({ do: "open", count: 1, ttlMs: TTL_MS })
    }
  }

  /** The one that has worked longest. */
  async kill(): Promise<{ readonly victim: number; readonly killedNs: bigint }> {
    const [victim] = this.workers.splice(0, 1)
    const killedAtMs = (await victim?.kill()) ?? 0
    return { victim: 0, killedNs: BigInt(monotonicNs(killedAtMs)) }
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((each) => each.kill()))
  }
}

async function stepsOf(workers: readonly LoadProgram[]): Promise<readonly WorkerSteps[]> {
  const answers = await Promise.all(workers.map((each) => each.order<SharesAnswer>({ do: "shares" })))
  return answers.map(({ steps }) => ({ steps, endNs: undefined }))
}

/**
 * Until so many workers have everything among them and the band is kept; what never comes to that is seen in the
 * figures.
 */
async function untilShared(observer: Client, pool: string, workers: number): Promise<void> {
  const over = new AbortController()
  const limit = delay(BALANCE_LIMIT_MS, undefined, { signal: over.signal }).catch(() => undefined)
  const { low, high } = bandOf(PARTITIONS, workers)
  const shared = async (): Promise<void> => {
    for await (const { items } of observer.work(pool).watch({ signal: over.signal })) {
      const loads = new Map<string, number>()
      for (const { state, worker } of items) {
        if (state === "assigned" && worker !== null) loads.set(worker, (loads.get(worker) ?? 0) + 1)
      }
      const all = [...loads.values()]
      const isWhole = all.reduce((sum, load) => sum + load, 0) === PARTITIONS
      if (isWhole && all.length === workers && all.every((load) => load >= low && load <= high)) return
    }
  }
  await Promise.race([shared(), limit])
  over.abort()
  await pauseFor(CALM_MS)
}
