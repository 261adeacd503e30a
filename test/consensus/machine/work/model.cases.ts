import {
  type Command,
  encodeCommand,
  type Item,
  Machine,
  planWork,
  Roster,
  type SessionId,
  type Token,
} from "@conclave/consensus"
import { Naive } from "@conclave/sim/check/naive"
import { difference, differenceOfStates } from "@conclave/sim/group/naive-shadow"
import fc from "fast-check"
import { test } from "tap"
import { firstCommands, SESSIONS } from "../history.ts"
import { acquireOf, hostId, run, secretOf, sessionId } from "../stage.ts"

const ITEMS = ["0", "1", "2", "3", "x"]
const POOLS = ["p", "p", "q"]

/** Marks of what a run has reached, so that a generator that reaches nothing is noticed. */
const reached = new Set<string>()

type Draw =
  | {
      readonly kind: "join"
      readonly session: number
      readonly id: string | undefined
      readonly capacity: number | undefined
    }
  | { readonly kind: "leave" | "exit" | "close" | "open"; readonly session: number }
  | {
      readonly kind: "put"
      readonly item: string
      readonly weight: number
      readonly pin: string | undefined
      readonly isOwn: boolean
    }
  | { readonly kind: "remove" | "retry" | "checkpoint" | "note"; readonly item: string }
  | {
      readonly kind: "settle"
      readonly item: string
      readonly result: "done" | "released" | "failed"
      readonly isOff: boolean
    }
  | {
      readonly kind: "configure"
      readonly partitions: number | undefined
      readonly attempts: number | undefined
      readonly graceMs: number | undefined
      readonly handoffMs: number | undefined
      readonly isIf: boolean
    }
  | { readonly kind: "plan" }
  | { readonly kind: "ask"; readonly item: string; readonly session: number }
  | { readonly kind: "give"; readonly item: string; readonly session: number }
  | { readonly kind: "revoke"; readonly session: number; readonly graceMs: number; readonly item: string | undefined }
  | { readonly kind: "tick" }

const anySession = fc.nat(SESSIONS.length - 1)
const anyItem = fc.constantFrom(...ITEMS)
const anyId = fc.constantFrom(undefined, "a", "b", "c")

const anyDraw: fc.Arbitrary<Draw> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      session: anySession,
      id: anyId,
      capacity: fc.constantFrom(undefined, undefined, 1, 3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("leave" as const, "exit" as const, "close" as const),
      session: anySession,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("open" as const), session: anySession }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      item: anyItem,
      weight: fc.constantFrom(1, 1, 2, 0),
      pin: anyId,
      isOwn: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("remove" as const, "retry" as const, "checkpoint" as const, "note" as const),
      item: anyItem,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("settle" as const),
      item: anyItem,
      result: fc.constantFrom("done" as const, "released" as const, "failed" as const, "failed" as const),
      isOff: fc.nat(6).map((each) => each === 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("configure" as const),
      partitions: fc.constantFrom(undefined, 0, 2, 4),
      attempts: fc.constantFrom(undefined, 0, 1, 3),
      graceMs: fc.constantFrom(undefined, 0, 5000),
      handoffMs: fc.constantFrom(undefined, 0, 5000, 60_000),
      isIf: fc.nat(5).map((each) => each === 0),
    }),
  },
  { weight: 10, arbitrary: fc.constant({ kind: "plan" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("ask" as const, "give" as const),
      item: anyItem,
      session: anySession,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("revoke" as const),
      session: anySession,
      item: fc.option(anyItem, { nil: undefined }),
      graceMs: fc.constantFrom(0, 2000),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: "tick" as const }) },
)

const anyStep = fc.record({
  draw: anyDraw,
  pool: fc.constantFrom(...POOLS),
  passMs: fc.oneof(
    { weight: 10, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.constantFrom(500, 1000, 2000, 5000) },
    { weight: 1, arbitrary: fc.constantFrom(30_000, 60_000, 300_000) },
  ),
})

/** The machine and the model, which must agree after every entry. */
class Both {
  readonly #machine: Machine = new Machine()
  readonly #naive: Naive = new Naive()
  readonly #lives: number[] = SESSIONS.map(() => 0)
  /** As a leader keeps them. */
  readonly #rosters: readonly Roster[] = [...new Set(POOLS)].map((pool) => new Roster(pool))
  nowMs = 0
  #seq = 0

  constructor() {
    for (const command of firstCommands()) this.apply(command)
  }

  apply(command: Command): void {
    const machine = this.#machine
    const applied = run(machine, encodeCommand(command), this.nowMs)
    const wanted = this.#naive.apply(this.nowMs, command)
    if (applied.kind !== "applied") throw new Error("stopped")
    const { result, isRepeat, changes } = applied
    if (result !== undefined) reached.add(result.kind === "refused" ? result.refusal.kind : result.kind)
    for (const change of changes) {
      if (change.kind === "item") reached.add(`${change.after?.state ?? "gone"} ${(change.reason ?? "").split(":")[0]}`)
      if (change.kind === "pool") reached.add(change.after?.brake === undefined ? "no brake" : "brake")
    }
    for (const { pool, item } of machineItems(machine)) {
      if (machine.tombstone(pool, item) !== undefined) reached.add("withheld")
    }
    const otherwise = difference({ result, isRepeat }, wanted) ?? differenceOfStates(machine, this.#naive)
    if (otherwise !== undefined) throw new Error(otherwise)
    for (const roster of this.#rosters) {
      for (const change of changes) roster.changed(change)
      if (this.#seq % 3 > 0) continue
      const differs = difference(workersOf(machine, roster), workersOf(machine, new Roster(roster.pool)))
      if (differs !== undefined) throw new Error(`a worker of ${roster.pool} is not known as it is: ${differs}`)
    }
    const problems = machine.problems()
    if (problems.length > 0) throw new Error(problems.join("; "))
  }

  /** What was drawn, aimed at what there is. */
  step(draw: Draw, pool: string): void {
    // Nobody expires for silence: what time does to workers is other tests' affair.
    this.apply({
      kind: "renewHosts",
      items: [1, 2, 3, 4, 5].map((each) => ({ host: hostId(each), boot: 1, attempt: 1 })),
    })
    for (const command of this.#commands(draw, pool)) this.apply(command)
  }

  #commands(draw: Draw, pool: string): readonly Command[] {
    switch (draw.kind) {
      case "tick":
        return [{ kind: "tick" }]
      case "open":
        return this.#open(draw.session)
      case "join": {
        const worker = { capacity: draw.capacity, zone: undefined, tags: [], isLeaving: false }
        const about = { hold: "work", names: [pool], id: draw.id, worker } as const
        return [acquireOf(this.#session(draw.session), ++this.#seq, about)]
      }
      case "leave": {
        const hold = this.#worker(draw.session, pool)
        return hold === undefined ? [] : [{ kind: "cancel", session: hold.session, seq: hold.seq, floor: 0 }]
      }
      case "exit":
      case "close": {
        const cause = draw.kind === "exit" ? "exited" : "closed"
        return [{ kind: "end", session: this.#session(draw.session), of: undefined, cause, isGone: true }]
      }
      case "revoke": {
        const worker = this.#worker(draw.session, pool)?.token
        const token = draw.item === undefined ? worker : this.#machine.item(pool, draw.item)?.owner?.token
        const what = { kind: "work", name: pool, token } as const
        return token === undefined
          ? []
          : [{ kind: "revoke", what, graceMs: draw.graceMs, by: "operator", reason: "why" }]
      }
      case "configure": {
        const config = {
          ...{ partitions: draw.partitions, handoffTimeoutMs: draw.handoffMs, restartGraceMs: draw.graceMs },
          ...{ spread: undefined, maxAttempts: draw.attempts },
        }
        return [{ kind: "workConfigure", request: undefined, pool, config, ifRev: draw.isIf ? 0 : undefined }]
      }
      case "plan": {
        const seen = this.#machine.planView(pool)
        const moves = seen === undefined ? [] : planWork(seen)
        return moves.length === 0 ? [] : [{ kind: "workAssign", pool, moves }]
      }
      default:
        return this.#ofItem(draw, pool)
    }
  }

  #ofItem(draw: Extract<Draw, { item: string }>, pool: string): readonly Command[] {
    const { item } = draw
    const owner = this.#machine.item(pool, item)?.owner
    const session = owner?.session ?? this.#session(0)
    const request = { session, seq: ++this.#seq, floor: 0 }
    const token = owner?.token ?? (1 as Token)
    switch (draw.kind) {
      case "put": {
        const { weight, pin, isOwn } = draw
        const payload = weight === 2 ? "2" : undefined
        return [{ kind: "workPut", request: isOwn ? request : undefined, pool, item, payload, weight, pin }]
      }
      case "remove": {
        const about = { request: undefined, pool, item }
        const again = { ...about, payload: undefined, weight: 1, pin: undefined }
        const isPutAgain = this.#seq % 2 === 0
        return [{ kind: "workRemove", ...about }, ...(isPutAgain ? [{ kind: "workPut" as const, ...again }] : [])]
      }
      case "retry":
        return [{ kind: "workRetry", request: undefined, pool, item }]
      case "checkpoint":
        return [{ kind: "workCheckpoint", request, pool, item, token, value: String(this.#seq) }]
      case "note": {
        const note = this.#seq % 3 === 0 ? undefined : `n${this.#seq % 4}`
        const value = this.#seq % 7 === 0 ? "1" : undefined
        const off = this.#seq % 5 === 0 ? { session: this.#session(1), seq: this.#seq, floor: 0 } : request
        return [{ kind: "update", ...off, token, note, value, ready: undefined }]
      }
      case "settle": {
        const off = draw.isOff ? { session: this.#session(1), seq: this.#seq, floor: 0 } : request
        return [{ kind: "workSettle", request: off, pool, item, token, result: draw.result, message: undefined }]
      }
      default: {
        const to = this.#worker(draw.session, pool) ?? { session: this.#session(draw.session), seq: 1 }
        const asked = draw.kind === "ask" ? token : undefined
        const move = { item, to: { session: to.session, seq: to.seq }, token: asked, reason: "drawn" }
        return [{ kind: "workAssign", pool, moves: [move] }]
      }
    }
  }

  #worker(session: number, pool: string): ReturnType<Machine["hold"]> {
    const holds = this.#machine.holdsOf(this.#session(session))
    return holds.find(({ kind, names, token }) => kind === "work" && names[0] === pool && token !== undefined)
  }

  #open(slot: number): readonly Command[] {
    if (this.#machine.session(this.#session(slot)) === undefined) this.#lives[slot] = (this.#lives[slot] ?? 0) + 1
    const session = this.#session(slot)
    const about = { liveness: "heartbeat", member: `m${slot}`, app: "app", pid: undefined } as const
    const ids = { session, secretHash: secretOf(session), host: hostId(slot + 1) }
    return [{ kind: "open", ...ids, boot: 1, attachment: 1, ttlMs: slot < 2 ? 300_000 : 10_000, ...about }]
  }

  #session(slot: number): SessionId {
    return sessionId(slot + 1 + 10 * (this.#lives[slot] ?? 0))
  }
}

function workersOf(machine: Machine, roster: Roster): readonly object[] {
  while (machine.review(roster, 2));
  return [...roster.workers].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function machineItems(machine: Machine): readonly Item[] {
  return [...machine.pools()].flatMap((pool) => [...(machine.pool(pool)?.book?.items.values() ?? [])])
}

const WANTED: readonly string[] = [
  ...[
    "granted",
    "ended",
    "written",
    "removed",
    "done",
    "grant-lost",
    "not-yours",
    "conflict",
    "unknown-item",
    "invalid",
  ],
  ...["assigned least loaded", "assigned its own", "assigned handed over", "revoking drain", "revoking handoff"],
  ...["free failed", "free done", "free released", "gone done", "gone removed"],
  ...["free handoff-timeout", "free its worker was lost", "free its worker ended", "failed failed", "free retry"],
  ...["brake", "failed its worker was lost", "withheld"],
]

test("whatever becomes of workers and items, the machine does what lists searched from end to end would do", (t) => {
  const anyRun = fc.array(anyStep, { minLength: 1, maxLength: 120, size: "max" })
  const compare = (steps: readonly { draw: Draw; pool: string; passMs: number }[]): void => {
    const both = new Both()
    for (const { draw, pool, passMs } of steps) {
      both.nowMs += passMs
      both.step(draw, pool)
    }
  }
  fc.assert(fc.property(anyRun, compare), { numRuns: 150, seed: 20_261_129 })
  t.strictSame(
    WANTED.filter((word) => !reached.has(word)),
    [],
    "every situation was reached",
  )
  t.end()
})
