import type { Random } from "@conclave/base"
import { type ItemsLine, ItemsView } from "@conclave/sdk/items-view"
import type { Failure } from "@conclave/sdk/session-core/types"
import type { WatchLine } from "../check/lines.ts"
import type { App, AppStream } from "./app.ts"
import type { Recorder } from "./recorder.ts"
import type { Named, WatchWish } from "./watch-wish.ts"

/** As of the product's client. */
const RETRY_MS = 1000
/** Some end their stream by themselves now and then, and come back. */
const REST_MS = 15_000
/** Behind every revision that there will be. */
const FUTURE = 2 ** 40
/** A slow reader takes so many events at once, and not for so long. */
const SLOW_EVENTS = 8
const SLOW_MS = 3000
/** Kinds whose watches the product's client adds up. */
const SUMMED = /^(kv|items|holder)\//

export interface WatcherOptions {
  readonly app: App
  readonly agent: string
  /** The life of the agent. */
  readonly boot: () => number
  readonly recorder: Recorder
  readonly random: Random
  readonly wish: WatchWish
  /** Names the stream. */
  readonly number: number
}

/**
 * One watch of one application: begins on each connection behind what it was told last, as the product's client does,
 * and now and then elsewhere.
 */
export class Watcher {
  readonly isIdle = true
  readonly #options: WatcherOptions
  readonly #isSlow: boolean
  readonly #w: string
  #view: ItemsView<Named>
  /**
   * It came back with something else than it had come to: what its view holds is of two times until a new one comes.
   */
  #isMixed = false
  #op: number | undefined
  #stream: AppStream | undefined
  #taken = 0
  #isOver = false

  constructor(options: WatcherOptions) {
    this.#options = options
    const { app, random, number } = options
    this.#w = `${app.life}.w${number}`
    this.#isSlow = random.chance(1, 3)
    this.#view = this.#emptyView()
    app.onConnected.add(() => this.#begin())
    this.#rest()
    if (this.#isSlow) this.#takeMore()
  }

  stop(): void {
    this.#isOver = true
    this.#stream?.end()
  }

  #emptyView(): ItemsView<Named> {
    const { keyOf } = this.#options.wish
    return new ItemsView({ keyOf, compare: (a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0) })
  }

  #rest(): void {
    const { app, random } = this.#options
    app.after(1 + random.below(2 * REST_MS), () => {
      if (this.#isOver) return
      this.#stream?.end()
      this.#begin()
      this.#rest()
    })
  }

  #takeMore(): void {
    const { app, random } = this.#options
    app.after(1 + random.below(2 * SLOW_MS), () => {
      if (this.#taken > 0) this.#stream?.credit(Math.min(this.#taken, SLOW_EVENTS))
      this.#taken = Math.max(0, this.#taken - SLOW_EVENTS)
      if (!this.#isOver) this.#takeMore()
    })
  }

  #begin(): void {
    const { app, agent, boot, recorder, wish } = this.#options
    if (this.#isOver) return
    if (this.#op !== undefined) recorder.end(this.#op, "info", { e: "AGENT_UNAVAILABLE" })
    this.#taken = 0
    this.#view.restart()
    const from = this.#from()
    const behind = from === undefined ? {} : { from }
    const asked = { app: app.life, w: this.#w, boot: boot(), seen: app.seenRev, ...behind }
    const op = recorder.invoke("watch", wish.scope, { life: app.life, agent }, asked)
    this.#op = op
    this.#stream = app.stream(
      "watch",
      { ...wish.input, ...(from === undefined ? {} : { from: String(from) }) },
      {
        isSlow: this.#isSlow,
        event: (event) => this.#op === op && this.#told(op, event as LineJson),
        answer: ({ error }) => this.#ended(op, error as Failure | undefined),
      },
    )
    if (this.#stream === undefined) recorder.end(op, "fail", { e: "AGENT_UNAVAILABLE" })
  }

  /** Mostly what was told last; else nothing, a past, or a future. */
  #from(): number | undefined {
    const { random } = this.#options
    const last = Number(this.#view.rev)
    const kind = this.#view.isLoaded ? random.below(12) : 12
    if (kind < 8) return last
    this.#isMixed = this.#view.isLoaded
    if (kind === 8) return last + FUTURE
    if (kind < 11) return Math.max(0, last - random.below(100))
    this.#isMixed = false
    this.#view = this.#emptyView()
    return undefined
  }

  #ended(op: number, error: Failure | undefined): void {
    const { app, recorder } = this.#options
    if (error === undefined) recorder.end(op, "ok")
    else recorder.failed(op, error)
    if (this.#op !== op) return
    this.#op = undefined
    app.after(RETRY_MS, () => this.#op === undefined && this.#begin())
  }

  #told(op: number, { type, rev, items, changes, reset, more }: LineJson): void {
    const { wish } = this.#options
    this.#taken++
    const ev = [
      ...(items ?? []).map((item) => ({ type: "put" as const, item })),
      ...(changes ?? []).map(({ rev: at, ...each }) => ({ ...each, ...(at === undefined ? {} : { rev: Number(at) }) })),
    ].map((each) => ({ key: wish.keyOf(each.item), ...each }))
    const flags = { ...(reset === true ? { reset } : {}), ...(more === true ? { more } : {}) }
    this.#say({ op, vk: type, rev: Number(rev), ev, ...flags })
    const revs = changes?.map(({ rev: at, ...each }) => ({ ...each, ...(at === undefined ? {} : { rev: BigInt(at) }) }))
    this.#view.take({ type, rev: BigInt(rev), items, changes: revs, reset, more } satisfies ItemsLine<Named>)
    if (type === "view" && more !== true) this.#isMixed = false
    if (more !== true && SUMMED.test(wish.scope)) this.#sum(op)
  }

  /** What the product's client would show now. */
  #sum(op: number): void {
    if (this.#isMixed || !this.#options.random.chance(1, 6)) return
    const ev = this.#view.items().map((item) => ({ key: this.#options.wish.keyOf(item), type: "put" as const, item }))
    this.#say({ op, vk: "sum", rev: Number(this.#view.rev), ev })
  }

  #say(line: Pick<WatchLine, "op" | "vk" | "rev" | "ev" | "reset" | "more">): void {
    const { recorder, app, wish } = this.#options
    const p = `${app.life}.${line.op}`
    recorder.add({ k: "watch", t: recorder.nowUs, p, w: this.#w, scope: wish.scope, ...line })
  }
}

interface LineJson {
  readonly type: "view" | "change" | "progress"
  readonly rev: string
  readonly reset?: boolean
  readonly more?: boolean
  readonly items?: readonly Named[]
  readonly changes?: readonly {
    readonly type: "put" | "delete"
    readonly item: Named
    readonly reason?: string
    readonly rev?: string
  }[]
}
