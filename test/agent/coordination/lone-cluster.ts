import type { Millis, NodeId } from "@conclave/base"
import { type Change, type Command, encodeCommand, Machine } from "@conclave/consensus"
import { MACHINE_LIMITS, type MachineLimits } from "@conclave/consensus/machine/limits"
import type { Cluster, Proposed, Read, StateListener, StateView } from "conclave/coordination/cluster"
import type { Clock, Processes, Secrets } from "conclave/ports"
import { memberId } from "../fake-view.ts"

const NO_QUORUM = { kind: "not-proposed", reason: "no-quorum", up: 1, needed: 2 } as const

/**
 * The real state machine behind a log of one, as an agent sees it; a test takes its quorum away or loses its answers.
 */
export class LoneCluster implements Cluster {
  readonly host: NodeId = memberId("a")
  readonly machine: Machine
  hasQuorum: boolean = true
  /** Answers that get lost: the commands are applied. */
  losesAnswers: (command: Command) => boolean = () => false
  /** An entry is at work here, so that the state cannot be asked. */
  isAtWork: boolean = false
  /** Calls back later, as a real cluster does; tests with a clock of their own have it at once. */
  isLate: boolean
  readonly commands: Command[] = []
  readonly #clock: Clock
  readonly #listeners: Set<StateListener> = new Set()
  readonly #startMs: number
  readonly #entries: Parameters<Machine["begin"]>[0][] = []
  #behind: Machine | undefined

  constructor(clock: Clock, isLate = false, limits: Partial<MachineLimits> = {}) {
    this.machine = new Machine({ ...MACHINE_LIMITS, ...limits })
    this.#clock = clock
    this.isLate = isLate
    this.#startMs = clock.now()
    this.apply({ kind: "found", clusterId: "c".repeat(26), wallMs: 1_700_000_000_000 })
    const tick = clock.alarm(() => {
      if (this.hasQuorum) this.apply({ kind: "tick" })
      tick.set((clock.now() + 50) as Millis)
    })
    tick.set((clock.now() + 50) as Millis)
    this.#stop = () => tick.clear()
  }

  readonly #stop: () => void

  stop(): void {
    this.#stop()
  }

  boot: () => number = () => 1

  readonly propose = (command: Command, _deadline: Millis, done: (outcome: Proposed) => void): void => {
    if (!this.hasQuorum) return this.#later(() => done(NO_QUORUM))
    const result = this.apply(command)
    const outcome: Proposed = this.losesAnswers(command)
      ? { kind: "unknown" }
      : { kind: "applied", result, rev: this.machine.rev }
    this.#later(() => done(outcome))
  }

  readonly renew: Cluster["renew"] = (renewal, _deadline, done) => {
    if (!this.hasQuorum) return this.#later(() => done(undefined))
    const result = this.apply({ kind: "renewHosts", items: [renewal] })
    this.#later(() => done(result.kind === "renewed" ? result.items[0] : undefined))
  }

  readonly hasState = (): boolean => true

  readonly read = (_deadline: Millis, done: (outcome: Read) => void): void => {
    const outcome: Read = this.hasQuorum ? { kind: "read", state: this.machine } : NO_QUORUM
    this.#later(() => done(outcome))
  }

  readonly local = (): { readonly state: StateView; readonly ageMs: number } | undefined =>
    this.isAtWork ? undefined : { state: this.#behind ?? this.machine, ageMs: 0 }

  readonly listen = (listener: StateListener): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The state of this host stays what it is now: a replica that has yet to hear what is decided from here on. */
  fallBehind(): void {
    const behind = new Machine(MACHINE_LIMITS)
    for (const entry of this.#entries) applyTo(behind, entry)
    this.#behind = behind
  }

  /** As if a snapshot had come that says what this machine says: changes since the last word were not told. */
  replace(): void {
    this.tell((listener) => listener.replaced(this.machine))
  }

  /** Says something to all that listen. */
  tell(say: (listener: StateListener) => void): void {
    for (const listener of [...this.#listeners]) say(listener)
  }

  /** What other hosts do. `isTold`: this one hears of the changes. */
  apply(command: Command, isTold = true): Extract<Proposed, { kind: "applied" }>["result"] {
    if (command.kind !== "tick") this.commands.push(command)
    const stampMs = Math.floor(this.#clock.now() - this.#startMs)
    const entry = { index: this.#entries.length + 1, stampMs, data: encodeCommand(command) }
    this.#entries.push(entry)
    const applied = applyTo(this.machine, entry)
    const changes: readonly Change[] = applied.changes
    if (isTold && changes.length > 0) {
      for (const listener of [...this.#listeners]) listener.changed(applied.rev, changes, this.machine)
    }
    return applied.result ?? { kind: "done", rev: applied.rev }
  }

  #later(work: () => void): void {
    if (this.isLate) queueMicrotask(work)
    else work()
  }
}

function applyTo(machine: Machine, entry: Parameters<Machine["begin"]>[0]) {
  machine.begin(entry)
  let applied = machine.step(1000)
  while (applied === undefined) applied = machine.step(1000)
  if (applied.kind === "stopped") throw new Error(applied.reason)
  return applied
}

/** Processes of which a test says what is proven. */
export class FakeProcesses implements Processes {
  /** Of pids and groups: those that can be found. */
  readonly known: Set<number> = new Set()
  readonly gone: Set<number> = new Set()

  readonly find: Processes["find"] = ({ pid }, done) => done(this.#found(pid))
  readonly findGroup: Processes["findGroup"] = (group, _near, done) => done(this.#found(group))

  #found(number: number) {
    if (!this.known.has(number)) return undefined
    return { isGone: (done: (isGone: boolean) => void) => done(this.gone.has(number)) }
  }
}

/** Secrets that a test can foresee: the first session is `aaa…a`. */
export function fakeSecrets(): Secrets {
  let made = 0
  return {
    session: () => {
      const letter = String.fromCharCode(97 + (made++ % 26))
      // 26 characters are 130 bits, an id has 128 of them.
      return { id: `${letter.repeat(25)}a`, secret: `secret-${made}` }
    },
    hash: (secret) => {
      const bytes = new Uint8Array(32)
      for (let at = 0; at < secret.length; at++)
        bytes[at % 32] = ((bytes[at % 32] ?? 0) * 31 + secret.charCodeAt(at)) & 255
      return bytes
    },
  }
}
