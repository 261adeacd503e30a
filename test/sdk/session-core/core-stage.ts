import { SessionCore } from "@conclave/sdk/session-core/session-core"
import type { CallStart, Effect, Failure, HoldRequest, Input } from "@conclave/sdk/session-core/types"

export const TTL_MS = 10_000
export const HEARTBEAT_MS = 1000

type Sent = Effect & { readonly kind: "send" }

/** A session core whose agent and clock are the test. */
export class CoreStage {
  readonly core: SessionCore
  nowMs: number
  /** Everything since the start, in order. */
  readonly effects: Effect[] = []
  #last = 0

  constructor(more: { readonly ttlMs?: number; readonly hasHealth?: boolean; readonly nowMs?: number } = {}) {
    this.nowMs = more.nowMs ?? 1_000_000
    this.core = new SessionCore({ ttlMs: more.ttlMs, hasHealth: more.hasHealth ?? false }, this.nowMs)
  }

  step(input: Input): readonly Effect[] {
    const effects = this.core.step(this.nowMs, input)
    this.effects.push(...effects)
    return effects
  }

  /** Lets time pass, with a tick at each deadline. */
  advance(byMs: number): readonly Effect[] {
    const endMs = this.nowMs + byMs
    const found: Effect[] = []
    for (let due = this.core.nextDeadlineMs; due <= endMs; due = this.core.nextDeadlineMs) {
      this.nowMs = Math.max(this.nowMs, due)
      found.push(...this.step({ kind: "tick" }))
      if (this.core.nextDeadlineMs <= this.nowMs) throw new Error("a deadline that has passed is still due")
    }
    this.nowMs = endMs
    return found
  }

  /** Time passes and nobody looks at the clock: a blocked loop, a suspend. */
  jump(byMs: number): void {
    this.nowMs += byMs
  }

  connect(): readonly Effect[] {
    return this.step({ kind: "connected", heartbeatMs: HEARTBEAT_MS, ttlMs: TTL_MS })
  }

  out(call: number, out: unknown): readonly Effect[] {
    return this.step({ kind: "out", call, out })
  }

  error(
    call: number,
    code: Failure["code"],
    more: Partial<Failure> & { readonly isDecided?: boolean } = {},
  ): readonly Effect[] {
    const { isDecided = false, ...rest } = more
    const failure: Failure = { code, message: code, outcome: "not-applied", retryable: false, details: {}, ...rest }
    return this.step({ kind: "error", call, failure, isDecided })
  }

  event(call: number, event: unknown): readonly Effect[] {
    return this.step({ kind: "event", call, event })
  }

  /** The last frame that was sent with this operation. */
  sent(op: string): Sent {
    const found = this.effects.findLast((each): each is Sent => each.kind === "send" && each.op === op)
    if (found === undefined) throw new Error(`no ${op} was sent`)
    return found
  }

  count(op: string): number {
    return this.effects.filter((each) => each.kind === "send" && each.op === op).length
  }

  /** What was said of holds, calls and the session, without frames. */
  told(from = 0): Effect[] {
    return this.effects.slice(from).filter(({ kind }) => !["send", "end", "connect", "reconnect"].includes(kind))
  }

  hold(more: Partial<HoldRequest> & { readonly waitMs?: number } = {}): number {
    const { waitMs = Number.POSITIVE_INFINITY, ...request } = more
    const hold = ++this.#last
    this.step({ kind: "hold", hold, waitMs, request: { kind: "lock", name: "a", ...request } })
    return hold
  }

  call(more: Partial<CallStart> = {}): number {
    const ticket = ++this.#last
    this.step({ kind: "call", ticket, op: "kv.put", in: { key: "k" }, timeoutMs: 5000, ...more })
    return ticket
  }

  /** Connected, with a session that a hold of no further interest has asked for. */
  open(validForMs: number = TTL_MS): this {
    this.connect()
    this.call({ op: "opener" })
    this.out(this.sent("session.open").call, { id: "s1", secret: "x", validForMs })
    this.out(this.sent("opener").call, {})
    this.effects.length = 0
    return this
  }

  /** A hold that was granted at once. */
  granted(token = 7, more: Partial<HoldRequest> = {}): number {
    const hold = this.hold(more)
    this.event(this.sent("hold").call, { type: "granted", token: String(token), rev: "3", validForMs: 1 })
    return hold
  }

  /** The connection breaks, another is made and the session attached to it. */
  reattach(validForMs: number = TTL_MS): void {
    this.step({ kind: "disconnected" })
    this.connect()
    this.out(this.sent("session.attach").call, { validForMs })
  }

  /** The last heartbeat is answered. */
  beat(validForMs: number = TTL_MS): void {
    this.out(this.sent("heartbeat").call, { validForMs, rev: "1" })
  }

  settled(ticket: number): (Effect & { readonly kind: "settled" }) | undefined {
    return this.effects.find(
      (each): each is Effect & { kind: "settled" } => each.kind === "settled" && each.ticket === ticket,
    )
  }
}
