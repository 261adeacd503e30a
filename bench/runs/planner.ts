import type { Bench } from "../context.ts"
import { watchLoad } from "../machine-load.ts"
import { PLANNER_METRICS } from "../metrics.ts"
import { quantiles, significant } from "../quantiles.ts"
import { planned } from "../state/planning.ts"

const SIZES = [
  { workers: 100, items: 10_000 },
  { workers: 1000, items: 10_000 },
  { workers: 1000, items: 50_000 },
  { workers: 3000, items: 10_000 },
  { workers: 3000, items: 50_000 },
]
const JOINS = 20

/** Who should have which item: the planner alone, as workers join a pool one by one. */
export const PLANNER: Bench = {
  metrics: PLANNER_METRICS,
  variant: ["workers", "items"],
  peers: [],
  run: async (context) => {
    const { plan, drivers } = context
    for (let run = 1; run <= plan.runs; run++) {
      for (const size of SIZES) {
        context.progress(`planner ${run}/${plan.runs}: ${size.workers} workers, ${size.items} items`)
        const machine = watchLoad()
        const { planMs, pieceMs, firstMs, moves } = planned(size, JOINS)
        const figures = { planMs: quantiles(planMs) ?? null, pieceMs: quantiles(pieceMs) ?? null }
        context.record(
          { system: "conclave", systemVersion: drivers[0]?.version ?? "", profile: "lan", run, n: 1 },
          { ...size, joins: JOINS, ...figures, firstMs: significant(firstMs), moves, ...machine() },
        )
      }
    }
  },
}
