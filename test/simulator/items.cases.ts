import { ITEM_MODEL } from "@conclave/sim/check/item-model"
import { judge } from "@conclave/sim/check/judge"
import type { EndLine, Input, ShownItem, WorkOperation } from "@conclave/sim/check/lines"
import { conclaveHost } from "@conclave/sim/conclave-host"
import type { Fault, Plan, WorkPlan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { type RunResult, runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import type { SharedState } from "conclave/group/shared-state"
import { test } from "tap"
import { changedConsensus } from "./changed-consensus.ts"
import { Scripted } from "./scripted.ts"

const KEY = "work/w0"

interface Told {
  readonly attempt?: number
  readonly checkpoint?: string
  readonly until?: number
}

/** Two workers of one pool, with one task `t` in it. */
class Pool extends Scripted {
  readonly a: number
  readonly b: number

  constructor(put = true) {
    super()
    this.a = this.acquire(1, "a", { id: "a" }, KEY)
    this.granted(2, this.a, 1)
    this.b = this.acquire(1, "b", { id: "b" }, KEY)
    this.granted(2, this.b, 2)
    if (put) this.told("work.put", 3, 4, { item: "t" })
  }

  told(f: WorkOperation, call: number, end: number, a: Input, more: Partial<EndLine> = {}): this {
    return this.end(end, this.invoke(call, "p", f, KEY, a), more.k ?? "ok", more)
  }

  given(atMs: number, op: number, token: number, more: Told = {}): this {
    const { attempt = 1, checkpoint, until = 1_000_000 } = more
    const about = { item: "t", token: String(token) }
    this.item(atMs, op, "assigned", { ...about, rev: 1, attempt, ...(checkpoint === undefined ? {} : { checkpoint }) })
    return this.item(atMs, op, "until", { ...about, until: until * 1000 })
  }

  over(atMs: number, op: number, token: number): this {
    return this.item(atMs, op, "lost", { item: "t", token: String(token), reason: "handoff-timeout" })
  }

  settled(
    call: number,
    end: number,
    op: number,
    token: number,
    more: Input & Pick<EndLine, "k"> & Partial<EndLine>,
  ): this {
    const { k, e, ...a } = more
    if (k === "ok") this.over(call, op, token)
    const said = { result: "done", ...a } as const
    const told = { k, ...(e === undefined ? {} : { e }) }
    return this.told("work.settle", call, end, { of: op, item: "t", token: String(token), ...said }, told)
  }

  saved(call: number, end: number, op: number, token: number, value: string): this {
    return this.told("work.checkpoint", call, end, { of: op, item: "t", token: String(token), value })
  }

  seen(call: number, end: number, token?: string | null): this {
    const shown = { worker: null, target: null, attempt: 1, weight: 1, pin: null, state: "free" }
    const items: ShownItem[] = token === undefined ? [] : [{ item: "t", token, ...shown }]
    return this.told("work.items", call, end, {}, { k: "ok", r: { items } })
  }

  worked(atMs: number, op: number, token: number): this {
    const p = op === this.a ? `a.${op}` : `b.${op}`
    this.lines.push({ k: "act", t: atMs * 1000, p, op, key: "item/w0/t", item: "t", token: String(token) })
    this.lines.sort((x, y) => Number("t" in x ? x.t : 0) - Number("t" in y ? y.t : 0))
    return this
  }
}

function rules(write: (pool: Pool) => void): readonly string[] {
  const pool = new Pool()
  write(pool)
  return [...new Set(judge(pool.lines).map(({ rule }) => rule))].sort()
}

const LINEAR = "items-are-linearizable"

const CASES: Readonly<Record<string, readonly [(pool: Pool) => void, ...(readonly string[])]>> = {
  "a task goes from one to the next, with what was saved, until it is done": [
    (pool) =>
      pool
        .given(5, pool.a, 3)
        .worked(6, pool.a, 3)
        .saved(6, 8, pool.a, 3, "half")
        .settled(10, 12, pool.a, 3, { k: "ok", result: "failed" })
        .seen(13, 14, null)
        .given(15, pool.b, 4, { checkpoint: "half", attempt: 2 })
        .worked(16, pool.b, 4)
        .settled(20, 22, pool.b, 4, { k: "ok" })
        .settled(24, 25, pool.b, 4, { k: "fail", e: "GRANT_LOST", isLate: true })
        .seen(30, 31),
  ],
  "two believe that they have it": [
    (pool) => pool.given(5, pool.a, 3).given(7, pool.b, 4),
    LINEAR,
    "one-holder-believes",
  ],
  "the next has it while the first one's settlement is on its way": [
    (pool) => pool.given(5, pool.a, 3).settled(6, 12, pool.a, 3, { k: "ok", result: "released" }).given(8, pool.b, 4),
  ],
  "the next has it before the first one has settled": [
    (pool) => pool.given(5, pool.a, 3).settled(9, 12, pool.a, 3, { k: "ok", result: "released" }).given(8, pool.b, 4),
    LINEAR,
    "one-holder-believes",
  ],
  "who is asked back and has not heard of it is not waited for beyond its time and its session's": [
    (pool) => {
      pool.told("work.configure", 3, 4, { handoffTimeoutMs: 5 }).given(5, pool.a, 3, { until: 10_000 })
      pool.given(10_100, pool.b, 4)
    },
  ],
  "nobody waits for who is asked back and has not heard of it": [
    (pool) => pool.told("work.configure", 3, 4, { handoffTimeoutMs: 5 }).given(5, pool.a, 3).given(9000, pool.b, 4),
    LINEAR,
    "one-holder-believes",
  ],
  "who was told that it works no more is fenced by its next worker before the grace is over": [
    (pool) => {
      pool.given(5, pool.a, 3).revoke(6, "session/s-a", { graceMs: 2000, reason: "leave" })
      pool.revoking(7, pool.a, "leave").lost(7, pool.a, "revoked").given(9, pool.b, 4)
    },
  ],
  "a word under an old token is taken": [
    (pool) =>
      pool
        .given(5, pool.a, 3)
        .settled(6, 7, pool.a, 3, { k: "ok", result: "released" })
        .given(8, pool.b, 4)
        .settled(9, 10, pool.a, 3, { k: "ok" }),
    LINEAR,
  ],
  "what is saved under an old token is taken": [
    (pool) =>
      pool
        .given(5, pool.a, 3)
        .settled(6, 7, pool.a, 3, { k: "ok", result: "released" })
        .given(8, pool.b, 4)
        .saved(9, 10, pool.a, 3, "old"),
    LINEAR,
  ],
  "a word under the present token is refused": [
    (pool) =>
      pool.given(5, pool.a, 3).settled(6, 7, pool.a, 3, { k: "fail", e: "GRANT_LOST", isLate: true }).seen(8, 9, "3"),
    LINEAR,
  ],
  "what was saved goes back": [
    (pool) =>
      pool
        .given(5, pool.a, 3)
        .saved(6, 7, pool.a, 3, "one")
        .saved(8, 9, pool.a, 3, "two")
        .settled(10, 11, pool.a, 3, { k: "ok", result: "released" })
        .given(12, pool.b, 4, { checkpoint: "one" }),
    LINEAR,
  ],
  "an item is lost": [
    (pool) => pool.given(5, pool.a, 3).settled(6, 7, pool.a, 3, { k: "ok", result: "released" }).seen(20, 21),
    LINEAR,
  ],
  "an item is gone whose worker was not answered": [
    (pool) => pool.given(5, pool.a, 3).over(6, pool.a, 3).settled(6, 7, pool.a, 3, { k: "info" }).seen(20, 21),
  ],
  "a task that is done comes back": [
    (pool) => pool.given(5, pool.a, 3).settled(6, 7, pool.a, 3, { k: "ok" }).given(8, pool.b, 4),
    LINEAR,
  ],
  "somebody removes it, and puts it anew": [
    (pool) => {
      pool.given(5, pool.a, 3, { until: 20 })
      pool.told("work.remove", 6, 7, { item: "t" }, { k: "ok", r: { removed: true } })
      pool.told("work.put", 8, 9, { item: "t" }).given(20, pool.b, 4)
    },
  ],
  "somebody removes it, and puts it anew, and it is another's while the first believes": [
    (pool) => {
      pool.given(5, pool.a, 3, { until: 20 })
      pool.told("work.remove", 6, 7, { item: "t" }, { k: "ok", r: { removed: true } })
      pool.told("work.put", 8, 9, { item: "t" }).given(19, pool.b, 4)
    },
    "one-holder-believes",
  ],
  "a failure is not counted": [
    (pool) =>
      pool
        .given(20_000, pool.a, 3)
        .settled(20_001, 20_002, pool.a, 3, { k: "ok", result: "failed" })
        .given(20_003, pool.b, 4),
    "attempts-are-counted",
  ],
  "a backup brings it back as it was, with fewer tries": [
    (pool) => {
      pool.given(20_000, pool.a, 3, { attempt: 2 }).over(20_001, pool.a, 3)
      pool.end(20_004, pool.invoke(20_002, "p", "restore", "state/", {}), "ok")
      pool.given(20_005, pool.b, 4)
    },
  ],
  "it is tried more often than its pool allows": [
    (pool) => pool.told("work.configure", 1, 2, { maxAttempts: 2 }).given(5, pool.a, 3, { attempt: 3 }),
    "attempts-are-bounded",
  ],
  "it was tried before its pool said how often": [
    (pool) => pool.told("work.configure", 1, 30, { maxAttempts: 2 }).given(20, pool.a, 3, { attempt: 10 }),
  ],
  "it is tried as often as its pool allowed once": [
    (pool) => {
      pool.told("work.configure", 1, 2, { maxAttempts: 4 }).told("work.configure", 10, 11, { maxAttempts: 1 })
      pool.given(20, pool.a, 3, { attempt: 4 })
    },
  ],
  "its pool has allowed less since before it was there": [
    (pool) => {
      pool.told("work.configure", 1, 2, { maxAttempts: 4 })
      pool.told("work.configure", 2.1, 2.5, { maxAttempts: 3 }).given(20, pool.a, 3, { attempt: 4 })
    },
    "attempts-are-bounded",
  ],
  "nobody knows whether its pool allows less": [
    (pool) => {
      pool.told("work.configure", 1, 2, { maxAttempts: 4 })
      pool.told("work.configure", 2.1, 2.5, { maxAttempts: 3 }, { k: "info" }).given(20, pool.a, 3, { attempt: 4 })
    },
  ],
  "one works under a lower token than the one before": [
    (pool) => {
      pool.given(5, pool.a, 4).worked(6, pool.a, 4).settled(7, 8, pool.a, 4, { k: "ok", result: "released" })
      pool.given(9, pool.b, 3).worked(10, pool.b, 3)
    },
    LINEAR,
    "work-is-in-the-order-of-tokens",
  ],
}

test("what is wrong in a history of work is found, and nothing else", (t) => {
  for (const [name, [write, ...broken]] of Object.entries(CASES)) t.same(rules(write), broken, name)
  const empty = new Pool(false)
  t.same(
    judge(empty.given(5, empty.a, 3).lines).map(({ rule }) => rule),
    [LINEAR],
    "nobody has put it",
  )
  const backup = new Pool(false)
  backup.end(9, backup.invoke(8, "o", "restore", "state"), "ok")
  t.same(judge(backup.given(10, backup.a, 3).lines), [], "a backup had it")
  const { initial, keyOf } = ITEM_MODEL
  t.not(keyOf(initial), keyOf({ ...initial, isThere: true }))
  t.end()
})

test("a partition is there as long as its pool has so many", (t) => {
  const play = (from: number, to: number): readonly string[] => {
    const pool = new Pool(false)
    const { a } = pool
    const told = (atMs: number, partitions: number) => pool.told("work.configure", atMs, atMs + 1, { partitions })
    told(3, from)
    pool.item(5, a, "assigned", { item: "1", token: "3", rev: 1, attempt: 1 })
    pool.item(5, a, "until", { item: "1", token: "3", until: 1_000_000_000 })
    told(6, to)
    pool.item(8, a, "lost", { item: "1", token: "3", reason: "removed" })
    pool.item(9, a, "assigned", { item: "1", token: "4", rev: 1, attempt: 1 })
    pool.item(9, a, "until", { item: "1", token: "4", until: 1_000_000_000 })
    return judge(pool.lines).map(({ rule }) => rule)
  }
  t.same(play(2, 2), [LINEAR], "nobody has taken it from its worker")
  t.same(play(2, 1), [], "it may have been given to it anew before")
  t.same(play(1, 2), [LINEAR])
  t.end()
})

const WORK: WorkPlan = { partitions: 3, handoffTimeoutMs: 30_000, restartGraceMs: 2000, maxAttempts: 3 }

function plan(faults: readonly Fault[], work: WorkPlan): Plan {
  const made = makePlan({ seed: 7, agents: 4, seconds: 35, faults: [], profile: "local", group: true, apps: false })
  const apps = {
    ...{ count: 4, locks: 2, elections: 0, provablePermille: 500, actMs: 400, holdMs: 300 },
    ...{ duplicatePermille: 100, replyStrikePermille: 0, clockPpm: [5000, -5000, 0, 0], work },
    revokeMs: 2000,
  }
  const group = {
    founder: 0,
    snapshotBytes: 2000,
    keepEntries: 10,
    clients: 1,
    names: 2,
    strikePermille: 0,
    leastOps: 50,
  }
  return { ...made, faults, group: { ...group, apps } }
}

const troubles: readonly Fault[] = [
  { kind: "app-kill", atMs: 11_000, downMs: 700, apps: [0, 1] },
  { kind: "app-stop", atMs: 13_000, durationMs: 6000, apps: [2] },
  { kind: "app-wedge", atMs: 15_000, durationMs: 5000, apps: [3] },
  { kind: "kill", atMs: 17_000, downMs: 800, agents: [0] },
  { kind: "suspend", atMs: 22_000, durationMs: 6000, agents: [1] },
  { kind: "partition", atMs: 25_000, durationMs: 6000, sides: [[0], [1, 2, 3]] },
]

function play(what: Plan, factory: HostFactory = conclaveHost): RunResult {
  return runPlan(what, { factory })
}

/** Whose half that agrees does some things otherwise. */
function withConsensus(change: (state: SharedState) => Partial<SharedState>): HostFactory {
  return (setup, ports) => conclaveHost(setup, ports, (consensus) => changedConsensus(consensus, change))
}

test("work goes on through all that happens to workers and their agents, and all of it is done in the end", async (t) => {
  const { verdict, violation, marks } = play(plan(troubles, WORK))
  t.equal(verdict, "ok", violation?.message ?? "")
  for (const mark of ["item-assigned", "item-settled", "item-asked-back", "item-failed"] as const)
    t.ok(marks.has(mark), mark)
})

test("an agent that says that it has settled and has not is found out", async (t) => {
  const lying = withConsensus((state) => ({
    propose: (command, deadline, done) => {
      if (command.kind !== "workSettle" || command.result !== "done") return state.propose(command, deadline, done)
      const rev = state.local()?.state.rev ?? 0
      done({ kind: "applied", result: { kind: "written", rev }, rev })
    },
  }))
  const { verdict, violation } = play({ ...plan([], { ...WORK, partitions: 1 }), activeMs: 5000 }, lying)
  t.equal(verdict, "safety")
  t.match(violation?.invariant, /^(items-are-linearizable|all-is-given-back)$/)
})
