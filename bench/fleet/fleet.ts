import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { hashText, type Random } from "@conclave/base"
import type { HistoryFault } from "conclave/cli/fleet/history"
import type { FleetHistory } from "../history.ts"
import { Beliefs } from "./beliefs.ts"
import { signalProcess } from "./child.ts"
import type { Driver, MemberSpec, Running } from "./driver.ts"
import type { Observation } from "./observation.ts"

/** Most members of one fleet: each has a loopback address in one block of 250. */
export const FLEET_MEMBERS_MAX = 250
const LISTEN_LIMIT_MS = 30_000
const LISTEN_LIMIT_PER_MEMBER_MS = 1_000
const EXIT_LIMIT_MS = 5_000

const directories = new Set<string>()
// Also when the bench is interrupted. Children have been killed by then, so nobody writes any more.
process.on("exit", () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

interface Waiter {
  readonly holds: () => boolean
  readonly resolve: (held: boolean) => void
}

/** N real agents of one system on this machine, with an observer on each. */
export class Fleet {
  readonly driver: Driver
  readonly names: readonly string[]
  readonly beliefs: Beliefs = new Beliefs()
  readonly #directory: string
  readonly #members = new Map<string, MemberSpec>()
  readonly #running = new Map<string, Running>()
  readonly #waiters = new Set<Waiter>()
  readonly #history: FleetHistory
  #lines: Observation[] = []

  constructor(driver: Driver, n: number, random: Random, history: FleetHistory) {
    this.driver = driver
    this.#history = history
    this.#directory = mkdtempSync(join(tmpdir(), `${driver.name}-bench-`))
    directories.add(this.#directory)
    // A random block keeps two benches on one machine apart, and the fleets of one that are measured side by side;
    // 127.0.0.0/16 is left to others.
    const own = random.child(hashText(driver.name))
    const block = `127.${own.below(250) + 2}.${own.below(250) + 1}`
    const fleet = Array.from({ length: n }, (_, index) => ({
      name: `m${String(index + 1).padStart(3, "0")}`,
      host: `${block}.${index + 1}`,
    }))
    for (const { name, host } of fleet) {
      const directory = join(this.#directory, name)
      mkdirSync(directory)
      const seedHost = host === fleet[0]?.host ? undefined : `${block}.1`
      this.#members.set(name, { name, host, directory, seedHost, fleet })
    }
    this.names = [...this.#members.keys()]
  }

  /** Starts the first member, then all others at once. Resolves to when the last one listened. */
  async start(): Promise<number> {
    const [seed, ...others] = this.names
    if (seed === undefined) throw new RangeError("a fleet has at least one member")
    const started = this.#launch(seed)
    started.catch(() => undefined)
    const first = this.driver.startsTogether ? 0 : await started
    const rest = await Promise.all(others.map((name) => this.#launch(name)))
    return Math.max(first, await started, ...rest)
  }

  /** How a member was started. */
  member(name: string): MemberSpec {
    const found = this.#members.get(name)
    if (found === undefined) throw new RangeError(`the fleet has no ${name}`)
    return found
  }

  running(name: string): Running {
    const found = this.#running.get(name)
    if (found === undefined) throw new RangeError(`${name} does not run`)
    return found
  }

  /** SIGKILL, and until the process is gone. */
  async kill(name: string): Promise<void> {
    const running = this.running(name)
    this.#signal(name, "SIGKILL", { f: "kill", phase: "start" })
    this.#running.delete(name)
    await running.exited
  }

  stop(name: string): void {
    this.#signal(name, "SIGSTOP", { f: "pause", phase: "start" })
  }

  continue(name: string): void {
    this.#signal(name, "SIGCONT", { f: "pause", phase: "end" })
  }

  /** Starts a killed member again: same name, address and directory. */
  async restart(name: string): Promise<void> {
    this.beliefs.forget(name)
    this.#history.fault({ f: "restart", phase: "start", spec: { nodes: [name] } })
    await this.#launch(name)
  }

  /** True once all N×N rows say alive; false when the limit passes first. */
  async allSeeAll(limitMs: number): Promise<boolean> {
    const rows = this.names.length ** 2
    return this.until(() => this.beliefs.aliveRows === rows, limitMs)
  }

  /** Resolves to true once `holds`, checked after each line; false when the limit passes first. */
  async until(holds: () => boolean, limitMs: number): Promise<boolean> {
    if (holds()) return true
    return new Promise<boolean>((resolve) => {
      const waiter: Waiter = {
        holds,
        resolve: (held) => {
          clearTimeout(timer)
          this.#waiters.delete(waiter)
          resolve(held)
        },
      }
      const timer = setTimeout(() => waiter.resolve(false), limitMs)
      this.#waiters.add(waiter)
    })
  }

  /** The lines since the last call. */
  takeLines(): Observation[] {
    const lines = this.#lines
    this.#lines = []
    return lines
  }

  unobserve(): void {
    for (const running of this.#running.values()) running.unobserve()
  }

  pids(): number[] {
    return [...this.#running.values()].map((running) => running.pid)
  }

  /** Ends every process by id and removes the fleet's directory. */
  async close(): Promise<void> {
    this.unobserve()
    for (const waiter of [...this.#waiters]) waiter.resolve(false)
    const leaving = [...this.#running.values()]
    this.#running.clear()
    for (const running of leaving) signalProcess(running.pid, "SIGKILL")
    await withLimit(Promise.all(leaving.map((running) => running.exited)), EXIT_LIMIT_MS)
    rmSync(this.#directory, { recursive: true, force: true })
    directories.delete(this.#directory)
  }

  #signal(name: string, signal: NodeJS.Signals, { f, phase }: Pick<HistoryFault, "f" | "phase">): void {
    const { pid } = this.running(name)
    this.#history.fault({ f, phase, spec: { nodes: [name] } })
    signalProcess(pid, signal)
  }

  async #launch(name: string): Promise<number> {
    const member = this.member(name)
    const running = this.driver.launch(member, (line) => this.#observe(line))
    this.#running.set(name, running)
    const limitMs = LISTEN_LIMIT_MS + this.names.length * LISTEN_LIMIT_PER_MEMBER_MS
    const atMs = await withLimit(running.listening, limitMs)
    if (atMs === undefined) throw new Error(`${this.driver.name} ${name} does not listen after ${limitMs} ms`)
    return atMs
  }

  #observe(line: Observation): void {
    this.beliefs.apply(line)
    this.#lines.push(line)
    this.#history.member(line)
    for (const waiter of [...this.#waiters]) if (waiter.holds()) waiter.resolve(true)
  }
}

async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
