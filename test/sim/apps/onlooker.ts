import type { Random } from "@conclave/base"
import type { Failure } from "@conclave/sdk/session-core/types"
import type { Operation } from "../check/lines.ts"
import type { AppsPlan } from "../plan.ts"
import type { App } from "./app.ts"
import { TASKS } from "./producer.ts"
import type { Recorder } from "./recorder.ts"
import type { Named } from "./watch-wish.ts"

export interface OnlookerOptions {
  readonly app: App
  readonly agent: string
  readonly recorder: Recorder
  readonly random: Random
  readonly plan: AppsPlan
}

interface Look {
  readonly op: Operation
  readonly input: { readonly kind?: string; readonly name?: string; readonly key?: string; readonly prefix?: string }
  /** What the answer is about, as histories call it. */
  readonly scope: string
  /** The key of each thing in it. */
  readonly keyOf: (item: Named) => string
}

const HOLD_KINDS = ["lock", "election", "semaphore", "group", "work"]

/**
 * Reads all that can be read, fresh and as its agent has it, and writes down what it was shown, and how old that is.
 */
export class Onlooker {
  readonly isIdle = true
  readonly #options: OnlookerOptions
  #isOver = false

  constructor(options: OnlookerOptions) {
    this.#options = options
    this.#goOn()
  }

  stop(): void {
    this.#isOver = true
  }

  #goOn(): void {
    const { app, random, plan } = this.#options
    app.after(1 + random.below(4 * plan.actMs), () => {
      if (this.#isOver) return
      const look = drawLook(random, plan)
      this.#look(look, LISTS.has(look.op) && random.chance(1, 3))
      this.#goOn()
    })
  }

  #look({ op: f, input, scope, keyOf }: Look, isFresh: boolean): void {
    const { app, agent, recorder } = this.#options
    const kept = isFresh ? {} : { stale: true }
    const asked = { app: app.life, seen: app.seenRev, ...kept }
    const op = recorder.invoke(f, scope, { life: app.life, agent }, asked)
    const answer = ({ out, error }: { readonly out?: unknown; readonly error?: unknown }): void => {
      if (error !== undefined) return this.#failed(op, error as Failure)
      const { rev, ageMs, items, ...one } = out as Answer
      const things = (items ?? [one]).map((item) => ({ key: keyOf(item), item }))
      recorder.end(op, "ok", { rev: Number(rev), r: { things, ...(ageMs === undefined ? {} : { ageMs }) } })
    }
    const isAsked = app.ask(f, { ...input, ...kept }, { event: () => {}, answer })
    if (!isAsked) recorder.end(op, "fail", { e: "AGENT_UNAVAILABLE" })
  }

  #failed(op: number, { code, outcome, details }: Failure): void {
    const rev = typeof details["rev"] === "string" ? { rev: Number(details["rev"]) } : {}
    this.#options.recorder.end(op, outcome === "not-applied" ? "fail" : "info", { e: code, ...rev })
  }
}

/** Those that nobody else asks for. */
const LISTS: ReadonlySet<Operation> = new Set(["kv.list", "hold.list", "sessions.list"])

interface Answer extends Named {
  readonly rev: string
  readonly ageMs?: number
  readonly items?: readonly Named[]
}

function drawLook(random: Random, plan: AppsPlan): Look {
  const kind = random.pick(HOLD_KINDS)
  const key = `k${random.below(plan.keys ?? 1)}`
  switch (random.below(8)) {
    case 0:
      return { op: "kv.get", input: { key }, scope: `kv/${key}`, keyOf: () => `kv/${key}` }
    case 1:
    case 2:
      return { op: "kv.list", input: { prefix: "k" }, scope: "kv/k*", keyOf: (item) => `kv/${item.key}` }
    case 3:
      return { op: "sessions.list", input: {}, scope: "session/*", keyOf: ({ id }) => `session/${id}` }
    case 4: {
      const name = `${kind.slice(0, 1)}0`
      return { op: "hold.get", input: { kind, name }, scope: `${kind}/${name}`, keyOf: () => `${kind}/${name}` }
    }
    case 5:
      return { op: "hold.list", input: { kind }, scope: `${kind}/*`, keyOf: ({ name }) => `${kind}/${name}` }
    default: {
      const scope = `items/${TASKS}/*`
      return { op: "work.items", input: { name: TASKS }, scope, keyOf: ({ item }) => `items/${TASKS}/${item}` }
    }
  }
}
