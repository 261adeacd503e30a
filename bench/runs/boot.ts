import { Random } from "@conclave/base"
import type { Bench, BenchContext } from "../context.ts"
import type { Driver } from "../fleet/driver.ts"
import { Fleet } from "../fleet/fleet.ts"
import { watchLoad } from "../machine-load.ts"
import { BOOT_METRICS } from "../metrics.ts"

const MEMBERS_DEFAULT = 32
/** Longer than two rounds of a peer's slowest repair. */
const BOOT_LIMIT_MS = 150_000

/** Start of a fleet → the last of N×N rows says alive. Fleets are started in turn, A B A B. */
export const BOOT: Bench = {
  metrics: BOOT_METRICS,
  variant: [],
  peers: ["serf", "sealed"],
  run: async (context) => {
    for (let run = 1; run <= context.plan.runs; run++) {
      for (const driver of context.drivers) await bootOnce(context, driver, run)
    }
  },
}

async function bootOnce(context: BenchContext, driver: Driver, run: number): Promise<void> {
  const n = context.plan.n ?? MEMBERS_DEFAULT
  const { name: system, version: systemVersion, profile } = driver
  context.progress(`boot ${run}/${context.plan.runs}: ${n} × ${system}`)
  const fleet = new Fleet(driver, n, new Random(context.plan.seed + run), context.history.of(system))
  try {
    const machine = watchLoad()
    const spawnedAtMs = performance.now()
    const listeningAtMs = await fleet.start()
    const complete = await fleet.allSeeAll(BOOT_LIMIT_MS)
    const atMs = complete ? Math.max(fleet.beliefs.lastAtMs, listeningAtMs) : undefined
    const falseDead = fleet.takeLines().filter((line) => line.verdict === "dead").length
    context.record(
      { system, systemVersion, profile, run, n },
      {
        allSeeAllMs: atMs === undefined ? null : atMs - listeningAtMs,
        fromSpawnMs: atMs === undefined ? null : atMs - spawnedAtMs,
        spawnMs: listeningAtMs - spawnedAtMs,
        rowsMissing: n * n - fleet.beliefs.aliveRows,
        falseDead,
        ...machine(),
      },
    )
  } finally {
    await fleet.close()
  }
}
