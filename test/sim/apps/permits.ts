import type { Random } from "@conclave/base"
import type { Failure } from "@conclave/sdk/session-core/types"
import type { App } from "./app.ts"
import type { Recorder } from "./recorder.ts"

/** The one semaphore. */
export const PERMITS = "s0"
/** What it holds unless somebody says otherwise, and at most. */
const LIMIT = 3
const LIMIT_MAX = 5

export interface PermitsOptions {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
}

/** What an application knows of the one semaphore, and changes of it. */
export class Permits {
  readonly #options: PermitsOptions
  #limit = LIMIT
  #pending = 0

  constructor(options: PermitsOptions) {
    this.#options = options
  }

  /** As it was told last. */
  get limit(): number {
    return this.#limit
  }

  get isIdle(): boolean {
    return this.#pending === 0
  }

  /** Somebody else has said another limit. */
  refused({ code, details }: Failure): void {
    const current = details["current"]
    if (code === "CONFLICT" && typeof current === "number") this.#limit = current
  }

  resize(): void {
    const { app, agent, recorder, random } = this.#options
    if (this.#pending > 0) return
    const limit = 1 + random.below(LIMIT_MAX)
    const by = { life: app.life, agent }
    const op = recorder.invoke("semaphore.resize", `semaphore/${PERMITS}`, by, { app: app.life, limit })
    this.#pending++
    app.call("semaphore.resize", { name: PERMITS, limit }, (out, failure) => {
      this.#pending--
      if (failure !== undefined) return recorder.failed(op, failure)
      this.#limit = limit
      recorder.end(op, "ok", { rev: Number((out as { readonly rev: string }).rev) })
    })
  }
}
