import type { Random } from "@conclave/base"
import type { Failure } from "@conclave/sdk/session-core/types"
import type { Input } from "../check/lines.ts"
import type { App, NamedItem } from "./app.ts"
import type { Recorder } from "./recorder.ts"

const STEPS_MAX = 4
/** What is asked back is handed over within this, by most. */
const HANDOVER_MS = 400
const HURRY_MS = 50
/** Between two steps of one that is worked on for ever, at most. */
const ENDLESS_MS = 6000

export interface JobParts {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
  readonly pool: string
  readonly busyMs: number
  readonly isEndless: boolean
  readonly place: { readonly op: number; readonly hold: number; readonly input: Input }
  readonly isHurrying: () => boolean
  /** Whatever is asked back is given back. */
  readonly isLeaving: () => boolean
}

type Result = "done" | "released" | "failed"

/**
 * One assignment of one item from when it is told to its end: works under its token, saves how far it is, and settles.
 */
export class Job {
  readonly #item: NamedItem
  readonly #parts: JobParts
  #stepsLeft: number
  #isOver = false

  constructor({ item, token }: NamedItem, parts: JobParts) {
    this.#item = { item, token }
    this.#parts = parts
    this.#stepsLeft = 1 + parts.random.below(STEPS_MAX)
    this.#goOn()
  }

  /** At any moment: only what is held by the clock of this moment is touched. */
  act(): void {
    const { app, recorder, place, pool } = this.#parts
    if (this.#isOver || !app.isItemHeld(place.hold, this.#item)) return
    const { item, token } = this.#item
    const p = `${app.life}.${place.op}`
    recorder.add({ k: "act", t: recorder.nowUs, p, op: place.op, key: `item/${pool}/${item}`, item, token: `${token}` })
  }

  asked(): void {
    const { app, random, isLeaving } = this.#parts
    // Some do not hear, and are waited for.
    if (isLeaving() || random.chance(5, 6)) app.after(random.below(HANDOVER_MS), () => this.finish("released"))
  }

  /** What is still said under its token comes too late, and must change nothing. */
  over(): void {
    if (this.#isOver) return
    this.#isOver = true
    const { random } = this.#parts
    if (random.chance(1, 6)) this.#settle("done", undefined)
    if (random.chance(1, 6)) this.#save(undefined)
  }

  finish(result: Result): void {
    const { app, recorder, random, place, pool } = this.#parts
    if (this.#isOver) return
    this.#isOver = true
    this.#settle(result, place.hold)
    const { item, token } = this.#item
    const told = { op: place.op, key: `work/${pool}`, item, token: String(token), reason: "released" } as const
    recorder.hold(app.life, { ...told, type: "lost" })
    app.settled(place.hold, this.#item)
    // Twice, by mistake.
    if (random.chance(1, 20)) this.#settle("failed", undefined)
  }

  #goOn(): void {
    const { app, random, busyMs, isHurrying, isEndless } = this.#parts
    const pauseMs = isEndless ? ENDLESS_MS : isHurrying() ? HURRY_MS : busyMs
    app.after(1 + random.below(pauseMs), () => this.#step())
  }

  #step(): void {
    const { random, place, isHurrying, isEndless } = this.#parts
    if (this.#isOver) return
    this.act()
    if (random.chance(1, 3)) this.#save(place.hold)
    const isAtEnd = !isEndless && (--this.#stepsLeft <= 0 || isHurrying())
    // One that is never settled is waited for by its worker alone.
    if (isAtEnd && (isHurrying() || random.chance(11, 12))) return this.finish(isHurrying() ? "done" : this.#drawn())
    if (isEndless && !isHurrying() && random.chance(1, 20)) return this.finish(this.#drawn())
    if (!isAtEnd) this.#goOn()
  }

  #drawn(): Result {
    const { random } = this.#parts
    if (random.chance(1, 6)) return "failed"
    return random.chance(1, 12) ? "released" : "done"
  }

  #settle(result: Result, hold: number | undefined): void {
    this.#call("work.settle", { result }, hold)
  }

  #save(hold: number | undefined): void {
    const { app, recorder } = this.#parts
    this.#call("work.checkpoint", { value: `${app.life}:${recorder.ops.invoked}` }, hold)
  }

  #call(f: "work.settle" | "work.checkpoint", said: Input, hold: number | undefined): void {
    const { app, agent, recorder, place, pool } = this.#parts
    const { item } = this.#item
    const about = { item, token: String(this.#item.token), ...said }
    const op = recorder.invoke(
      f,
      `work/${pool}`,
      { life: app.life, agent },
      {
        ...{ app: app.life, of: place.op, ...about },
        ...(hold === undefined ? { isLate: true } : {}),
      },
    )
    const done = (out: unknown, failure: Failure | undefined): void => {
      if (failure === undefined) recorder.end(op, "ok", { rev: Number((out as { rev: string }).rev) })
      else this.#failed(op, failure)
    }
    // As of the product's client: as long as its worker lives nobody else would take the item away.
    const isInsistent = f === "work.settle" && hold !== undefined
    app.call(f, { name: pool, ...about }, done, { hold, isInsistent })
  }

  #failed(op: number, { code, outcome, details }: Failure): void {
    const rev = typeof details["rev"] === "string" ? { rev: Number(details["rev"]) } : {}
    this.#parts.recorder.end(op, outcome === "not-applied" ? "fail" : "info", { e: code, ...rev })
  }
}
