import { Deadlines } from "@conclave/base"
import { agentTimeoutMs } from "./call-timeout.ts"
import type { Core } from "./core.ts"
import { closedFailure, failureOf, grantLostFailure, judged, lateFailure, sessionLostFailure } from "./failures.ts"
import { REACH_MS, RETRY_MAX_MS } from "./hold-record.ts"
import type { OpRecord } from "./op-record.ts"
import type { CallStart, Failure } from "./types.ts"

/** Calls on their way at once: the agent takes 128 of a connection, and heartbeats and reads need room. */
export const SENT_MAX = 96
/** Calls that wait here; the next is refused. */
export const QUEUED_MAX = 10_000
/** Between two attempts under the same `seq`. */
export const RETRY_MS = 500

/** Gives the grant that it acts for to somebody else. */
const HANDOVER = "hold.transfer"

const FOR_EVER_MS = Number.POSITIVE_INFINITY

/** The grants that operations act for. */
interface Grants {
  readonly termMs: (hold: number) => number
  readonly handover: (hold: number, by: 1 | -1) => void
}

/** Writes with one answer, each applied at most once: same `seq`, same answer. */
export class Ops {
  readonly #core: Core
  readonly #holds: Grants
  /** In the order in which they were asked. */
  readonly #open: Map<number, OpRecord> = new Map()
  /** Until when each is waited for. */
  readonly #limits: Deadlines<OpRecord> = new Deadlines()
  /** When it is sent again. */
  readonly #retries: Deadlines<OpRecord> = new Deadlines()
  /** Why the session cannot be opened, where that is so. */
  obstacle: Failure | undefined

  constructor(core: Core, holds: Grants) {
    this.#core = core
    this.#holds = holds
  }

  add(start: CallStart): void {
    // Of those that give something back there are no more than what is had.
    if (this.#open.size >= QUEUED_MAX && start.isInsistent !== true) {
      const details = { limit: QUEUED_MAX }
      return this.#refuse(start, failureOf("RESOURCE_EXHAUSTED", "too many calls wait for an answer", { details }))
    }
    const isLost = start.hold !== undefined && this.#holds.termMs(start.hold) <= this.#core.nowMs
    if (isLost) return this.#refuse(start, grantLostFailure("not held"))
    const limitMs = this.#core.nowMs + start.timeoutMs
    const record: OpRecord = {
      start,
      isAwaited: true,
      limitMs,
      seq: undefined,
      call: undefined,
      retryMs: 0,
      refusals: 0,
      isAmbiguous: false,
    }
    this.#open.set(start.ticket, record)
    this.#limits.set(record, limitMs)
  }

  forget(ticket: number): void {
    const record = this.#open.get(ticket)
    if (record?.start.isInsistent === true) record.isAwaited = false
    else if (record !== undefined) this.#drop(record)
  }

  get wantsSession(): boolean {
    return this.#open.size > 0
  }

  /** How long the most patient of them still waits for a session. */
  get patienceMs(): number {
    let most = 0
    for (const { limitMs } of this.#open.values()) most = Math.max(most, limitMs - this.#core.nowMs)
    return most
  }

  get nextMs(): number {
    return Math.min(this.#limits.next, this.#retries.next)
  }

  judge(): void {
    const { nowMs } = this.#core
    while (this.#retries.take(nowMs) !== undefined);
    for (let late = this.#limits.take(nowMs); late !== undefined; late = this.#limits.take(nowMs)) {
      const record = late.key
      if (record.start.isInsistent === true) this.#leave(record)
      else this.#settle(record, lateFailure(record.start.op, record.seq !== undefined, this.obstacle))
    }
  }

  flush(): void {
    const { session, isAttached, calls, nowMs } = this.#core
    if (session === undefined || !isAttached || this.#open.size === 0) return
    let room = SENT_MAX - calls.count(({ kind }) => kind === "op")
    for (const record of this.#open.values()) {
      if (record.call !== undefined || record.retryMs > nowMs) continue
      if (room <= 0 || (record.seq === undefined && !session.seqs.mayDraw)) return
      const { op, hold, isInsistent = false } = record.start
      // Whatever acts under the grant stops first: at any time from here on another may have it.
      if (record.seq === undefined && op === HANDOVER && hold !== undefined) this.#holds.handover(hold, 1)
      record.seq ??= session.seqs.draw()
      const timeoutMs = agentTimeoutMs(Math.min(record.limitMs - nowMs, isInsistent ? REACH_MS : FOR_EVER_MS))
      const frame = { op, in: record.start.in, seq: record.seq, floor: session.seqs.floor, timeoutMs }
      record.call = calls.send(this.#core, { kind: "op", op: record }, frame)
      room--
    }
  }

  out(record: OpRecord, out: unknown): void {
    if (!this.#open.has(record.start.ticket)) return
    this.#drop(record)
    if (record.isAwaited) {
      this.#core.effects.push({ kind: "settled", ticket: record.start.ticket, out, failure: undefined })
    }
  }

  error(record: OpRecord, failure: Failure, isDecided: boolean): void {
    if (!this.#open.has(record.start.ticket)) return
    record.call = undefined
    if (record.start.isInsistent === true && !isDecided && isPassing(failure)) return this.#again(record, failure)
    // Proposed, and nobody knows: the same number asks for the same answer.
    if (failure.code === "TIMEOUT" && !isDecided) {
      record.isAmbiguous = true
      return this.#sleep(record, RETRY_MS)
    }
    this.#settle(record, judged(failure, record, isDecided))
  }

  disconnected(): void {
    for (const record of this.#open.values()) {
      if (record.call === undefined) continue
      record.call = undefined
      record.isAmbiguous = true
      record.retryMs = 0
    }
  }

  /** No session can be had: whoever has waited for one hears why. */
  refused(failure: Failure): void {
    this.obstacle = failure
    for (const record of [...this.#open.values()]) this.#settle(record, failure)
  }

  /** What was sent ends with its session, and what acts for a grant; the rest goes to the next session. */
  lost(cause: string): void {
    for (const record of [...this.#open.values()]) {
      if (record.seq !== undefined) this.#settle(record, sessionLostFailure(cause, "unknown"))
      else if (record.start.hold !== undefined) this.#settle(record, grantLostFailure(cause))
    }
  }

  close(): void {
    for (const record of [...this.#open.values()])
      this.#settle(record, closedFailure(record.seq === undefined ? "not-applied" : "unknown"))
  }

  /** The same number once more, and seldom where it is refused again and again. */
  #again(record: OpRecord, failure: Failure): void {
    record.isAmbiguous ||= failure.outcome !== "not-applied"
    this.#sleep(record, Math.min(RETRY_MS * 2 ** record.refusals++, RETRY_MAX_MS))
  }

  #sleep(record: OpRecord, forMs: number): void {
    record.retryMs = this.#core.nowMs + forMs
    this.#retries.set(record, record.retryMs)
  }

  /** Nobody waits any more, and it goes on. */
  #leave(record: OpRecord): void {
    if (record.isAwaited) this.#refuse(record.start, lateFailure(record.start.op, true, undefined))
    record.isAwaited = false
    record.limitMs = FOR_EVER_MS
  }

  #refuse(start: CallStart, failure: Failure): void {
    this.#core.effects.push({ kind: "settled", ticket: start.ticket, out: undefined, failure })
  }

  #settle(record: OpRecord, failure: Failure): void {
    const { op, hold } = record.start
    const isUndone = record.seq !== undefined && failure.outcome === "not-applied"
    if (isUndone && op === HANDOVER && hold !== undefined) this.#holds.handover(hold, -1)
    this.#drop(record)
    if (record.isAwaited) this.#refuse(record.start, failure)
  }

  #drop(record: OpRecord): void {
    this.#open.delete(record.start.ticket)
    this.#limits.clear(record)
    this.#retries.clear(record)
    if (record.seq !== undefined) this.#core.session?.seqs.over(record.seq)
  }
}

/** What is given back may yet be taken: nobody leads, there is too much at once, or nobody knows what became of it. */
function isPassing({ code, outcome }: Failure): boolean {
  return outcome !== "not-applied" || code === "NO_QUORUM" || code === "RESOURCE_EXHAUSTED"
}
