import type { Bench, BenchContext } from "../context.ts"
import { probeDisk } from "../disk-probe.ts"
import { type Arena, inArenas, programsAt, share, warmUp } from "../group/arena.ts"
import { handovers } from "../group/handovers.ts"
import { SERVERS } from "../group/system.ts"
import type { ElectAnswer } from "../load/orders.ts"
import { watchLoad } from "../machine-load.ts"
import { ELECTION_METRICS } from "../metrics.ts"
import { quantiles } from "../quantiles.ts"
import type { RunFields } from "../record.ts"

const WINDOW_MS = 5_000
const WARM_UP_MS = 2_000
/** How long each leads: others have heard of it by then. */
const TERM_MS = 50
/** Three at each server. */
const CANDIDATES = 9

/** A leader resigns → the next one runs, and → everybody who observes knows it. */
export const ELECTION: Bench = {
  metrics: ELECTION_METRICS,
  variant: [],
  peers: ["etcd", "sealed"],
  run: (context) =>
    inArenas(context, context.plan.n ?? SERVERS, async (arenas) => {
      await warmUp(context, arenas, "pairs")
      for (let run = 1; run <= context.plan.runs; run++) {
        for (const arena of arenas) await electOnce(context, arena, run)
      }
    }),
}

async function electOnce(context: BenchContext, arena: Arena, run: number): Promise<void> {
  const { name: system, version: systemVersion, profile } = arena.system.driver
  context.progress(`election ${run}/${context.plan.runs}: ${CANDIDATES} candidates of ${system}`)
  const fdatasyncUs = probeDisk()
  const machine = watchLoad()
  const figures = await measure(arena, context.plan.durationMs ?? WINDOW_MS)
  const place = { system, systemVersion, profile, run, n: arena.fleet.names.length }
  context.record(place, { candidates: CANDIDATES, ...figures, fdatasyncUs, ...machine() })
}

async function measure(arena: Arena, ms: number): Promise<RunFields> {
  const programs = await programsAt(arena, arena.servers, CANDIDATES)
  const answers = await Promise.all(
    programs.map((program, index) => {
      const sessions = share(CANDIDATES, index, programs.length)
      const stretch = { name: "bench-leader", sessions, warmUpMs: WARM_UP_MS, ms }
      return program.order<ElectAnswer>({ do: "elect", termMs: TERM_MS, ...stretch })
    }),
  )
  const { handoverMs, observeMs, overlaps } = handovers(answers.flatMap(({ steps }) => steps))
  return {
    handoverMs: quantiles(handoverMs) ?? null,
    observeMs: quantiles(observeMs) ?? null,
    observers: answers.length,
    overlaps,
  }
}
