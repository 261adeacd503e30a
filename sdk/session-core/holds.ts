import { Deadlines } from "@conclave/base"
import { type HoldEvent, readHoldEvent, readItemEvent, readOpening, readReleased } from "./answers.ts"
import { agentTimeoutMs } from "./call-timeout.ts"
import type { Core, Session } from "./core.ts"
import {
  closedFailure,
  failureOf,
  forgotten,
  grantLostFailure,
  isForgotten,
  judged,
  lateFailure,
  sessionLostFailure,
} from "./failures.ts"
import { firstInput, type HoldRecord, isPassing, newRecord, REACH_MS, RETRY_MAX_MS, reasonOf } from "./hold-record.ts"
import { Items } from "./items.ts"
import { RETRY_MS } from "./ops.ts"
import type { Failure, HoldStart } from "./types.ts"

/** Clocks drift by 1 % at most, the service's and ours: what it counts in full is over here a little earlier. */
const OWN_TIME = 0.98

export class Holds {
  readonly #core: Core
  readonly #open: Map<number, HoldRecord> = new Map()
  /** Not sent yet, in the order of the application's wishes. */
  readonly #fresh: Set<HoldRecord> = new Set()
  /** To be sent again with the seq that they have. */
  readonly #resumed: Set<HoldRecord> = new Set()
  readonly #alarms: Deadlines<HoldRecord> = new Deadlines()
  readonly items: Items
  /** Why the session cannot be opened, where that is so. */
  obstacle: Failure | undefined

  constructor(core: Core) {
    this.#core = core
    this.items = new Items(core)
  }

  start(start: HoldStart): void {
    const record = newRecord(start, this.#core.nowMs)
    this.#open.set(start.hold, record)
    this.#fresh.add(record)
    this.#schedule(record)
  }

  /** Something waits that only a session can serve. */
  get wantsSession(): boolean {
    return this.#fresh.size > 0
  }

  /** How long the most patient of them waits for one try to get a session; those that may wait try again. */
  get patienceMs(): number {
    let most = 0
    for (const { limitMs } of this.#fresh) most = Math.max(most, Math.min(REACH_MS, limitMs - this.#core.nowMs))
    return most
  }

  get nextMs(): number {
    return Math.min(this.#alarms.next, this.items.nextMs)
  }

  isGranted(hold: number): boolean {
    return this.#open.get(hold)?.state === "granted"
  }

  /** Up to when the grant is certain; before now where there is none. */
  untilMs(hold: number): number {
    const isHandedOver = (this.#open.get(hold)?.handovers ?? 0) > 0
    return isHandedOver ? Number.NEGATIVE_INFINITY : this.termMs(hold)
  }

  /** The same for what is asked under the grant: whoever has begun to hand it over may still do that. */
  termMs(hold: number): number {
    const record = this.#open.get(hold)
    const { session } = this.#core
    if (record?.state !== "granted" || session === undefined) return Number.NEGATIVE_INFINITY
    return Math.min(record.limitMs, session.lease.untilMs)
  }

  /** A handover is sent (1), or has certainly not been done (-1). */
  handover(hold: number, by: 1 | -1): void {
    const record = this.#open.get(hold)
    if (record !== undefined) record.handovers += by
  }

  /** Up to when an item of a worker is certain. */
  itemUntilMs(hold: number, item: string, token: bigint): number {
    return Math.min(this.untilMs(hold), this.items.untilMs(hold, item, token))
  }

  /** A worker gets nothing any more, and is over when it has given back what it has. */
  drain(hold: number): void {
    const record = this.#open.get(hold)
    if (record === undefined || record.isDraining || (record.state !== "granted" && record.state !== "waiting")) return
    record.isDraining = true
    if (record.seq === undefined) {
      this.#drop(record)
      this.#core.effects.push({ kind: "lost", hold, reason: "released" })
      return
    }
    // One that has not heard of its grant may have one: what it is given until then it is told, too.
    if (record.call !== undefined) this.#core.effects.push({ kind: "end", call: record.call })
  }

  cancel(hold: number): void {
    const record = this.#open.get(hold)
    if (record?.state === "waiting") this.#end(record)
  }

  release(hold: number, timeoutMs: number): void {
    const record = this.#open.get(hold)
    if (record?.state !== "granted") {
      this.#core.effects.push({ kind: "released", hold, failure: grantLostFailure("not held"), rev: undefined })
      return
    }
    // Whatever still acts under it hears first: from here on somebody else may be granted.
    this.#core.effects.push({ kind: "lost", hold, reason: "released" })
    record.isAwaited = true
    record.limitMs = this.#core.nowMs + timeoutMs
    this.#end(record)
  }

  judge(): void {
    const { nowMs } = this.#core
    this.items.judge()
    for (let due = this.#alarms.take(nowMs); due !== undefined; due = this.#alarms.take(nowMs)) {
      const record = due.key
      if (record.limitMs > nowMs) this.#schedule(record)
      else this.#limit(record)
    }
  }

  flush(): void {
    const { session, isAttached, nowMs } = this.#core
    if (session === undefined || !isAttached) return
    // First those whose answers let others draw a seq.
    for (const record of this.#resumed) if (record.retryMs <= nowMs) this.#send(record, session)
    for (const record of this.#fresh) {
      if (!session.seqs.mayDraw) return
      this.#send(record, session)
    }
  }

  /** `sentMs`: when the frame was sent that this stream began with. */
  event(record: HoldRecord, value: unknown, sentMs: number): void {
    const ofItem = readItemEvent(value)
    if (ofItem !== undefined) {
      if (record.state === "granted") this.items.event(record.hold, ofItem, this.#toldAfterMs(sentMs))
      return
    }
    const event = readHoldEvent(value)
    if (event === undefined) return
    const { effects, session } = this.#core
    const { hold, state, seq } = record
    // It stands in the queue, where the service remembers it as long as it is there.
    if (seq !== undefined) session?.seqs.answered(seq)
    switch (event.type) {
      case "queued":
        if (state === "waiting")
          effects.push({ kind: "queued", hold, position: event.position, holders: event.holders })
        return
      case "granted":
        return this.#granted(record, event, this.#toldAfterMs(sentMs))
      case "revoking":
        if (state !== "granted") return
        effects.push({ kind: "revoking", hold, by: event.by, reason: event.reason, deadlineMs: event.deadlineMs })
        if (event.deadlineMs !== undefined) this.#bound(record, this.#toldAfterMs(sentMs) + event.deadlineMs, "revoked")
        return
      case "lost":
        if (state === "granted") this.#lose(record, event.reason)
    }
  }

  /** The stream has ended as it was asked to; where it was not, the service has its reasons. */
  out(record: HoldRecord, out: unknown): void {
    const rev = readReleased(out)
    const { state, hold } = record
    this.#drop(record)
    const opening = record.request.kind === "barrier" && state === "waiting" ? readOpening(out) : undefined
    if (opening !== undefined) return void this.#core.effects.push({ kind: "opened", hold, ...opening })
    const isOver = state === "granted" || (state === "waiting" && record.isDraining)
    if (isOver) this.#core.effects.push({ kind: "lost", hold, reason: "released", rev })
    else if (state === "waiting") this.#fail(record, failureOf("INTERNAL", "the agent ended a hold that was wanted"))
    if (state !== "ending" || !record.isAwaited) return
    if (rev === undefined) this.#unreleased(record, grantLostFailure("released"))
    else this.#core.effects.push({ kind: "released", hold, failure: undefined, rev })
  }

  error(record: HoldRecord, failure: Failure, isDecided: boolean): void {
    record.call = undefined
    // Both come from the queue entry that all attempts share.
    const isOfEntry = failure.code === "WAIT_TIMEOUT" || failure.code === "GRANT_LOST"
    const verdict = judged(failure, record, isDecided || isOfEntry)
    switch (record.state) {
      case "gone":
        return this.#drop(record)
      case "granted":
        if (failure.code !== "GRANT_LOST") return this.#again(record, verdict)
        this.#drop(record)
        this.#core.effects.push({ kind: "lost", hold: record.hold, reason: reasonOf(failure) })
        return
      case "ending":
        if (verdict.outcome !== "not-applied") return this.#again(record, verdict)
        if (failure.code === "NO_QUORUM") return this.#again(record, verdict)
        this.#drop(record)
        if (record.isAwaited) this.#unreleased(record, isForgotten(failure) && record.isEndLost ? forgotten() : failure)
        return
      case "waiting":
        if (isPassing(failure) && record.waitMs > 0) return this.#again(record, verdict)
        this.#fail(record, verdict)
    }
  }

  disconnected(): void {
    for (const record of [...this.#open.values()]) {
      if (record.state === "gone") this.#drop(record)
      if (record.call === undefined) continue
      record.call = undefined
      record.isAmbiguous = true
      record.isEndLost ||= record.state === "ending"
      if (this.#open.has(record.hold)) this.#resume(record, 0)
    }
  }

  /** No session can be had. A hold that waits goes on waiting where a later attempt may succeed. */
  refused(failure: Failure): void {
    this.obstacle = failure
    for (const record of [...this.#fresh]) if (!(isPassing(failure) && record.waitMs > 0)) this.#fail(record, failure)
  }

  /** The session is gone, and with it what it held or waited for; what has not been sent yet goes to the next one. */
  lost(cause: string): void {
    const { effects } = this.#core
    const mine = [...this.#open.values()].filter(({ seq }) => seq !== undefined)
    // Grants first: whoever acts under one is to stop before anything else is done.
    for (const { hold, state } of mine) if (state === "granted") effects.push({ kind: "lost", hold, reason: cause })
    for (const record of mine) {
      this.#drop(record)
      const failure = sessionLostFailure(cause, "unknown")
      if (record.state === "waiting") effects.push({ kind: "failed", hold: record.hold, failure })
      if (record.state !== "ending" || !record.isAwaited) continue
      // By the clock alone nothing is known; where the service has ended the session, nothing is left of the grant.
      const isSure = cause !== "expired"
      this.#unreleased(record, isSure ? grantLostFailure(cause) : lateFailure("release", true, undefined))
    }
  }

  close(): void {
    const all = [...this.#open.values()]
    for (const { hold, state } of all)
      if (state === "granted") this.#core.effects.push({ kind: "lost", hold, reason: "closed" })
    for (const record of all) {
      this.#drop(record)
      const failure = closedFailure(record.seq === undefined ? "not-applied" : "unknown")
      if (record.state === "waiting") this.#core.effects.push({ kind: "failed", hold: record.hold, failure })
      if (record.state === "ending" && record.isAwaited) this.#unreleased(record, failure)
    }
  }

  #send(record: HoldRecord, session: Session): void {
    this.#fresh.delete(record)
    this.#resumed.delete(record)
    const { calls, nowMs } = this.#core
    if (record.seq === undefined) {
      record.seq = session.seqs.draw()
      record.askedMs = nowMs
      record.in = firstInput(record, nowMs)
      record.limitMs = record.startMs + record.waitMs + REACH_MS
    }
    // Where nobody leads the agent is to say so while it is listened to.
    const timeoutMs = Math.min(REACH_MS, agentTimeoutMs(record.limitMs - nowMs))
    const op = record.request.kind === "barrier" ? "barrier" : "hold"
    const frame = { op, in: record.in ?? {}, seq: record.seq, floor: session.seqs.floor, timeoutMs }
    record.call = calls.send(this.#core, { kind: "hold", hold: record }, frame)
    this.items.begun(record.hold)
    if (record.state === "ending" || record.isDraining) this.#core.effects.push({ kind: "end", call: record.call })
    this.#schedule(record)
  }

  #granted(record: HoldRecord, event: HoldEvent & { readonly type: "granted" }, toldAfterMs: number): void {
    // A grant that is resumed is told again, and nobody holds a barrier.
    if (record.state !== "waiting" || record.request.kind === "barrier") return
    const { token, rev, id, maxHoldLeftMs = 0 } = event
    record.state = "granted"
    record.isAmbiguous = false
    record.limitMs = Number.POSITIVE_INFINITY
    this.#core.effects.push({ kind: "granted", hold: record.hold, token, rev, id })
    const { maxHoldMs } = record.request
    if (maxHoldMs === undefined) return this.#schedule(record)
    // Both are certain: it cannot have been granted before it was asked for, and the agent knows when it was.
    this.#bound(record, Math.max(record.askedMs + maxHoldMs * OWN_TIME, toldAfterMs + maxHoldLeftMs), "max-hold")
  }

  /**
   * The latest moment of which is known that the agent told something after it, and what it told counts from then: it
   * came after the answer to the last heartbeat, hence after that was sent, and is about a frame that was sent here.
   */
  #toldAfterMs(sentMs: number): number {
    return Math.max(sentMs, this.#core.session?.lease.heardAfterMs ?? sentMs)
  }

  #bound(record: HoldRecord, untilMs: number, reason: string): void {
    if (untilMs < record.limitMs) {
      record.limitMs = untilMs
      record.limitReason = reason
    }
    if (record.limitMs <= this.#core.nowMs) this.#limit(record)
    else this.#schedule(record)
  }

  #limit(record: HoldRecord): void {
    const { nowMs } = this.#core
    switch (record.state) {
      case "granted":
        return this.#lose(record, record.limitReason)
      case "ending":
        if (!record.isAwaited) return
        record.isAwaited = false
        record.limitMs = Number.POSITIVE_INFINITY
        this.#unreleased(record, lateFailure("release", true, undefined))
        return this.#schedule(record)
      case "waiting": {
        const hasWaited = record.waitMs > 0 && record.seq === undefined && nowMs >= record.startMs + record.waitMs
        const failure = hasWaited
          ? failureOf("WAIT_TIMEOUT", `not granted within ${record.waitMs} ms`, { isRetryable: true })
          : lateFailure("hold", record.seq !== undefined, this.obstacle)
        return this.#fail(record, failure)
      }
      case "gone":
        return
    }
  }

  /** Lost to the service, or by the clock: it is not ended, the service does that in its own time. */
  #lose(record: HoldRecord, reason: string): void {
    this.#core.effects.push({ kind: "lost", hold: record.hold, reason })
    this.items.over(record.hold)
    if (record.call === undefined) return this.#drop(record)
    record.state = "gone"
    this.#alarms.clear(record)
  }

  /** It will not be granted. Where that is not certain yet, it is made so in the background. */
  #fail(record: HoldRecord, failure: Failure): void {
    this.#core.effects.push({ kind: "failed", hold: record.hold, failure })
    if (failure.outcome === "not-applied") return this.#drop(record)
    // What is answered to a later attempt to end it says nothing of this one.
    record.isAmbiguous = true
    if (this.#open.has(record.hold)) this.#end(record)
  }

  #end(record: HoldRecord): void {
    if (record.seq === undefined) return this.#drop(record)
    record.state = "ending"
    if (!record.isAwaited) record.limitMs = Number.POSITIVE_INFINITY
    if (record.call !== undefined) this.#core.effects.push({ kind: "end", call: record.call })
    else this.#resume(record, record.retryMs)
    this.#schedule(record)
  }

  #again(record: HoldRecord, verdict: Failure): void {
    if (verdict.outcome !== "not-applied") {
      record.isAmbiguous = true
      record.isEndLost ||= record.state === "ending"
    }
    // Nobody waits for an end: it becomes rare where it is refused again and again.
    const waitMs = record.state === "ending" ? Math.min(RETRY_MS * 2 ** record.refusals++, RETRY_MAX_MS) : RETRY_MS
    this.#resume(record, this.#core.nowMs + waitMs)
  }

  #resume(record: HoldRecord, retryMs: number): void {
    record.retryMs = retryMs
    this.#resumed.add(record)
    this.#schedule(record)
  }

  #unreleased({ hold }: HoldRecord, failure: Failure): void {
    this.#core.effects.push({ kind: "released", hold, failure, rev: undefined })
  }

  #schedule(record: HoldRecord): void {
    const isDelayed = this.#resumed.has(record) && record.retryMs > this.#core.nowMs
    const due = isDelayed ? Math.min(record.limitMs, record.retryMs) : record.limitMs
    if (due === Number.POSITIVE_INFINITY) this.#alarms.clear(record)
    else this.#alarms.set(record, due)
  }

  #drop(record: HoldRecord): void {
    this.items.over(record.hold)
    this.#open.delete(record.hold)
    this.#fresh.delete(record)
    this.#resumed.delete(record)
    this.#alarms.clear(record)
    if (record.seq !== undefined) this.#core.session?.seqs.over(record.seq)
  }
}
