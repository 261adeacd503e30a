import type { Random } from "@conclave/base"
import type { Failure } from "@conclave/sdk/session-core/types"
import type { Input } from "../check/lines.ts"
import type { App } from "./app.ts"
import { Job } from "./job.ts"
import type { Recorder } from "./recorder.ts"

/** Between two lives in the pool. */
const REST_MS = 1500
/** Some want to leave by themselves, after so long. */
const DRAIN_MS = 30_000

export interface WorkerOptions {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
  readonly pool: string
  /** Under which it comes back in the next life, too. */
  readonly id: string | undefined
  readonly capacity: number | undefined
  /** What an item takes, on the average. */
  readonly busyMs: number
  /** Its items are worked on until they are asked back. */
  readonly isEndless: boolean
}

/** An application's place in one pool: joins, works on what it is given, leaves now and then, and joins again. */
export class Worker {
  readonly #options: WorkerOptions
  readonly #jobs: Map<string, Job> = new Map()
  #place: { readonly op: number; hold: number; readonly input: Input; drain: number | undefined } | undefined
  #isOver = false
  #isHurrying = false
  readonly #mood = { isHurrying: () => this.#isHurrying, isLeaving: () => this.#isOver }

  constructor(options: WorkerOptions) {
    this.#options = options
    this.#rest()
  }

  get isIdle(): boolean {
    return this.#place === undefined
  }

  /** Work under everything that it has, at a bad moment. */
  work(): void {
    for (const job of this.#jobs.values()) job.act()
  }

  /** From now on all succeeds, and soon. */
  hurry(): void {
    this.#isHurrying = true
    if (!this.#options.isEndless) for (const job of this.#jobs.values()) job.finish("done")
  }

  /** Hands all back, and is given nothing more. */
  stop(): void {
    this.#isOver = true
    this.#drain()
    for (const job of this.#jobs.values()) job.asked()
  }

  #rest(): void {
    const { app, random } = this.#options
    app.after(1 + random.below(2 * REST_MS), () => this.#join())
  }

  #join(): void {
    const { app, agent, recorder, random, pool, id, capacity } = this.#options
    if (this.#isOver || this.#place !== undefined) return
    const terms = { ...(id === undefined ? {} : { id }), ...(capacity === undefined ? {} : { capacity }) }
    const input: Input = { app: app.life, ...terms }
    const op = recorder.invoke("acquire", `work/${pool}`, { life: app.life, agent }, input)
    const place = { op, hold: 0, input, drain: undefined }
    this.#place = place
    place.hold = app.acquire({ kind: "work", name: pool, ...terms }, Number.POSITIVE_INFINITY, {
      sent: (s, seq, ttlMs) => void Object.assign(input, { s, seq, ttlMs }),
      queued: () => this.#say({ type: "queued" }),
      granted: (token, rev) => this.#granted(String(token), Number(rev)),
      revoking: (reason) => this.#say({ type: "revoking", reason }),
      lost: (reason) => this.#lost(reason),
      failed: (failure) => this.#failed(failure),
      released: () => {},
      until: (until) => this.#say({ type: "until", until }),
      items: {
        assigned: (given) => {
          const { item, token, rev, attempt, checkpoint } = given
          const told = typeof checkpoint === "string" ? { checkpoint } : {}
          this.#say({ type: "assigned", item, token: String(token), rev: Number(rev), attempt, ...told })
          const job = new Job(given, { ...this.#options, place, ...this.#mood })
          this.#jobs.set(`${item} ${token}`, job)
        },
        revoking: ({ item, token, reason }) => {
          this.#say({ type: "revoking", item, token: String(token), reason })
          this.#jobs.get(`${item} ${token}`)?.asked()
        },
        lost: ({ item, token, reason }) => {
          this.#say({ type: "lost", item, token: String(token), reason })
          this.#over(`${item} ${token}`)
        },
        until: ({ item, token }, until) => this.#say({ type: "until", item, token: String(token), until }),
      },
    })
    if (random.chance(1, 3)) app.after(random.below(2 * DRAIN_MS), () => place === this.#place && this.#drain())
  }

  #granted(token: string, rev: number): void {
    this.#say({ type: "granted", token, rev })
    this.#options.recorder.end(this.#place?.op ?? 0, "ok", { rev, r: { granted: true, token } })
  }

  #drain(): void {
    const { app, agent, recorder, pool } = this.#options
    const place = this.#place
    if (place === undefined || place.drain !== undefined) return
    const about = { app: app.life, of: place.op, ...(place.input.s === undefined ? {} : { s: place.input.s }) }
    place.drain = recorder.invoke("release", `work/${pool}`, { life: app.life, agent }, about)
    app.drain(place.hold)
  }

  /** Its hold is over, and with it all that it had. */
  #lost(reason: string): void {
    const { recorder } = this.#options
    const place = this.#place
    this.#say({ type: "lost", reason })
    if (place === undefined) return
    recorder.end(place.op, "ok", { r: { granted: false } })
    if (place.drain !== undefined) recorder.end(place.drain, reason === "released" ? "ok" : "info")
    this.#ended()
  }

  #failed(failure: Failure): void {
    const place = this.#place
    if (place === undefined) return
    this.#options.recorder.failed(place.op, failure)
    if (place.drain !== undefined) this.#options.recorder.end(place.drain, "info")
    this.#ended()
  }

  #ended(): void {
    this.#place = undefined
    for (const key of [...this.#jobs.keys()]) this.#over(key)
    this.#rest()
  }

  #over(key: string): void {
    this.#jobs.get(key)?.over()
    this.#jobs.delete(key)
  }

  #say(line: Omit<Parameters<Recorder["hold"]>[1], "op" | "key">): void {
    const { recorder, app, pool } = this.#options
    if (this.#place !== undefined) recorder.hold(app.life, { op: this.#place.op, key: `work/${pool}`, ...line })
  }
}
