import { readFileSync } from "node:fs"
import { performance } from "node:perf_hooks"
import { HEALTH_BITS } from "@conclave/swim"
import type { OpenDatagrams } from "./datagrams.ts"
import type { OpenDisk } from "./disk.ts"

/** One look at this host. Counters grow from the start of the agent, or of the machine. */
export interface HealthSample {
  readonly atMs: number
  /** How much later than asked the look came: the event loop was busy, or stopped. */
  readonly lateMs: number
  /** Microseconds that the cgroup's CPU quota kept us waiting. */
  readonly throttledUs: number
  readonly isDiskSick: boolean
  /** Failed sends and datagrams that the kernel dropped. */
  readonly socketLosses: number
}

const LATE_MS = 250
/** So many late looks within the window are a sick loop; one may be anything. */
const LATE_LOOKS = 3
/** Waiting for more than a tenth of the time is a sick CPU. */
const THROTTLED_PART = 0.1
const SOCKET_LOSSES = 10
/** What was seen counts for this long; a bit clears only after that, so that it does not flap. */
const WINDOW_MS = 30_000

/** Turns looks into the bits that a member's record carries: a sick agent says so before it dies. */
export class HealthJudge {
  #samples: HealthSample[] = []

  look(sample: HealthSample): number {
    this.#samples = this.#samples.filter(({ atMs }) => sample.atMs - atMs <= WINDOW_MS)
    this.#samples.push(sample)
    const first = this.#samples[0] ?? sample
    const late = this.#samples.filter(({ lateMs }) => lateMs >= LATE_MS).length
    const throttledMs = (sample.throttledUs - first.throttledUs) / 1000
    const lastedMs = sample.atMs - first.atMs
    let bits = 0
    if (late >= LATE_LOOKS) bits |= HEALTH_BITS.loop
    if (lastedMs > 0 && throttledMs > lastedMs * THROTTLED_PART) bits |= HEALTH_BITS.cpu
    if (this.#samples.some(({ isDiskSick }) => isDiskSick)) bits |= HEALTH_BITS.disk
    if (sample.socketLosses - first.socketLosses >= SOCKET_LOSSES) bits |= HEALTH_BITS.socket
    return bits
  }
}

export interface HealthWatchOptions {
  readonly disk: OpenDisk
  readonly datagrams: OpenDatagrams
  /** Called when the bits change, and only then; they start at 0. */
  readonly onChange: (bits: number) => void
  /** Time between looks; default 2 s. */
  readonly everyMs?: number
}

/** Looks at this host from time to time until it is closed. */
export function watchHealth(options: HealthWatchOptions): { readonly close: () => void } {
  const everyMs = options.everyMs ?? 2000
  const judge = new HealthJudge()
  const cpuStat = cpuStatFile()
  let bits = 0
  let dueMs = performance.now() + everyMs
  const look = (): void => {
    const atMs = performance.now()
    const { disk, datagrams } = options
    const now = judge.look({
      atMs,
      lateMs: atMs - dueMs,
      throttledUs: throttledUs(cpuStat),
      isDiskSick: disk.problem() !== undefined,
      socketLosses: datagrams.sendErrors() + datagrams.kernelDrops(),
    })
    dueMs = atMs + everyMs
    timer = setTimeout(look, everyMs)
    timer.unref()
    if (now === bits) return
    bits = now
    options.onChange(bits)
  }
  let timer = setTimeout(look, everyMs)
  timer.unref()
  return { close: () => clearTimeout(timer) }
}

/** Our own cgroup's file (cgroup v2: a line `0::PATH` in /proc/self/cgroup); undefined where there is none. */
function cpuStatFile(): string | undefined {
  const path = /^0::(.*)$/m.exec(text("/proc/self/cgroup"))?.[1]
  const file = `/sys/fs/cgroup${path === "/" ? "" : path}/cpu.stat`
  return path !== undefined && text(file) !== "" ? file : undefined
}

/** cpu.stat, throttled_usec (kernel, admin-guide/cgroup-v2); 0 where there is no quota. */
function throttledUs(file: string | undefined): number {
  if (file === undefined) return 0
  return Number(/^throttled_usec (\d+)$/m.exec(text(file))?.[1] ?? 0)
}

function text(file: string): string {
  try {
    return readFileSync(file, "latin1")
  } catch {
    return ""
  }
}
