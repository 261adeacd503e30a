import { PerformanceObserver } from "node:perf_hooks"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type { Millis } from "@conclave/base"
import { logIndex, type SnapshotMeta, term } from "@conclave/consensus"
import type { LogStore, SnapshotWriter } from "conclave/log-store"
import { collectYoung } from "conclave/node/collector"
import type { Clock } from "conclave/ports"
import { installSnapshot, writeSnapshot } from "conclave/replica/snapshot-duties"
import { FilledState, type StateSize } from "./fill.ts"
import { Mixture } from "./mixture.ts"
import { Stretches } from "./stretches.ts"

/** One state and what is measured of it, in a process of its own. */
export interface StateTask {
  readonly size: StateSize
  readonly applyMs: number
  readonly snapshots: number
}

export interface StateOutcome {
  /** What the process has grown by, garbage collected before and after; and of that the heap. */
  readonly rssBytes: number
  readonly heapBytes: number
  /** Of the records of a snapshot. */
  readonly stateBytes: number
  readonly appliesPerSec: number
  /** The same by the time that the process had a processor, its collector's threads counted. */
  readonly appliesPerCpuSec: number
  /** The longest stretches without a rest, of each snapshot taken and installed. */
  readonly snapshotPauseMs: readonly number[]
  readonly installPauseMs: readonly number[]
  readonly snapshotMs: readonly number[]
  readonly installMs: readonly number[]
  /** Of a loop that does nothing, as long as each snapshot: what the machine itself holds up. */
  readonly emptyPauseMs: readonly number[]
  /** The longest stop of the program's own garbage collector meanwhile, which is part of the pauses. */
  readonly collectorPauseMs: number
}

const WARM_UP_MS = 1_000
const BATCH = 1_000
/** Records weighed in one stretch before the snapshot. */
const WEIGHED = 128
/** Of the loop that does nothing: as those of a replica. */
const SLICE_MS = 1
/** Commands applied between two slices of a snapshot: what is written meanwhile must be set aside. */
const BETWEEN = 20

export async function tryState(task: StateTask): Promise<StateOutcome> {
  const before = settledMemory()
  const state = new FilledState(task.size)
  const after = settledMemory()
  const mixture = new Mixture(state)
  applyFor(state, mixture, Math.min(WARM_UP_MS, task.applyMs))
  const speed = applyFor(state, mixture, task.applyMs)
  const snapshots: Taken[] = []
  const installs: Stretched[] = []
  const empty: Stretched[] = []
  // What the applying has left is not the snapshot's: twice, since what is young moves once before it is old.
  for (let count = 0; count < 2; count++) collectYoung()
  // What the collector did until now is told a turn later.
  await new Promise((resolve) => setImmediate(resolve))
  const collector = watchCollector()
  for (let count = 0; count < task.snapshots; count++) {
    const taken = await takeSnapshot(state, mixture)
    installs.push(await install(taken.chunks, taken.index))
    empty.push(await spin(taken.wholeMs))
    snapshots.push({ ...taken, chunks: [] })
  }
  return {
    rssBytes: after.rss - before.rss,
    heapBytes: after.heapUsed - before.heapUsed,
    stateBytes: state.machine.stateBytes,
    ...speed,
    snapshotPauseMs: snapshots.map(longestOf),
    installPauseMs: installs.map(longestOf),
    snapshotMs: snapshots.map(wholeOf),
    installMs: installs.map(wholeOf),
    emptyPauseMs: empty.map(longestOf),
    collectorPauseMs: await collector(),
  }
}

/** Commands applied in a second; what writes them is not counted. */
function applyFor(
  state: FilledState,
  mixture: Mixture,
  ms: number,
): Pick<StateOutcome, "appliesPerSec" | "appliesPerCpuSec"> {
  let [appliedMs, cpuMs, applied] = [0, 0, 0]
  while (appliedMs < ms) {
    const { data, askers } = mixture.next(BATCH)
    const results = new Array(data.length)
    const beganAtMs = performance.now()
    const cpuBefore = process.cpuUsage()
    for (let at = 0; at < data.length; at++) results[at] = state.apply(data[at] as Uint8Array)
    const { user, system } = process.cpuUsage(cpuBefore)
    appliedMs += performance.now() - beganAtMs
    cpuMs += (user + system) / 1_000
    applied += data.length
    for (const [at, session] of askers) {
      const { result } = results[at]
      if (result.kind === "granted") mixture.granted(session, result.token)
    }
  }
  return { appliesPerSec: (applied * 1_000) / appliedMs, appliesPerCpuSec: (applied * 1_000) / cpuMs }
}

interface Stretched {
  readonly longestMs: number
  readonly wholeMs: number
}

function longestOf({ longestMs }: Stretched): number {
  return longestMs
}

function wholeOf({ wholeMs }: Stretched): number {
  return wholeMs
}

interface Taken extends Stretched {
  readonly chunks: readonly Uint8Array[]
  readonly index: number
}

/**
 * As a replica does it (`agent/replica/snapshot-duties.ts`), into memory, while commands are applied between the
 * slices.
 */
async function takeSnapshot(state: FilledState, mixture: Mixture): Promise<Taken> {
  const stretches = new Stretches()
  const chunks: Uint8Array[] = []
  const beganAtMs = performance.now()
  const others = (): void => {
    for (const each of mixture.next(BETWEEN).data) state.apply(each)
  }
  const writer: SnapshotWriter = {
    append: (chunk, taken) => {
      chunks.push(chunk)
      stretches.later(() => taken({ ok: true }), others)
    },
    finish: (done) => done({ ok: true }),
    abort: () => undefined,
  }
  return new Promise((resolve) => {
    const take = (): void => {
      // Its size is asked for as well: how far the log may grow depends on it.
      void state.machine.stateBytes
      const reader = state.machine.snapshot()
      writeSnapshot({ clock: clockOf(stretches, others), reader, writer, isCalledOff: () => false }, () => {
        reader.close()
        const { index } = reader
        stretches.over((longestMs) => resolve({ longestMs, wholeMs: performance.now() - beganAtMs, chunks, index }))
      })
    }
    const settle = (): void => (state.machine.weigh(WEIGHED) ? stretches.later(settle) : take())
    stretches.now(settle)
  })
}

async function install(chunks: readonly Uint8Array[], index: number): Promise<Stretched> {
  const stretches = new Stretches()
  const left = [...chunks]
  const store = {
    readSnapshot: () => ({
      next: (done: (chunk: { kind: "chunk"; bytes: Uint8Array } | { kind: "end" }) => void) =>
        stretches.later(() => {
          const bytes = left.shift()
          done(bytes === undefined ? { kind: "end" } : { kind: "chunk", bytes })
        }),
      close: () => undefined,
    }),
  } as unknown as LogStore
  const meta: SnapshotMeta = {
    index: logIndex(index),
    term: term(1),
    featureLevel: 1,
    group: { voters: [], outgoing: [], learners: [], learnersNext: [] },
  }
  const beganAtMs = performance.now()
  return new Promise((resolve, reject) => {
    stretches.now(() =>
      installSnapshot({ store, clock: clockOf(stretches) }, meta, (outcome) => {
        if (typeof outcome === "string") return reject(new Error(outcome))
        stretches.over((longestMs) => resolve({ longestMs, wholeMs: performance.now() - beganAtMs }))
      }),
    )
  })
}

/** As long a time in slices of the same length, of nothing at all. */
async function spin(ms: number): Promise<Stretched> {
  const stretches = new Stretches()
  const beganAtMs = performance.now()
  return new Promise((resolve) => {
    const slice = (): void => {
      const nowMs = performance.now()
      while (performance.now() < nowMs + SLICE_MS);
      const wholeMs = performance.now() - beganAtMs
      if (wholeMs < ms) stretches.later(slice)
      else stretches.over((longestMs) => resolve({ longestMs, wholeMs }))
    }
    stretches.later(slice)
  })
}

function clockOf(stretches: Stretches, between?: () => void): Clock {
  const clock: Pick<Clock, "now" | "afterTurn" | "afterSlice"> = {
    now: () => performance.now() as Millis,
    afterTurn: (act) => stretches.later(act, between),
    afterSlice: (act) => {
      collectYoung()
      stretches.later(act, between)
    },
  }
  return clock as Clock
}

/** The result: its longest stop since. */
function watchCollector(): () => Promise<number> {
  let longestMs = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestMs = Math.max(longestMs, duration)
  })
  observer.observe({ entryTypes: ["gc"] })
  return async () => {
    // What it has seen is told a turn later.
    await new Promise((resolve) => setImmediate(resolve))
    observer.disconnect()
    return longestMs
  }
}

function settledMemory(): NodeJS.MemoryUsage {
  setFlagsFromString("--expose-gc")
  const collect = runInNewContext("gc") as () => void
  for (let count = 0; count < 3; count++) collect()
  return process.memoryUsage()
}
