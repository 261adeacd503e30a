import type { Bench, BenchContext } from "../context.ts"
import { probeDisk } from "../disk-probe.ts"
import { type Arena, inArenas, programsAt, SESSIONS_MAX, share, warmUp } from "../group/arena.ts"
import { SERVERS } from "../group/system.ts"
import type { PutsAnswer } from "../load/orders.ts"
import { watchLoad } from "../machine-load.ts"
import { KV_METRICS } from "../metrics.ts"
import { quantiles, significant } from "../quantiles.ts"
import type { RunFields } from "../record.ts"

const WINDOW_MS = 5_000
/** All clients are at it by then. */
const WARM_UP_MS = 1_000
const CLIENTS: readonly number[] = [1, 16, 64, 256]
const VALUE_BYTES = 128

/** What a put costs, from applications at all three servers. */
export const KV: Bench = {
  metrics: KV_METRICS,
  variant: ["clients"],
  peers: ["etcd", "sealed"],
  run: (context) =>
    inArenas(context, context.plan.n ?? SERVERS, async (arenas) => {
      await warmUp(context, arenas, "puts")
      for (const clients of context.plan.clients ?? CLIENTS) await runWith(context, arenas, clients)
    }),
}

async function runWith(context: BenchContext, arenas: readonly Arena[], clients: number): Promise<void> {
  const { plan } = context
  for (let run = 1; run <= plan.runs; run++) {
    for (const arena of arenas) {
      const { name: system, version: systemVersion, profile } = arena.system.driver
      context.progress(`kv ${run}/${plan.runs}: ${clients} clients of ${system}`)
      const fdatasyncUs = probeDisk()
      const machine = watchLoad()
      const figures = await puts(arena, { clients, run, windowMs: plan.durationMs ?? WINDOW_MS })
      const place = { system, systemVersion, profile, run, n: arena.fleet.names.length }
      context.record(place, { clients, ...figures, valueBytes: VALUE_BYTES, fdatasyncUs, ...machine() })
    }
  }
}

interface Task {
  readonly clients: number
  readonly run: number
  readonly windowMs: number
}

/** One client alone has its turn at another server each run. */
async function puts(arena: Arena, { clients, run, windowMs }: Task): Promise<RunFields> {
  const { system, fleet, servers } = arena
  const at = servers[run % servers.length] ?? ""
  const where = clients > 1 ? servers : [at]
  const place = clients > 1 ? {} : { at: (await system.leader(fleet, servers)) === at ? "leader" : "follower" }
  const sessions = Math.min(clients, SESSIONS_MAX)
  const programs = await programsAt(arena, where, sessions)
  const answers = await Promise.all(
    programs.map((program, index) => {
      const workers = share(clients, index, programs.length)
      const stretch = { name: "bench-kv", warmUpMs: WARM_UP_MS, ms: windowMs }
      const own = share(sessions, index, programs.length)
      return program.order<PutsAnswer>({
        do: "puts",
        workers,
        bytes: VALUE_BYTES,
        everyMs: 0,
        sessions: own,
        ...stretch,
      })
    }),
  )
  const putMs = answers.flatMap((answer) => answer.putMs)
  return {
    ...place,
    sessions,
    putsPerSec: significant((putMs.length * 1_000) / windowMs),
    latencyMs: quantiles(putMs) ?? null,
  }
}
