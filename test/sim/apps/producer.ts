import type { Random } from "@conclave/base"
import type { Failure } from "@conclave/sdk/session-core/types"
import type { Input, ShownItem, WorkOperation } from "../check/lines.ts"
import type { WorkPlan } from "../plan.ts"
import type { App } from "./app.ts"
import type { Recorder } from "./recorder.ts"

export const TASKS = "w0"
export const PARTITIONS = "w1"
/** Writes of one session under way. */
const PENDING_MAX = 3
const CONFIGURE_MS = 1000
/** At the end it looks so often whether all is done. */
const SWEEP_MS = 500

export interface ProducerOptions {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
  readonly plan: WorkPlan
  readonly everyMs: number
}

/** Sets pools up, puts tasks, changes its mind about some, and looks at what became of them. */
export class Producer {
  readonly #options: ProducerOptions
  readonly #known: string[] = []
  #pending = 0
  #puts = 0
  #isOver = false
  #isStopped = false
  /** What was left at the last look; undefined = it has not looked since it was asked to sweep. */
  #left: string | undefined

  constructor(options: ProducerOptions) {
    this.#options = options
    this.#setUp()
    this.#goOn()
  }

  get isIdle(): boolean {
    return this.#pending === 0
  }

  /** What is still to be done, in words; "" = nothing. */
  get left(): string {
    return this.#left ?? "it has not looked yet"
  }

  /** What was asked is answered, or given up. */
  stop(): void {
    this.#isOver = true
    this.#isStopped = true
  }

  /** Puts nothing more; sees to it that all that waits is tried at once, until nothing is left. */
  sweep(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#left = undefined
    this.#look(TASKS)
  }

  #setUp(): void {
    const { app, plan } = this.#options
    const { partitions, isTuned: _, ...config } = plan
    const again = (): void => {
      if (!this.#isOver) this.#setUp()
    }
    this.#write("work.configure", TASKS, config, (failure) => failure !== undefined && app.after(CONFIGURE_MS, again))
    if (partitions > 0) this.#write("work.configure", PARTITIONS, { partitions, ...config }, () => {})
  }

  /** While items are at work. */
  #tune(): void {
    const { random, plan } = this.#options
    const hasPartitions = plan.partitions > 0 && random.chance(2, 3)
    const config = drawSetting(random, hasPartitions)
    this.#write("work.configure", hasPartitions ? PARTITIONS : TASKS, config, () => {})
  }

  #goOn(): void {
    const { app, random, everyMs } = this.#options
    app.after(1 + random.below(2 * everyMs), () => {
      if (this.#isOver) return
      if (this.#pending < PENDING_MAX) this.#act()
      this.#goOn()
    })
  }

  #act(): void {
    const { app, random, plan } = this.#options
    if (plan.isTuned === true && random.chance(1, 6)) return this.#tune()
    const known = this.#known.length === 0 ? undefined : random.pick(this.#known)
    const kind = random.below(12)
    if (kind < 3) return this.#ask(plan.partitions > 0 && random.chance(1, 3) ? PARTITIONS : TASKS, () => {})
    if (kind === 3 && known !== undefined) return this.#remove(known)
    if (kind === 4 && known !== undefined) return this.#write("work.retry", TASKS, { item: known }, () => {})
    const isKnown = kind === 5 && known !== undefined
    const item = isKnown ? known : `${app.life}-${++this.#puts}`
    if (!isKnown) this.#known.push(item)
    this.#write("work.put", TASKS, { item, weight: 1 + random.below(2) }, () => {})
  }

  /** Some are put again at once, while who had them may not have heard. */
  #remove(item: string): void {
    const isPutAgain = this.#options.random.chance(1, 2)
    this.#write("work.remove", TASKS, { item }, () => {
      if (isPutAgain && !this.#isOver) this.#write("work.put", TASKS, { item, weight: 1 }, () => {})
    })
  }

  #write(f: WorkOperation, pool: string, input: Input, done: (failure: Failure | undefined) => void): void {
    const { app, recorder } = this.#options
    const op = this.#begin(f, pool, input)
    this.#pending++
    app.call(f, { name: pool, ...input }, (out, failure) => {
      this.#pending--
      const { rev, removed } = (out ?? {}) as { readonly rev?: string; readonly removed?: boolean }
      // The revision of settings is that of those who set them first.
      const at = f === "work.configure" ? {} : { rev: Number(rev) }
      if (failure === undefined) recorder.end(op, "ok", { ...at, ...(removed === undefined ? {} : { r: { removed } }) })
      else this.#failed(op, failure)
      done(failure)
    })
  }

  /** A linearizable read; undefined: it was not answered. */
  #ask(pool: string, told: (items: readonly ShownItem[] | undefined) => void): void {
    const { app, recorder } = this.#options
    const op = this.#begin("work.items", pool, {})
    const answer = ({ out, error }: { readonly out?: unknown; readonly error?: unknown }): void => {
      if (error !== undefined) {
        this.#failed(op, error as Failure)
        return told(undefined)
      }
      const { rev, items } = out as { readonly rev: string; readonly items: readonly ShownItem[] }
      recorder.end(op, "ok", { rev: Number(rev), r: { items: items.map(shownOf) } })
      told(items)
    }
    if (app.ask("work.items", { name: pool }, { event: () => {}, answer })) return
    recorder.end(op, "fail", { e: "AGENT_UNAVAILABLE" })
    told(undefined)
  }

  #look(pool: string): void {
    const { app, plan } = this.#options
    let isAnswered = false
    if (this.#isStopped) return
    this.#ask(pool, (items) => {
      if (isAnswered || this.#isStopped) return
      isAnswered = true
      const waiting = (items ?? []).filter(({ state }) => state !== "assigned" && state !== "revoking")
      const isDone = pool === TASKS ? items?.length === 0 : items !== undefined && waiting.length === 0
      for (const { item } of waiting) this.#write("work.retry", pool, { item }, () => {})
      this.#left = isDone ? "" : `${items?.length ?? "perhaps something"} of ${pool}`
      if (isDone && (pool === PARTITIONS || plan.partitions === 0)) return
      if (isDone) this.#left = `${PARTITIONS}, not looked at yet`
      app.after(SWEEP_MS, () => this.#look(isDone ? PARTITIONS : pool))
    })
    // The connection may break before the answer comes.
    app.after(10 * SWEEP_MS, () => {
      if (isAnswered) return
      isAnswered = true
      this.#look(pool)
    })
  }

  #begin(f: WorkOperation, pool: string, input: Input): number {
    const { app, agent, recorder } = this.#options
    return recorder.invoke(f, `work/${pool}`, { life: app.life, agent }, { app: app.life, ...input })
  }

  #failed(op: number, { code, outcome, details }: Failure): void {
    const rev = typeof details?.["rev"] === "string" ? { rev: Number(details["rev"]) } : {}
    this.#options.recorder.end(op, outcome === "not-applied" ? "fail" : "info", { e: code, ...rev })
  }
}

/** One that its pool has, set to something else. */
function drawSetting(random: Random, hasPartitions: boolean): Input {
  switch (random.below(hasPartitions ? 5 : 3)) {
    case 0:
      return { maxAttempts: 1 + random.below(5) }
    case 1:
      return { handoffTimeoutMs: random.pick([0, 1000, 4000, 30_000]) }
    case 2:
      return { restartGraceMs: random.pick([0, 1000, 5000]) }
    default:
      return { partitions: 1 + random.below(6) }
  }
}

/** When its state began is told by the cluster's clock, which no check here knows. */
export function shownOf({ item, state, worker, target, token, attempt, weight, pin, ...more }: ShownItem): ShownItem {
  const { payload, note = null } = more
  return { item, state, worker, target, token, attempt, weight, pin, payload, note }
}
