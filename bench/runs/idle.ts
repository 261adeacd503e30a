import { Random } from "@conclave/base"
import type { Bench, BenchContext } from "../context.ts"
import { cpuSeconds, readProc } from "../cpu.ts"
import type { Driver } from "../fleet/driver.ts"
import { Fleet } from "../fleet/fleet.ts"
import { watchLoad } from "../machine-load.ts"
import { IDLE_METRICS } from "../metrics.ts"
import { insideNamespace } from "../namespace.ts"
import { kiloBytesField, type Traffic, trafficSent } from "../proc.ts"
import { quantiles, significant } from "../quantiles.ts"
import type { RunFields } from "../record.ts"
import { pauseFor } from "./pause.ts"

const MEMBERS_DEFAULT = 32
const BOOT_LIMIT_MS = 150_000
/** From "everybody sees everybody" to the window: joining and its repairs are over by then. */
const SETTLE_MS = 10_000
const WINDOW_MS = 30_000
const MEGABYTE = 1e6

/** What an agent costs while nothing happens, nobody watching. */
export const IDLE: Bench = {
  metrics: IDLE_METRICS,
  variant: [],
  peers: ["serf", "sealed"],
  run: async (context) => {
    if (!insideNamespace()) {
      context.progress("no network namespace here: bytes and packets cannot be told from those of others")
    }
    for (let run = 1; run <= context.plan.runs; run++) {
      for (const driver of context.drivers) await idleOnce(context, driver, run)
    }
  },
}

async function idleOnce(context: BenchContext, driver: Driver, run: number): Promise<void> {
  const n = context.plan.n ?? MEMBERS_DEFAULT
  const windowMs = context.plan.durationMs ?? WINDOW_MS
  const { name: system, version: systemVersion, profile } = driver
  context.progress(`idle ${run}/${context.plan.runs}: ${n} × ${system}, ${windowMs / 1_000} s of rest`)
  const fleet = new Fleet(driver, n, new Random(context.plan.seed + run), context.history.of(system))
  try {
    await fleet.start()
    const complete = await fleet.allSeeAll(BOOT_LIMIT_MS)
    fleet.unobserve()
    await pauseFor(SETTLE_MS)
    const figures = await measureWindow(fleet.pids(), windowMs)
    context.record({ system, systemVersion, profile, run, n }, { raft: "none", complete, ...figures })
  } finally {
    await fleet.close()
  }
}

async function measureWindow(pids: readonly number[], windowMs: number): Promise<RunFields> {
  const machine = watchLoad()
  const before = sample(pids)
  const beganAtMs = performance.now()
  await pauseFor(windowMs)
  const after = sample(pids)
  const seconds = (performance.now() - beganAtMs) / 1_000
  const share = 1 / (seconds * pids.length)
  const cpu = after.cpuSeconds.map((end, index) => (end - (before.cpuSeconds[index] ?? 0)) / seconds)
  const sent = (pick: (traffic: Traffic) => number): number | null =>
    before.traffic === undefined || after.traffic === undefined
      ? null
      : significant((pick(after.traffic) - pick(before.traffic)) * share)
  const memory = memoryOf(pids)
  return {
    bytesPerSec: sent((traffic) => traffic.bytes),
    packetsPerSec: sent((traffic) => traffic.packets),
    cpuPercent: significant((cpu.reduce((sum, cores) => sum + cores, 0) / pids.length) * 100),
    cpuPercentMax: significant(Math.max(...cpu) * 100),
    ...memory,
    windowMs,
    ...machine(),
  }
}

interface Sample {
  readonly cpuSeconds: readonly number[]
  readonly traffic: Traffic | undefined
}

function sample(pids: readonly number[]): Sample {
  const seconds = pids.map(cpuSeconds)
  return { cpuSeconds: seconds, traffic: insideNamespace() ? trafficSent(readProc("/proc/net/dev"), "lo") : undefined }
}

/** Resident memory, and the share of it that is fairly an agent's own where pages are shared (PSS). */
function memoryOf(pids: readonly number[]): RunFields {
  const rollups = pids.map((pid) => readProc(`/proc/${pid}/smaps_rollup`))
  const megabytes = (field: string): number[] =>
    rollups.flatMap((text) => {
      const bytes = kiloBytesField(text, field)
      return bytes === undefined ? [] : [bytes / MEGABYTE]
    })
  const rss = quantiles(megabytes("Rss"))
  const pss = quantiles(megabytes("Pss"))
  return {
    rssMb: rss === undefined ? null : significant(rss.p50),
    rssMaxMb: rss === undefined ? null : significant(rss.max),
    pssMb: pss === undefined ? null : significant(pss.p50),
  }
}
