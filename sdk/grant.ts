/// <reference lib="esnext.disposable" preserve="true" />

import { ConclaveError, closedError, invalidError } from "./errors.ts"
import { assertJson } from "./json-value.ts"
import { onAbort, unlessAborted } from "./on-abort.ts"
import type { CallOptions, WaitOptions } from "./options.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { HoldRequest, Kind } from "./session-core/types.ts"
import type { SessionDriver } from "./session-driver.ts"

const TIMEOUT_MS = 5000

/**
 * Waits without `waitMs` for ever; the grant ends after `maxHoldMs`, if given. `note` is what operators see, ≤ 256
 * bytes.
 */
export interface GrantOptions extends WaitOptions {
  readonly maxHoldMs?: number
  readonly note?: string
}

/**
 * Proof that this process may act until further notice: a lock, a permit, leadership.
 *
 * The deadline behind it counts from the moment in which the last answered heartbeat was sent, on the larger of
 * monotonic and boot time, and lies before the moment in which the service could give the grant to anybody else. A
 * resource that is to be safe from a process that has stopped in the middle of a write compares tokens.
 */
export interface Grant extends AsyncDisposable {
  readonly kind: Kind
  readonly name: string
  /** The fencing token: larger than that of every earlier grant in the cluster. Hand it to the resource. */
  readonly token: bigint
  /** Aborts when the grant is over, with GRANT_LOST as its reason: lost, or released. */
  readonly signal: AbortSignal
  /** Aborts when somebody asks for the grant back: finish, then release. Its reason says who and why. */
  readonly revoking: AbortSignal
  /** Reads the clock: right in a loop that was blocked, and after a suspend. */
  readonly held: boolean
  /** Up to the deadline, in ms; 0 when the grant is over. Reads the clock. */
  remainingMs(): number
  /** Throws GRANT_LOST unless at least `marginMs` (default 0) are left. Reads the clock. */
  assertHeld(marginMs?: number): void
  /**
   * Changes what others see of it, atomically with its being held still.
   *
   * Throws GRANT_LOST, NO_QUORUM, TIMEOUT.
   */
  update(
    patch: { readonly note?: string; readonly value?: Json; readonly ready?: boolean },
    o?: CallOptions,
  ): Promise<void>
  /**
   * Gives it back; resolves when that is committed. `signal` aborts at once. The end of an `await using` block does the
   * same and throws nothing.
   *
   * Throws GRANT_LOST when it was already gone; TIMEOUT when nobody knows within `timeoutMs` (default 5000): the
   * session goes on trying.
   */
  release(o?: CallOptions): Promise<void>
}

/** One or several names, granted at once. */
export interface Lock extends Grant {
  readonly names: readonly string[]
  readonly mode: "exclusive" | "shared"
}

/** A part of what a semaphore limits. */
export interface Permit extends Grant {
  readonly weight: number
}

/** A place in a group, as long as the session lives. */
export interface Membership extends Grant {
  /** The id that was asked for, or one that nobody else has. */
  readonly id: string
}

export interface Leadership extends Grant {
  /**
   * Hands the leadership to a standing candidate, one on the member `to` if given. From the call on `held` is false,
   * since at any moment the other may lead; it is true again where the transfer has certainly not been done.
   *
   * Throws CONFLICT when nobody stands (`details.reason` = "no-candidate"), GRANT_LOST, NO_QUORUM, TIMEOUT.
   */
  transfer(to?: string, o?: CallOptions): Promise<void>
}

/** What a session driver holds, as the application gets it. */
export class HeldGrant implements Lock, Leadership, Permit, Membership {
  readonly kind: Kind
  readonly name: string
  readonly names: readonly string[]
  readonly mode: "exclusive" | "shared"
  readonly weight: number
  readonly id: string
  readonly token: bigint
  readonly #driver: SessionDriver
  readonly #hold: number
  /**
   * Made when somebody asks for the signal, as most holders never do: an error and its stack cost more than a grant.
   */
  #over: AbortController | undefined
  #revoking: AbortController | undefined
  #lossReason: string | undefined
  #release: Promise<void> | undefined

  constructor(
    driver: SessionDriver,
    of: {
      readonly hold: number
      readonly token: bigint
      readonly id: string | undefined
      readonly request: HoldRequest
    },
  ) {
    const { kind, name, names, mode, weight } = of.request
    this.kind = kind
    this.name = name
    this.names = [name, ...((names as readonly string[] | undefined) ?? [])]
    this.mode = mode === "shared" ? mode : "exclusive"
    this.weight = typeof weight === "number" ? weight : 1
    this.id = of.id ?? ""
    this.token = of.token
    this.#driver = driver
    this.#hold = of.hold
  }

  get signal(): AbortSignal {
    if (this.#over === undefined) {
      this.#over = new AbortController()
      this.#abort()
    }
    return this.#over.signal
  }

  get revoking(): AbortSignal {
    this.#revoking ??= new AbortController()
    return this.#revoking.signal
  }

  get held(): boolean {
    return this.remainingMs() > 0
  }

  /** Why it is over, other than by its own release. */
  get lossReason(): string | undefined {
    if (this.#release !== undefined && this.#lossReason === "released") return undefined
    return this.#lossReason ?? (this.held ? undefined : "expired")
  }

  remainingMs(): number {
    return this.#driver.remainingMs(this.#hold)
  }

  assertHeld(marginMs: number = 0): void {
    const remainingMs = this.remainingMs()
    if (remainingMs > 0 && remainingMs >= marginMs) return
    throw this.#lostError(this.#lossReason ?? (remainingMs > 0 ? "less than the margin is left" : "expired"))
  }

  async update(
    patch: { readonly note?: string; readonly value?: Json; readonly ready?: boolean },
    o: CallOptions = {},
  ): Promise<void> {
    const { kind, name, token } = this
    if (patch.value !== undefined) assertJson("value", patch.value)
    await this.#call("hold.update", { kind, name, token, ...patch }, o)
  }

  async transfer(to?: string, o: CallOptions = {}): Promise<void> {
    const { name, token } = this
    await this.#call("hold.transfer", { name, token, ...(to === undefined ? {} : { to }) }, o)
  }

  async release(o: CallOptions = {}): Promise<void> {
    const { timeoutMs = TIMEOUT_MS, signal } = o
    if (!(timeoutMs > 0)) throw invalidError("timeoutMs", "timeoutMs is a number over 0")
    signal?.throwIfAborted()
    if (this.#lossReason !== undefined && this.#release === undefined) throw this.#lostError(this.#lossReason)
    // There is one release, however often it is asked for.
    this.#release ??= new Promise((resolve, reject) => {
      const settle = (error: ConclaveError | undefined): void => (error === undefined ? resolve() : reject(error))
      this.#driver.release(this.#hold, timeoutMs, settle)
    })
    // Nobody has to wait for it: it goes on without.
    await unlessAborted(this.#release, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.release()
    } catch (error) {
      // An error of the body would be masked; the session goes on releasing what it has to.
      if (!ConclaveError.is(error)) throw error
    }
  }

  /** For the driver's listener alone. */
  over(reason: string): void {
    this.#lossReason ??= reason
    this.#abort()
  }

  asked(by: string | null, reason: string, deadlineMs: number | undefined): void {
    const details = { reason, by, deadlineMs: deadlineMs ?? null }
    const message = `${by ?? "the cluster"} asks for ${this.name} back: ${reason}`
    this.#revoking ??= new AbortController()
    this.#revoking.abort(new ConclaveError("GRANT_LOST", message, { details }))
  }

  #abort(): void {
    if (this.#lossReason !== undefined) this.#over?.abort(this.#lostError(this.#lossReason))
  }

  #call(op: string, input: Record<string, unknown>, { timeoutMs = TIMEOUT_MS, signal }: CallOptions): Promise<unknown> {
    return this.#driver.call(op, input, { timeoutMs, signal, hold: this.#hold })
  }

  #lostError(reason: string): ConclaveError {
    const message = `the ${this.kind} ${this.name} is not held any more: ${reason}`
    return new ConclaveError("GRANT_LOST", message, { details: { reason } })
  }
}

/**
 * Waits for a grant. An aborted `signal` rejects with its reason at once, and it is made sure in the background that
 * the request never becomes ours.
 */
export async function acquire(driver: SessionDriver, request: HoldRequest, o: WaitOptions): Promise<HeldGrant> {
  const { waitMs = Number.POSITIVE_INFINITY, signal } = o
  if (!(waitMs >= 0)) throw invalidError("waitMs", "waitMs is a number from 0")
  signal?.throwIfAborted()
  if (driver.isClosed) throw closedError()
  let forget = (): void => {}
  try {
    const grant = await new Promise<HeldGrant>((resolve, reject) => {
      let granted: HeldGrant | undefined
      const hold: number = driver.hold(request, waitMs, {
        granted: (token, _rev, id) => {
          granted = new HeldGrant(driver, { hold, token, id, request })
          resolve(granted)
        },
        revoking: (...asked) => granted?.asked(...asked),
        lost: (reason) => granted?.over(reason),
        failed: reject,
      })
      forget = onAbort(signal, () => {
        if (granted === undefined) driver.cancel(hold)
        reject(signal?.reason)
      })
    })
    // Aborted between the grant and this line: the caller is told so, and nobody holds it.
    if (signal?.aborted === true) {
      grant.release().catch(() => {})
      throw signal.reason
    }
    return grant
  } finally {
    forget()
  }
}

/** Takes it where it can be had now; null: certainly not ours. */
export async function tryAcquire(
  driver: SessionDriver,
  request: HoldRequest,
  o: { readonly signal?: AbortSignal },
): Promise<HeldGrant | null> {
  try {
    return await acquire(driver, request, { ...o, waitMs: 0 })
  } catch (error) {
    if (ConclaveError.is(error, "WAIT_TIMEOUT") && error.outcome === "not-applied") return null
    throw error
  }
}
