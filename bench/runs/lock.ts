import { unreachable } from "@conclave/base"
import type { Bench, BenchContext } from "../context.ts"
import { probeDisk } from "../disk-probe.ts"
import { type Arena, inArenas, programsAt, SESSIONS_MAX, share, startLoad, TTL_MS, warmUp } from "../group/arena.ts"
import { countBySession, outOfOrder } from "../group/grants.ts"
import type { LoadProgram } from "../group/load-program.ts"
import { SERVERS } from "../group/system.ts"
import type { HandoffAnswer, HoldAnswer, PairsAnswer } from "../load/orders.ts"
import { watchLoad } from "../machine-load.ts"
import { LOCK_METRICS } from "../metrics.ts"
import type { LockMode } from "../plan.ts"
import { quantiles, significant } from "../quantiles.ts"
import type { RunFields } from "../record.ts"
import { pauseFor } from "./pause.ts"

const WINDOW_MS = 5_000
/** All clients are at it by then. */
const WARM_UP_MS = 1_000
const CLIENTS: readonly number[] = [16, 64, 256]
const HANDOFF_CLIENTS = 16
/** Until whoever was told to wait for a lock is in its queue. */
const QUEUE_MS = 300

/** What a lock costs, from applications at all three servers. */
export const LOCK: Bench = {
  metrics: LOCK_METRICS,
  variant: ["mode", "clients"],
  peers: ["etcd", "sealed"],
  run: (context) =>
    inArenas(context, context.plan.n ?? SERVERS, async (arenas) => {
      await warmUp(context, arenas, "pairs")
      for (const mode of context.plan.modes) await runMode(context, arenas, mode)
    }),
}

async function runMode(context: BenchContext, arenas: readonly Arena[], mode: LockMode): Promise<void> {
  const { plan } = context
  const counts = mode === "distinct" ? (plan.clients ?? CLIENTS) : [mode === "handoff" ? HANDOFF_CLIENTS : 1]
  const chains = new Map(mode === "crash" ? arenas.map((arena) => [arena, new CrashChain(arena)]) : [])
  try {
    for (const clients of counts) {
      for (let run = 1; run <= plan.runs; run++) {
        for (const arena of arenas) {
          const { name: system, version: systemVersion, profile } = arena.system.driver
          context.progress(`lock ${run}/${plan.runs}: ${mode}, ${clients} clients of ${system}`)
          const fdatasyncUs = probeDisk()
          const machine = watchLoad()
          const figures = await measure(context, { arena, mode, clients, run, chain: chains.get(arena) })
          const place = { system, systemVersion, profile, run, n: arena.fleet.names.length }
          context.record(place, { mode, clients, ...figures, fdatasyncUs, ...machine() })
        }
      }
    }
  } finally {
    for (const chain of chains.values()) await chain.close()
  }
}

interface Task {
  readonly arena: Arena
  readonly mode: LockMode
  readonly clients: number
  readonly run: number
  readonly chain: CrashChain | undefined
}

async function measure(context: BenchContext, task: Task): Promise<RunFields> {
  const windowMs = context.plan.durationMs ?? WINDOW_MS
  switch (task.mode) {
    case "serial":
      return serial(task, windowMs)
    case "distinct":
      return distinct(task, windowMs)
    case "handoff":
      return handoff(task, windowMs)
    case "crash":
      return (await task.chain?.kill()) ?? {}
    default:
      return unreachable(task.mode)
  }
}

/** One client after the other has its turn: at the leader's server, at a follower's, and at the other's. */
async function serial({ arena, run }: Task, windowMs: number): Promise<RunFields> {
  const { system, fleet, servers } = arena
  const leader = await system.leader(fleet, servers)
  const at = servers[run % servers.length] ?? ""
  const answers = await pairs(arena, [at], { workers: 1, sessions: 1, windowMs })
  return { at: at === leader ? "leader" : "follower", locks: 1, ...pairFigures(answers, windowMs) }
}

async function distinct({ arena, clients }: Task, windowMs: number): Promise<RunFields> {
  const sessions = Math.min(clients, SESSIONS_MAX)
  const answers = await pairs(arena, arena.servers, { workers: clients, sessions, windowMs })
  return { locks: clients, sessions, ...pairFigures(answers, windowMs) }
}

interface Amount {
  readonly workers: number
  readonly sessions: number
  readonly windowMs: number
}

async function pairs(arena: Arena, servers: readonly string[], amount: Amount): Promise<PairsAnswer[]> {
  const programs = await programsAt(arena, servers, amount.sessions)
  return Promise.all(
    programs.map((program, index) => {
      const workers = share(amount.workers, index, programs.length)
      const sessions = share(amount.sessions, index, programs.length)
      const stretch = { name: "bench", sessions, warmUpMs: WARM_UP_MS, ms: amount.windowMs }
      return program.order<PairsAnswer>({ do: "pairs", workers, ...stretch })
    }),
  )
}

function pairFigures(answers: readonly PairsAnswer[], windowMs: number): RunFields {
  const acquireMs = answers.flatMap((answer) => answer.acquireMs)
  const releaseMs = answers.flatMap((answer) => answer.releaseMs)
  return {
    pairsPerSec: significant((acquireMs.length * 1_000) / windowMs),
    latencyMs: quantiles(acquireMs.map((ms, index) => ms + (releaseMs[index] ?? 0))) ?? null,
    acquireMs: quantiles(acquireMs) ?? null,
    releaseMs: quantiles(releaseMs) ?? null,
  }
}

async function handoff({ arena, clients }: Task, windowMs: number): Promise<RunFields> {
  const programs = await programsAt(arena, arena.servers, clients)
  const answers = await Promise.all(
    programs.map((program, index) => {
      const sessions = share(clients, index, programs.length)
      const stretch = { name: "bench-one", sessions, warmUpMs: WARM_UP_MS, ms: windowMs }
      return program.order<HandoffAnswer>({ do: "handoff", ...stretch })
    }),
  )
  const grants = answers.flatMap((answer) => answer.grants)
  const each = answers.flatMap(({ grants: own }) => countBySession(own))
  return {
    locks: 1,
    handoffsPerSec: significant((grants.length * 1_000) / windowMs),
    latencyMs: quantiles(grants.map(({ waitMs }) => waitMs)) ?? null,
    fewestOfOneClient: Math.min(...each),
    mostOfOneClient: Math.max(...each),
    outOfOrder: outOfOrder(grants),
  }
}

/**
 * Applications that wait for one lock, of which the holder is killed each time; the servers are gone through in turn.
 */
class CrashChain {
  readonly #arena: Arena
  #holder: { readonly program: LoadProgram; readonly granted: Promise<HoldAnswer> } | undefined
  #count = 0

  constructor(arena: Arena) {
    this.#arena = arena
  }

  async kill(): Promise<RunFields> {
    const holder = this.#holder ?? (await this.#enter())
    await holder.granted
    const next = await this.#enter()
    this.#holder = next
    let grantedAtMs = 0
    const granted = next.granted.then(() => {
      grantedAtMs = performance.now()
    })
    await pauseFor(QUEUE_MS)
    const early = grantedAtMs > 0
    const killedAtMs = await holder.program.kill()
    await granted
    return { locks: 1, nextHolderMs: early ? null : grantedAtMs - killedAtMs, ttlMs: TTL_MS }
  }

  async close(): Promise<void> {
    await this.#holder?.program.kill()
  }

  async #enter(): Promise<{ readonly program: LoadProgram; readonly granted: Promise<HoldAnswer> }> {
    const { servers } = this.#arena
    const count = this.#count++
    const program = startLoad(this.#arena, servers[count % servers.length] ?? "", `crash-${count}`)
    await program.order({ do: "open", count: 1, ttlMs: TTL_MS })
    return { program, granted: program.order<HoldAnswer>({ do: "hold", name: "bench-crash" }) }
  }
}
