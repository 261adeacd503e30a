import type { Client } from "@conclave/sdk"
import { monotonicNs } from "conclave/cli/fleet/monotonic"
import type { ShareStep, SharesAnswer, WorkAnswer } from "./orders.ts"

/** One worker of one pool at a time: it keeps each item until that is asked back or lost. */
export class Worker {
  #steps: ShareStep[] = []
  #leave: AbortController = new AbortController()
  #running: Promise<void> = Promise.resolve()

  begin(client: Client, pool: string): WorkAnswer {
    this.#steps = []
    this.#leave = new AbortController()
    const atNs = monotonicNs(performance.now())
    this.#running = client.work(pool).run(
      async ({ item, token, signal, revoking }) => {
        this.#note("has", item, token)
        await aborted(AbortSignal.any([signal, revoking]))
        this.#note("gives", item, token)
      },
      { signal: this.#leave.signal },
    )
    // Whoever drains it hears of it.
    this.#running.catch(() => undefined)
    return { atNs }
  }

  shares(): SharesAnswer {
    return { steps: this.#steps }
  }

  async drain(): Promise<object> {
    this.#leave.abort()
    await this.#running
    return {}
  }

  #note(kind: ShareStep["kind"], item: string, token: bigint): void {
    this.#steps.push({ kind, item, token: String(token), atNs: monotonicNs(performance.now()) })
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
}
