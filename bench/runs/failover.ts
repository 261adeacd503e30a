import { setTimeout as delay } from "node:timers/promises"
import { monotonicNs } from "conclave/cli/fleet/monotonic"
import type { Bench, BenchContext } from "../context.ts"
import { probeDisk } from "../disk-probe.ts"
import { type Arena, inArenas, openSessions, withLoad } from "../group/arena.ts"
import type { LoadProgram } from "../group/load-program.ts"
import { longestPauseMs } from "../group/pauses.ts"
import { SERVERS } from "../group/system.ts"
import type { Ack, SettleAnswer } from "../load/orders.ts"
import { watchLoad } from "../machine-load.ts"
import { FAILOVER_METRICS } from "../metrics.ts"
import { FAILOVER_FAULTS, type FailoverFault } from "../plan.ts"
import { quantiles } from "../quantiles.ts"
import type { RunFields } from "../record.ts"
import { pauseFor } from "./pause.ts"

/** Between two writes of one writer: as fine as an outage is seen. */
const WRITE_EVERY_MS = 10
const KEPT_LOCKS = 8
/** Writing before the fault and after the first write behind it. */
const CALM_MS = 1_500
const FIRST_WRITE_LIMIT_MS = 60_000
const LEADER_LIMIT_MS = 60_000
const AGAIN_MS = 50
/** Kills of one run of `turns`: each server goes twice. */
const TURNS = 6

/** The leader of the servers goes → the first write that is acknowledged after it, and what was lost. */
export const FAILOVER: Bench = {
  metrics: FAILOVER_METRICS,
  variant: ["fault"],
  peers: ["etcd", "sealed"],
  run: async (context) => {
    const { n = SERVERS, runs, faults } = context.plan
    for (const fault of FAILOVER_FAULTS) {
      if (faults !== undefined && !faults.includes(fault)) continue
      // Servers of their own for each run: whoever has just lost a leader is slower to believe that it lost the next.
      for (let run = 1; run <= runs; run++) {
        await inArenas(context, n, async (arenas) => {
          for (const arena of arenas) await runOnce(context, { arena, fault, run })
        })
      }
    }
  },
}

interface Trial {
  readonly arena: Arena
  readonly fault: FailoverFault
  readonly run: number
}

async function runOnce(context: BenchContext, trial: Trial): Promise<void> {
  const { arena, fault, run } = trial
  const { name: system, version: systemVersion, profile } = arena.system.driver
  context.progress(`failover ${run}/${context.plan.runs}: ${fault} of ${system}`)
  const fdatasyncUs = probeDisk()
  const machine = watchLoad()
  const figures = fault === "turns" ? await inTurns(arena) : await once(arena, fault)
  const place = { system, systemVersion, profile, run, n: arena.fleet.names.length }
  context.record(place, { fault, ...figures, fdatasyncUs, ...machine() })
}

/** One fault of the leader, with writers at everybody who stays. */
async function once(arena: Arena, fault: Exclude<FailoverFault, "turns">): Promise<RunFields> {
  const leader = await untilLeader(arena, arena.servers)
  const writers = arena.fleet.names.filter((name) => fault === "transfer" || name !== leader)
  const figures = await withWriters(arena, writers, async (programs) => {
    const sinceNs = nowNs()
    const struck = strike(arena, fault, leader)
    const firstWriteMs = await firstWrite(programs, sinceNs)
    await struck
    await pauseFor(CALM_MS)
    const settled = await settle(programs)
    const pauseMs = longestPauseMs(settled.acks, sinceNs)
    // The old leader goes on writing until it has handed over: what an application feels is the pause.
    return { firstWriteMs: fault === "transfer" ? pauseMs : firstWriteMs, pauseMs, ...settled.counts }
  })
  return { ...figures, agents: writers.length }
}

async function strike({ fleet, system }: Arena, fault: "kill" | "stop" | "transfer", leader: string): Promise<void> {
  if (fault === "kill") await fleet.kill(leader)
  else if (fault === "stop") fleet.stop(leader)
  else await system.transfer(fleet)
}

/** One server after the other goes and returns, and the next goes as soon as that one listens: two of three live. */
async function inTurns(arena: Arena): Promise<RunFields> {
  const { fleet, servers } = arena
  const figures = await withWriters(arena, servers, async (programs) => {
    const firstMs: number[] = []
    let unwritable = 0
    for (let turn = 0; turn < TURNS; turn++) {
      const victim = servers[turn % servers.length] ?? ""
      const sinceNs = nowNs()
      const killed = fleet.kill(victim)
      const others = programs.filter(({ server }) => server !== victim)
      const ms = await firstWrite(others, sinceNs)
      await killed
      if (ms === null) unwritable++
      else firstMs.push(ms)
      await fleet.restart(victim)
    }
    await pauseFor(CALM_MS)
    const settled = await settle(programs)
    return { firstWriteMs: quantiles(firstMs) ?? null, unwritable, turns: TURNS, ...settled.counts }
  })
  return { ...figures, agents: servers.length }
}

async function withWriters<T>(
  arena: Arena,
  servers: readonly string[],
  use: (programs: readonly LoadProgram[]) => Promise<T>,
): Promise<T> {
  return withLoad(arena, servers, async (programs) => {
    await openSessions(programs, programs.length)
    await Promise.all(programs.map((each) => each.order({ do: "keep", name: "bench-kept", count: KEPT_LOCKS })))
    await Promise.all(programs.map((each) => each.order({ do: "write", name: "bench-write", everyMs: WRITE_EVERY_MS })))
    await pauseFor(CALM_MS)
    return use(programs)
  })
}

/** null = none within the limit. */
async function firstWrite(programs: readonly LoadProgram[], sinceNs: bigint): Promise<number | null> {
  const over = new AbortController()
  const limit = delay(FIRST_WRITE_LIMIT_MS, null, { signal: over.signal })
  limit.catch(() => undefined)
  const first = programs.map((program) => program.order<Ack>({ do: "firstAfter", ns: String(sinceNs) }))
  const ack = await Promise.race([...first, limit])
  over.abort()
  return ack === null ? null : Number(BigInt(ack.doneNs) - sinceNs) / 1e6
}

async function settle(programs: readonly LoadProgram[]): Promise<{ acks: readonly Ack[]; counts: RunFields }> {
  const answers = await Promise.all(programs.map((program) => program.order<SettleAnswer>({ do: "settle" })))
  const acks = answers.flatMap((answer) => answer.acks)
  const sum = (pick: (answer: SettleAnswer) => number): number => answers.reduce((all, each) => all + pick(each), 0)
  const [lostWrites, lostGrants] = [sum(({ missing }) => missing), sum((each) => each.lostGrants)]
  return { acks, counts: { writes: acks.length, lostWrites, lostGrants } }
}

async function untilLeader({ system, fleet }: Arena, among: readonly string[]): Promise<string> {
  const deadlineMs = performance.now() + LEADER_LIMIT_MS
  for (;;) {
    const leader = await system.leader(fleet, among)
    if (leader !== undefined) return leader
    if (performance.now() > deadlineMs)
      throw new Error(`${system.driver.name} has no leader after ${LEADER_LIMIT_MS} ms`)
    await pauseFor(AGAIN_MS)
  }
}

function nowNs(): bigint {
  return BigInt(monotonicNs(performance.now()))
}
