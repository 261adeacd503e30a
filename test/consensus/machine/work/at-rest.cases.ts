import { type Item, planWork } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { type Member, PoolStage } from "./pool.ts"

const IDS = ["w0", "w1", "w2", "w3"]
const WORKERS_MAX = 6
const PLANS_MAX = 100

const anyWorker = fc.nat(WORKERS_MAX - 1)
const anyItem = fc.nat(15)
const anyPin = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(...IDS) },
)

const anyStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      item: anyItem,
      weight: fc.integer({ min: 1, max: 5 }),
      pin: anyPin,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      id: fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 4, arbitrary: fc.constantFrom(...IDS) }),
      capacity: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 8 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("close" as const, "loss" as const, "losses" as const, "drain" as const),
      worker: anyWorker,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("settle" as const),
      item: anyItem,
      result: fc.constantFrom("done" as const, "released" as const, "failed" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("remove" as const, "retry" as const), item: anyItem }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("configure" as const), partitions: fc.integer({ min: 1, max: 16 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(500, 1000, 5000, 30_000, 300_000) }),
  },
)

const anyPool = fc.record({
  isOfTasks: fc.boolean(),
  restartGraceMs: fc.constantFrom(0, 5000, 30_000),
  spread: fc.constantFrom("none" as const, "host" as const, "zone" as const),
  handsBack: fc.boolean(),
})

type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

/** Marks of what was reached, so that a generator that reaches nothing is noticed. */
const reached = new Set<string>()

/** A pool whose leader plans after everything that happens, until it has nothing more to say. */
class Restless {
  readonly stage: PoolStage = new PoolStage()
  readonly #isOfTasks: boolean
  readonly #handsBack: boolean
  #workers: Member[] = []
  #lives = 0

  constructor({ isOfTasks, handsBack, ...config }: typeof anyPool extends fc.Arbitrary<infer T> ? T : never) {
    this.#isOfTasks = isOfTasks
    this.#handsBack = handsBack
    this.stage.configure({ ...config, partitions: isOfTasks ? 0 : 8, maxAttempts: 4 })
  }

  step(step: Step): void {
    const { stage } = this
    // Nobody expires for silence.
    stage.renew(...this.#workers.map((_, at) => at + 1))
    switch (step.kind) {
      case "put":
        stage.put(String(step.item), { weight: step.weight, pin: step.pin })
        return
      case "join":
        this.#join(step.id, step.capacity)
        return
      case "configure":
        if (!this.#isOfTasks) stage.configure({ partitions: step.partitions })
        return
      case "pass":
        stage.pass(step.ms)
        return
      case "settle":
        if (this.#item(step.item)?.owner !== undefined) stage.settle(String(step.item), step.result)
        return
      case "remove":
      case "retry":
        stage[step.kind](String(step.item))
        return
      default:
        this.#leave(step.kind, step.worker)
    }
  }

  /** Each plan changes something, and there are not many; then nobody is idle beside what it could have. */
  rest(): void {
    for (let plans = 0; plans < PLANS_MAX; plans++) {
      const seen = this.stage.machine.planView("p")
      const moves = seen === undefined ? [] : planWork(seen)
      if (moves.length === 0) return this.#checkIdle()
      const { rev } = this.stage.machine
      this.stage.assign(moves)
      if (this.stage.machine.rev === rev) throw new Error(`a plan that comes to nothing: ${JSON.stringify(moves)}`)
      for (const { item, reason } of moves) {
        reached.add(reason.split(":")[0] ?? "")
        if (this.#handsBack && this.stage.item(item).state === "revoking") this.stage.settle(item, "released")
      }
    }
    throw new Error("planning comes to no end")
  }

  #checkIdle(): void {
    const { machine } = this.stage
    const items = [...(machine.pool("p")?.book?.items.values() ?? [])]
    for (const { id, worker, revoking, session, seq } of machine.name("work", "p").holders) {
      if (worker?.isLeaving === true || revoking !== undefined) continue
      const isOwn = ({ owner }: Item): boolean => owner?.session === session && owner.seq === seq
      const mine = items.filter((each) => isOwn(each) || (each.state === "revoking" && each.target === id))
      const room = (worker?.capacity ?? 1000) - mine.reduce((sum, { weight }) => sum + weight, 0)
      for (const each of items) {
        const { item, state, weight, pin, target, keptUntilMs } = each
        if (state !== "free" || weight > room || (pin ?? id) !== id) continue
        if (keptUntilMs !== undefined && target !== id) continue
        if (each.losses >= 2 && mine.some(({ losses }) => losses >= 2)) continue
        throw new Error(`${id} is idle beside ${item}`)
      }
    }
  }

  #join(id: string | undefined, capacity: number | undefined): void {
    if (this.#workers.length === WORKERS_MAX) return
    const about = { ...(id === undefined ? {} : { id }), ...(capacity === undefined ? {} : { capacity }) }
    this.#workers.push(this.stage.join(++this.#lives, about))
  }

  #leave(how: "close" | "loss" | "losses" | "drain", at: number): void {
    const gone = this.#workers.splice(at, how === "losses" ? 3 : 1)
    for (const each of gone) {
      if (how === "drain" && this.stage.machine.hold(each.session, each.seq) !== undefined) this.stage.drain(each)
      else if (how !== "drain") this.stage.end(each.session, { cause: how === "close" ? "closed" : "exited" })
    }
    if (this.stage.machine.pool("p")?.pool.brake !== undefined) reached.add("brake")
  }

  #item(number: number): Item | undefined {
    return this.stage.machine.item("p", String(number))
  }
}

test("whatever happens to a pool, each plan changes something once it is applied, and planning comes to rest", (t) => {
  fc.assert(
    fc.property(anyPool, fc.array(anyStep, { maxLength: 60, size: "max" }), (pool, steps) => {
      const restless = new Restless(pool)
      for (const step of steps) {
        restless.step(step)
        restless.rest()
      }
    }),
    { numRuns: 150, seed: 20_261_129 },
  )
  const wanted = ["brake", "balance", "pinned elsewhere", "its own", "handed over", "least loaded"]
  t.strictSame(
    wanted.filter((word) => !reached.has(word)),
    [],
    "every situation was reached",
  )
  t.end()
})
