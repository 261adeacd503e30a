/// <reference lib="esnext.disposable" preserve="true" />

import { ConclaveError } from "./errors.ts"
import type { Grant } from "./grant.ts"
import type { AssignedItem, NamedItem } from "./hold-listeners.ts"
import { assertJson } from "./json-value.ts"
import type { CallOptions } from "./options.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { SessionDriver } from "./session-driver.ts"

const TIMEOUT_MS = 5000
/** What the agent takes of a message. */
const MESSAGE_BYTES_MAX = 256

/** One item of work, for as long as this worker has it: each assignment is a grant of its own. */
export interface Assignment<P> extends Grant {
  readonly item: string
  readonly payload: P
  /** The number of this try, from 1. */
  readonly attempt: number
  /** What was saved last, by whomever; null = nothing. */
  readonly checkpoint: Json
  /**
   * Keeps with the item what its next worker is to know, at most 4 KiB of JSON, as long as this assignment holds.
   *
   * Throws GRANT_LOST, NO_QUORUM, TIMEOUT.
   */
  saveCheckpoint(value: Json, o?: CallOptions): Promise<void>
}

/** An assignment as the application gets it. */
export class HeldItem<P> implements Assignment<P>, NamedItem {
  readonly kind = "work"
  readonly name: string
  readonly item: string
  readonly token: bigint
  /** The revision in which it was assigned. */
  readonly rev: bigint
  readonly payload: P
  readonly checkpoint: Json
  readonly attempt: number
  readonly #driver: SessionDriver
  readonly #hold: number
  readonly #over: AbortController = new AbortController()
  readonly #revoking: AbortController = new AbortController()
  #isSettled = false

  constructor(driver: SessionDriver, of: { readonly hold: number; readonly name: string } & AssignedItem) {
    this.#driver = driver
    this.#hold = of.hold
    this.name = of.name
    this.item = of.item
    this.token = of.token
    this.rev = of.rev
    // What was put is the application's own.
    this.payload = of.payload as P
    this.checkpoint = of.checkpoint
    this.attempt = of.attempt
  }

  get signal(): AbortSignal {
    return this.#over.signal
  }

  get revoking(): AbortSignal {
    return this.#revoking.signal
  }

  get held(): boolean {
    return this.remainingMs() > 0
  }

  /** Nothing more can be said of it: it was settled, or is lost. */
  get isOver(): boolean {
    return this.#over.signal.aborted
  }

  remainingMs(): number {
    return this.isOver ? 0 : this.#driver.itemRemainingMs(this.#hold, this)
  }

  assertHeld(marginMs: number = 0): void {
    const remainingMs = this.remainingMs()
    if (remainingMs > 0 && remainingMs >= marginMs) return
    throw this.#lostError(remainingMs > 0 ? "less than the margin is left" : "expired")
  }

  /** Of an item there is a note, for people: what its next worker is to know `saveCheckpoint` keeps. */
  async update(
    patch: { readonly note?: string; readonly value?: Json; readonly ready?: boolean },
    { timeoutMs = TIMEOUT_MS, signal }: CallOptions = {},
  ): Promise<void> {
    const { kind, name, token } = this
    if (this.isOver) throw this.#lostError("not held")
    await this.#driver.call("hold.update", { kind, name, token, ...patch }, { timeoutMs, signal, hold: this.#hold })
  }

  async saveCheckpoint(value: Json, { timeoutMs = TIMEOUT_MS, signal }: CallOptions = {}): Promise<void> {
    const { name, item, token } = this
    assertJson("value", value)
    if (this.isOver) throw this.#lostError("not held")
    const input = { name, item, token: String(token), value }
    await this.#driver.call("work.checkpoint", input, { timeoutMs, signal, hold: this.#hold })
  }

  async release(o: CallOptions = {}): Promise<void> {
    await this.settle("released", undefined, o)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!this.isOver) await this.release()
    } catch (error) {
      if (!ConclaveError.is(error)) throw error
    }
  }

  /**
   * Says what became of it, once; whoever still acts under it hears first. The session goes on saying it until the
   * cluster has heard, also where nobody waits any more: as long as the worker lives nobody else would take the item
   * away.
   */
  async settle(
    result: "done" | "released" | "failed",
    message: string | undefined,
    o: CallOptions = {},
  ): Promise<void> {
    if (this.isOver || this.#isSettled) throw this.#lostError("not held")
    this.#isSettled = true
    const { name, item, token } = this
    const { timeoutMs = TIMEOUT_MS, signal } = o
    const why = message === undefined ? {} : { message: clipped(message) }
    const input = { name, item, token: String(token), result, ...why }
    const settled = this.#driver.call("work.settle", input, {
      timeoutMs,
      signal,
      hold: this.#hold,
      isInsistent: true,
    })
    this.over("released")
    this.#driver.settled(this.#hold, this)
    await settled
  }

  /** For the worker's listener alone. */
  over(reason: string): void {
    if (!this.isOver) this.#over.abort(this.#lostError(reason))
  }

  asked({ by, reason, deadlineMs }: { by: string | null; reason: string; deadlineMs: number | undefined }): void {
    const details = { reason, by, deadlineMs: deadlineMs ?? null }
    const message = `${by ?? "the cluster"} asks for ${this.item} of ${this.name} back: ${reason}`
    this.#revoking.abort(new ConclaveError("GRANT_LOST", message, { details }))
  }

  #lostError(reason: string): ConclaveError {
    const message = `the item ${this.item} of ${this.name} is not held any more: ${reason}`
    return new ConclaveError("GRANT_LOST", message, { details: { reason } })
  }
}

/** What is too long ends after a whole character, and half a pair of surrogates, which is no text, is replaced. */
function clipped(message: string): string {
  const bytes = new Uint8Array(MESSAGE_BYTES_MAX)
  const { written } = new TextEncoder().encodeInto(message, bytes)
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, written))
}
