import type { Random } from "@conclave/base"
import type { App } from "./app.ts"
import type { Recorder } from "./recorder.ts"

/** The one barrier. */
const BARRIER = "b0"
const WAITS_MS = [300, 2000, 8000, Number.POSITIVE_INFINITY]
const nothing = (): void => {}

export interface PartyOptions {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
  /** As many open it. */
  readonly parties: number
  /** Between two waits, on the average. */
  readonly everyMs: number
}

/** An application that comes to a barrier now and then, and gives up waiting now and then. */
export class Party {
  readonly #options: PartyOptions
  #wait: { readonly op: number; hold: number } | undefined
  #isOver = false

  constructor(options: PartyOptions) {
    this.#options = options
    this.#goOn()
  }

  get isIdle(): boolean {
    return this.#wait === undefined
  }

  stop(): void {
    this.#isOver = true
    this.#giveUp(this.#wait?.op)
  }

  #goOn(): void {
    const { app, random, everyMs } = this.#options
    app.after(1 + random.below(2 * everyMs), () => {
      if (this.#isOver) return
      if (this.#wait === undefined) this.#come()
      this.#goOn()
    })
  }

  #come(): void {
    const { app, agent, recorder, random, parties } = this.#options
    const key = `barrier/${BARRIER}`
    const waitMs = random.pick(WAITS_MS)
    const limit = Number.isFinite(waitMs) ? { waitMs } : {}
    const op = recorder.invoke("barrier", key, { life: app.life, agent }, { app: app.life, parties, ...limit })
    const wait = { op, hold: 0 }
    this.#wait = wait
    wait.hold = app.acquire({ kind: "barrier", name: BARRIER, parties }, waitMs, {
      queued: () => recorder.hold(app.life, { op, key, type: "queued" }),
      opened: ({ generation, index, rev }) => {
        this.#wait = undefined
        recorder.end(op, "ok", { rev: Number(rev), r: { generation: String(generation), index } })
      },
      failed: (failure) => {
        this.#wait = undefined
        recorder.failed(op, failure)
      },
      ...{ sent: nothing, granted: nothing, revoking: nothing, lost: nothing, released: nothing, until: nothing },
    })
    if (random.chance(1, 5)) app.after(random.below(3000), () => this.#giveUp(op))
  }

  #giveUp(op: number | undefined): void {
    const { app, recorder } = this.#options
    const wait = this.#wait
    if (wait === undefined || wait.op !== op) return
    this.#wait = undefined
    app.cancel(wait.hold)
    recorder.end(wait.op, "ok", { r: { granted: false } })
  }
}
