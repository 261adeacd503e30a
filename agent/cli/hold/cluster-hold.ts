import { ConclaveError } from "@conclave/sdk"
import type { HoldRequest } from "@conclave/sdk/session-core/types"
import type { SessionDriver } from "@conclave/sdk/session-driver"
import type { HoldLines } from "./hold-lines.ts"
import { tellJeopardy } from "./jeopardy.ts"
import type { Limits } from "./keeper-words.ts"
import { limitsOf } from "./limits.ts"

/** Who asks for a grant where nobody in particular does. */
export const CLUSTER = "the cluster"

/** One hold from its wait to its end, told line by line. */
export class ClusterHold {
  readonly #driver: SessionDriver
  readonly #request: HoldRequest
  readonly #lines: HoldLines
  #hold = 0
  #token = 0n
  #state: "waiting" | "granted" | "over" = "waiting"
  #isQueued = false
  #onOver: (reason: string) => void = () => {}
  /** Resolves with the reason when the grant is over against our will. */
  readonly over: Promise<string> = new Promise((resolve) => {
    this.#onOver = resolve
  })
  /** Called when somebody asks for the grant. */
  onAsked: () => void = () => {}

  constructor(driver: SessionDriver, request: HoldRequest, lines: HoldLines) {
    this.#driver = driver
    this.#request = request
    this.#lines = lines
    tellJeopardy(driver, lines, () => this.#state === "granted")
  }

  get token(): bigint {
    return this.#token
  }

  /** It has been heard of it: it stands in a queue, or more. */
  get isHeard(): boolean {
    return this.#isQueued || this.#state !== "waiting"
  }

  get isLost(): boolean {
    return this.#state === "over"
  }

  /**
   * Resolves when it is granted. A session that is lost in the meantime takes its place in the queue with it: a new one
   * asks again, as long as there is time.
   */
  async granted(waitMs: number, signal: AbortSignal): Promise<void> {
    const deadlineMs = performance.now() + waitMs
    for (let leftMs = waitMs; ; leftMs = Math.max(0, deadlineMs - performance.now())) {
      try {
        return await this.#attempt(leftMs, signal)
      } catch (error) {
        if (!ConclaveError.is(error, "SESSION_LOST") || waitMs === 0 || signal.aborted) throw error
      }
    }
  }

  /** Up to when a command may run under it. */
  limits(): Limits {
    // Read before the session: where both end together, this must not look like the earlier end.
    const leftMs = this.remainingMs
    return limitsOf(this.#driver, leftMs, this.#request.maxHoldMs)
  }

  /** Its command is told to end. What is not renewed was said as jeopardy. */
  sayStopping(): void {
    const { session, calmMs } = this.#driver
    const leftMs = this.remainingMs
    if (this.#state !== "granted" || calmMs === 0 || leftMs >= session.remainingMs) return
    const deadlineMs = Math.floor(leftMs)
    this.#lines.say({ type: "revoking", token: this.#token, by: CLUSTER, reason: "max-hold", deadlineMs })
  }

  get ttlMs(): number {
    return this.#driver.ttlMs
  }

  get remainingMs(): number {
    return this.#driver.remainingMs(this.#hold)
  }

  /** Throws where it is not certain that it was released. */
  release(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const wasGranted = this.#state === "granted"
      if (wasGranted) this.#state = "over"
      this.#driver.release(this.#hold, timeoutMs, (error, rev) => {
        if (error !== undefined) return reject(error)
        this.#lines.say({ type: "released", rev: rev ?? 0n })
        resolve()
      })
    })
  }

  #attempt(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const cancel = (): void => {
        this.#driver.cancel(this.#hold)
        reject(signal.reason)
      }
      signal.addEventListener("abort", cancel, { once: true })
      this.#hold = this.#driver.hold(this.#request, waitMs, {
        queued: (position, holders) => {
          this.#isQueued = true
          this.#lines.say({ type: "queued", position, holders })
        },
        granted: (token, rev) => {
          signal.removeEventListener("abort", cancel)
          this.#granted(token, rev)
          resolve()
        },
        revoking: (by, reason, deadlineMs) => {
          this.#lines.say({ type: "revoking", token: this.#token, by: by ?? CLUSTER, reason, deadlineMs })
          this.onAsked()
        },
        lost: (reason) => this.#lost(reason),
        failed: (error) => {
          this.#isQueued = false
          signal.removeEventListener("abort", cancel)
          reject(error)
        },
      })
    })
  }

  #granted(token: bigint, rev: bigint): void {
    this.#token = token
    this.#state = "granted"
    const validForMs = Math.floor(this.remainingMs)
    this.#lines.say({ type: "granted", token, rev, validForMs })
  }

  /** What is over by our own doing is said when it is certain. */
  #lost(reason: string): void {
    if (this.#state !== "granted") return
    this.#state = "over"
    this.#lines.say({ type: "lost", token: this.#token, reason })
    this.#onOver(reason)
  }
}
