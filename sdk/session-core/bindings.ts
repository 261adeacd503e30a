import type { Binding } from "./binding.ts"
import type { Core } from "./core.ts"
import { closedFailure, lateFailure, sessionLostFailure } from "./failures.ts"
import type { BindStart, Failure } from "./types.ts"

/**
 * Process groups that act for the session. An agent knows them as long as it knows the connection, so they are named
 * again on each one: before anything else, since an agent that knows of fewer processes than there are ends the session
 * too soon.
 */
export class Bindings {
  readonly #core: Core
  readonly #open: Map<number, Binding> = new Map()
  /** Why the session cannot be opened, where that is so. */
  obstacle: Failure | undefined

  constructor(core: Core) {
    this.#core = core
  }

  add(start: BindStart): void {
    const limitMs = this.#core.nowMs + start.timeoutMs
    this.#open.set(start.ticket, { start, limitMs, isKnown: false, isSent: false })
  }

  /** It has ended, and its number may be another one's soon. Whoever waits for it to be named need not any more. */
  remove(processGroup: number): void {
    const { session, isAttached, calls, effects } = this.#core
    const mine = [...this.#open.values()].filter(({ start }) => start.processGroup === processGroup)
    for (const { start, isKnown } of mine) {
      this.#open.delete(start.ticket)
      if (!isKnown) effects.push({ kind: "settled", ticket: start.ticket, out: {}, failure: undefined })
    }
    if (session !== undefined && isAttached && mine.some(({ isSent }) => isSent))
      calls.send(this.#core, { kind: "unbind" }, { op: "session.unbind", in: { processGroup } })
  }

  /** No other process acts for the session. */
  get isEmpty(): boolean {
    return this.#open.size === 0
  }

  get wantsSession(): boolean {
    return this.#waiting().length > 0
  }

  /** How long the most patient of them still waits for a session. */
  get patienceMs(): number {
    return Math.max(0, ...this.#waiting().map(({ limitMs }) => limitMs - this.#core.nowMs))
  }

  get nextMs(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#waiting().map(({ limitMs }) => limitMs))
  }

  judge(): void {
    for (const binding of this.#waiting())
      if (binding.limitMs <= this.#core.nowMs)
        this.#fail(binding, lateFailure("session.bind", binding.isSent, this.obstacle))
  }

  flush(): void {
    const { session, isAttached, calls } = this.#core
    if (session === undefined || !isAttached) return
    for (const binding of this.#open.values()) {
      if (binding.isSent) continue
      binding.isSent = true
      const { processGroup } = binding.start
      calls.send(this.#core, { kind: "bind", binding }, { op: "session.bind", in: { processGroup } })
    }
  }

  out(binding: Binding): void {
    if (binding.isKnown || !this.#open.has(binding.start.ticket)) return
    binding.isKnown = true
    this.#core.effects.push({ kind: "settled", ticket: binding.start.ticket, out: {}, failure: undefined })
  }

  /** One that was known stays: the next agent may take it again. */
  error(binding: Binding, failure: Failure): void {
    if (!binding.isKnown && this.#open.has(binding.start.ticket)) this.#fail(binding, failure)
  }

  disconnected(): void {
    for (const binding of this.#open.values()) binding.isSent = false
  }

  refused(failure: Failure): void {
    this.obstacle = failure
    for (const binding of this.#waiting()) this.#fail(binding, failure)
  }

  /** The groups acted for that session, and for no other. */
  lost(cause: string): void {
    for (const binding of this.#waiting()) this.#fail(binding, sessionLostFailure(cause, "not-applied"))
    this.#open.clear()
  }

  close(): void {
    for (const binding of this.#waiting()) this.#fail(binding, closedFailure("not-applied"))
    this.#open.clear()
  }

  #waiting(): readonly Binding[] {
    return [...this.#open.values()].filter(({ isKnown }) => !isKnown)
  }

  #fail({ start }: Binding, failure: Failure): void {
    this.#open.delete(start.ticket)
    this.#core.effects.push({ kind: "settled", ticket: start.ticket, out: undefined, failure })
  }
}
