import type { Bench, BenchContext } from "../context.ts"
import { cpuSeconds } from "../cpu.ts"
import { type Arena, inArenas, programsAt, warmUp } from "../group/arena.ts"
import type { LoadProgram } from "../group/load-program.ts"
import type { PutsAnswer, ToldAnswer } from "../load/orders.ts"
import { watchLoad } from "../machine-load.ts"
import { WATCH_METRICS } from "../metrics.ts"
import { quantiles, significant } from "../quantiles.ts"
import type { RunFields } from "../record.ts"
import { pauseFor } from "./pause.ts"

/** Three that vote, and one that is no server of the group, as most hosts of a fleet: there the watchers are. */
const AGENTS_DEFAULT = 4
const WINDOW_MS = 10_000
const WARM_UP_MS = 3_000
const PREFIX = "bench-watch/"
const WATCHERS = 1_000
/** What one connection of ours carries; a peer's are shared out alike. */
const WATCHES_A_SESSION = 64
/** Four that put 25 times a second each: one that waits for a commit holds up no other. */
const PUTS = { name: "bench-watch", workers: 4, sessions: 1, bytes: 128, everyMs: 40 } as const

/** Many watchers of one prefix at one host that does not lead, while others put there through another. */
export const WATCH: Bench = {
  metrics: WATCH_METRICS,
  variant: [],
  peers: ["etcd", "sealed"],
  run: (context) =>
    inArenas(context, context.plan.n ?? AGENTS_DEFAULT, async (arenas) => {
      await warmUp(context, arenas, "puts")
      const scenes: Scene[] = []
      for (const arena of arenas) scenes.push(await setUp(context, arena))
      for (let run = 1; run <= context.plan.runs; run++) {
        for (const scene of scenes) await runOnce(context, scene, run)
      }
    }),
}

interface Scene {
  readonly arena: Arena
  /** At the host with the watchers. */
  readonly readers: LoadProgram
  readonly writers: LoadProgram
  /** CPU of its agent under the same puts, before anybody watched. */
  readonly cpuPercentUnwatched: number
}

async function setUp(context: BenchContext, arena: Arena): Promise<Scene> {
  const { system, fleet, servers } = arena
  const leader = await system.leader(fleet, servers)
  const [watched = "", other = ""] = fleet.names.filter((name) => name !== leader).reverse()
  const sessions = Math.ceil(WATCHERS / WATCHES_A_SESSION)
  const [readers] = await programsAt(arena, [watched], sessions)
  const [writers] = await programsAt(arena, [other], 1)
  if (readers === undefined || writers === undefined) throw new RangeError(`${system.driver.name} has too few servers`)
  context.progress(`watch: ${system.driver.name} without a watcher, then with ${WATCHERS}`)
  const { cpuPercent } = await measure({ arena, readers, writers }, windowOf(context))
  await readers.order({ do: "watch", name: PREFIX, sessions, watchers: WATCHERS })
  return { arena, readers, writers, cpuPercentUnwatched: cpuPercent }
}

async function runOnce(context: BenchContext, scene: Scene, run: number): Promise<void> {
  const { arena, readers, cpuPercentUnwatched } = scene
  const { name: system, version: systemVersion, profile } = arena.system.driver
  context.progress(`watch ${run}/${context.plan.runs}: ${WATCHERS} watchers of ${system}`)
  const machine = watchLoad()
  const figures = await measure(scene, windowOf(context))
  const place = { system, systemVersion, profile, run, n: arena.fleet.names.length }
  const at = arena.servers.includes(readers.server) ? "voter" : "client"
  context.record(place, { at, watchers: WATCHERS, ...figures, cpuPercentUnwatched, ...machine() })
}

async function measure(
  { arena, readers, writers }: Omit<Scene, "cpuPercentUnwatched">,
  windowMs: number,
): Promise<RunFields & { readonly cpuPercent: number }> {
  const { pid } = arena.fleet.running(readers.server)
  const puts = writers.order<PutsAnswer>({ do: "puts", ...PUTS, warmUpMs: WARM_UP_MS, ms: windowMs })
  await pauseFor(WARM_UP_MS)
  await readers.order({ do: "told" })
  const [beganAtMs, cpuBefore] = [performance.now(), cpuSeconds(pid)]
  await pauseFor(windowMs)
  const seconds = (performance.now() - beganAtMs) / 1_000
  const cpuPercent = significant(((cpuSeconds(pid) - cpuBefore) / seconds) * 100)
  const { changes, resets, toldMs } = await readers.order<ToldAnswer>({ do: "told" })
  const changesPerSec = significant(((await puts).putMs.length * 1_000) / windowMs)
  const eventsPerSec = significant(changes.reduce((sum, each) => sum + each, 0) / seconds)
  return { changesPerSec, eventsPerSec, resets, toldMs: quantiles(toldMs) ?? null, cpuPercent }
}

function windowOf({ plan }: BenchContext): number {
  return plan.durationMs ?? WINDOW_MS
}
