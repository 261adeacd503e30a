import { assert, Deadlines } from "@conclave/base"
import { type Core, clusterSize, isConclave } from "./core.ts"
import type { Row } from "./member-table.ts"
import { type Suspicion, type SuspicionBounds, suspicionBounds, suspicionDueMs } from "./suspicion.ts"
import type { Accuser } from "./types.ts"

/** The accused is asked once more this long before its suspicion ends: its refutation may have missed us. */
const LAST_CALL_MS = 600

/** The suspicions that run at this observer (Lifeguard §IV-B): when each ends, and what puts its end off. */
export class Suspects {
  readonly #core: Core
  readonly #running: Map<Row, Suspicion> = new Map()
  readonly #until: Deadlines<Row> = new Deadlines()
  /** No suspicion ends before this: the kernel threw away what may have been answers. */
  #holdUntilMs = 0
  #heldSinceMs = 0

  constructor(core: Core) {
    this.#core = core
  }

  get nextMs(): number {
    return this.#until.next
  }

  of(row: Row): Suspicion | undefined {
    return this.#running.get(row)
  }

  /** True when further accusers would not end its suspicion any sooner. */
  isConfirmed(row: Row): boolean {
    const suspicion = this.#running.get(row)
    return suspicion !== undefined && suspicion.accusers.length > suspicion.bounds.wanted
  }

  begin(row: Row, accusers: readonly Accuser[]): void {
    const bounds = this.#bounds()
    const startMs = this.#core.nowMs
    this.#run(row, { startMs, bounds, accusers, lostMs: 0, longestStallMs: 0, calledMs: undefined })
  }

  /** The same suspicion with all who accuse by now. */
  confirm(row: Row, suspicion: Suspicion, accusers: readonly Accuser[]): void {
    this.#run(row, { ...suspicion, accusers })
  }

  /** Somebody died, left or announced a restart: where too few are left to confirm, no suspicion waits for them. */
  fewer(): void {
    if (!isConclave(this.#core) || this.#bounds().wanted > 0) return
    for (const [row, suspicion] of this.#running) {
      const { bounds } = suspicion
      if (bounds.wanted > 0) this.#run(row, { ...suspicion, bounds: { ...bounds, wanted: 0 } })
    }
  }

  end(row: Row): void {
    this.#running.delete(row)
    this.#until.clear(row)
  }

  /** Whose turn has come, one at a time: to be called a last time, or to be condemned. */
  take(): { readonly row: Row; readonly due: "lastCall" | "verdict" } | undefined {
    const { table, nowMs } = this.#core
    for (let due = this.#until.take(nowMs); due; due = this.#until.take(nowMs)) {
      const row = due.key
      const suspicion = this.#running.get(row)
      assert(suspicion !== undefined && table.state(row) === "suspect", "a running suspicion has a suspect")
      if (suspicion.calledMs === undefined && isConclave(this.#core)) {
        this.#run(row, { ...suspicion, calledMs: nowMs })
        return { row, due: "lastCall" }
      }
      const heldMs = this.#heldUntilMs(suspicion)
      if (nowMs >= heldMs) return { row, due: "verdict" }
      this.#until.set(row, heldMs)
    }
    return undefined
  }

  /** Time in which this process did nothing does not count against anybody. */
  lostTime(lostMs: number): void {
    for (const [row, suspicion] of this.#running) {
      const overlapMs = Math.min(lostMs, this.#core.nowMs - suspicion.startMs)
      const longestStallMs = Math.max(suspicion.longestStallMs, overlapMs)
      this.#run(row, { ...suspicion, lostMs: suspicion.lostMs + overlapMs, longestStallMs })
    }
  }

  /** Bounded to twice the minimum suspicion, here and for each suspect, so that a flood of junk cannot blind us. */
  hold(): void {
    const { minMs } = this.#bounds()
    this.#heldSinceMs = this.#core.nowMs
    this.#holdUntilMs = this.#core.nowMs + 2 * minMs
  }

  /** A comparison of whole views that began at `sinceMs` has brought whatever refutation was thrown away before it. */
  release(sinceMs: number): void {
    if (this.#holdUntilMs === 0 || sinceMs < this.#heldSinceMs) return
    this.#holdUntilMs = 0
    for (const [row, suspicion] of this.#running) this.#run(row, suspicion)
  }

  #bounds(): SuspicionBounds {
    const { config, table } = this.#core
    return suspicionBounds(config, clusterSize(this.#core), isConclave(this.#core) ? table.restarting : 0)
  }

  /** Sets when a suspicion ends, and before that its last call. */
  #run(row: Row, suspicion: Suspicion): void {
    this.#running.set(row, suspicion)
    this.#until.set(row, this.#dueMs(suspicion))
  }

  /** An end that late accusers have brought nearer still leaves the called one the time of a probe to answer. */
  #dueMs(suspicion: Suspicion): number {
    const { config } = this.#core
    const dueMs = suspicionDueMs(config, suspicion)
    if (!isConclave(this.#core)) return dueMs
    if (suspicion.calledMs === undefined) return dueMs - LAST_CALL_MS
    return Math.max(dueMs, suspicion.calledMs + config.probeWindowMinMs)
  }

  /** Holds that follow one another do not add up: each suspect is held once, for the longest hold. */
  #heldUntilMs(suspicion: Suspicion): number {
    const longestMs = suspicionDueMs(this.#core.config, suspicion) + 2 * suspicion.bounds.minMs
    return Math.min(this.#holdUntilMs, longestMs)
  }
}
