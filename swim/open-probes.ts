import { type Addr, Deadlines, type NodeId } from "@conclave/base"
import type { Core } from "./core.ts"
import type { Row } from "./member-table.ts"
import type { Standing } from "./merge.ts"
import { stretchMs } from "./suspicion.ts"

/** Why a probe runs: only the first three kinds accuse when they fail. */
export type Purpose = "probe" | "corroborate" | "asked" | "relay" | "lastCall" | "reconnect" | "call"

/** Who asked for a relayed probe, and gets its answer. */
export interface Requester {
  readonly nonce: number
  readonly addr: Addr
}

export interface Probe {
  readonly nonce: number
  readonly purpose: Purpose
  readonly row: Row
  readonly id: NodeId
  /** The version that is asked: a silence says nothing about a later one (SWIM §4.2). */
  readonly version: Standing
  readonly sentMs: number
  readonly directMs: number
  readonly windowMs: number
  stage: "direct" | "indirect"
  helpers: readonly NodeId[]
  /** Helpers that said in time that they have no answer, each once. */
  readonly nackers: NodeId[]
  /** How far our own stalls have put its deadlines off (`stretchMs`). */
  extendedMs: number
  lostMs: number
  longestStallMs: number
  readonly requester: Requester | undefined
  /** Of those that somebody in this process asked for, the kinds `asked` and `call`. */
  readonly call: number
}

export interface ProbeOptions {
  readonly purpose: Purpose
  readonly directMs: number
  readonly windowMs: number
  readonly requester?: Requester
  readonly call?: number
}

export function accuses({ purpose }: Probe): boolean {
  return purpose === "probe" || purpose === "corroborate" || purpose === "asked"
}

/** The probes that are on their way, each with a number of its own and the time at which it is judged. */
export class OpenProbes {
  readonly #core: Core
  readonly #probes: Map<number, Probe> = new Map()
  readonly #due: Deadlines<number> = new Deadlines()

  constructor(core: Core) {
    this.#core = core
  }

  get nextMs(): number {
    return this.#due.next
  }

  get(nonce: number): Probe | undefined {
    return this.#probes.get(nonce)
  }

  /** A probe to this row is open that may accuse it. */
  isUnderWay(row: Row): boolean {
    for (const probe of this.#probes.values()) {
      if (probe.row === row && accuses(probe)) return true
    }
    return false
  }

  open(row: Row, how: ProbeOptions): Probe {
    const { random, table, nowMs } = this.#core
    let nonce = random.uint32()
    while (nonce === 0 || this.#probes.has(nonce)) nonce = random.uint32()
    const probe: Probe = {
      nonce,
      purpose: how.purpose,
      row,
      id: table.record(row).id,
      version: table.standing(row),
      sentMs: nowMs,
      directMs: how.directMs,
      windowMs: how.windowMs,
      stage: "direct",
      helpers: [],
      nackers: [],
      extendedMs: 0,
      lostMs: 0,
      longestStallMs: 0,
      requester: how.requester,
      call: how.call ?? 0,
    }
    this.#probes.set(nonce, probe)
    this.#due.set(nonce, nowMs + how.directMs)
    return probe
  }

  /** The direct answer is overdue; helpers have the rest of the window. */
  goIndirect(probe: Probe): void {
    probe.stage = "indirect"
    this.#due.set(probe.nonce, probe.sentMs + probe.windowMs + probe.extendedMs)
  }

  close(probe: Probe): void {
    this.#probes.delete(probe.nonce)
    this.#due.clear(probe.nonce)
  }

  /** The number of the next one whose time is up. */
  takeDue(): number | undefined {
    return this.#due.take(this.#core.nowMs)?.key
  }

  /** Our process did nothing for a while: what was asked before cannot be judged by now. */
  lostTime(lostMs: number): void {
    for (const probe of this.#probes.values()) {
      const overlapMs = Math.min(lostMs, this.#core.nowMs - probe.sentMs)
      probe.lostMs += overlapMs
      probe.longestStallMs = Math.max(probe.longestStallMs, overlapMs)
      const before = probe.extendedMs
      probe.extendedMs = stretchMs(probe.windowMs, probe)
      const due = this.#due.due(probe.nonce)
      if (due !== undefined) this.#due.set(probe.nonce, due + probe.extendedMs - before)
    }
  }
}
