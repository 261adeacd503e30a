import type { Item, Pool, Token } from "@conclave/consensus"
import { MACHINE_LIMITS, type MachineLimits } from "@conclave/consensus/machine/limits"
import { State } from "@conclave/consensus/machine/state"
import type { Hold } from "@conclave/consensus/machine/types"
import { POOL_DEFAULTS } from "@conclave/consensus/machine/work/limits"
import { workProblems } from "@conclave/consensus/machine/work/problems"
import { test } from "tap"
import { sessionId } from "../stage.ts"

const WORKER: Hold = {
  ...{ session: sessionId(1), seq: 1, kind: "work", names: ["p"], mode: "exclusive", weight: 1, order: 1, priority: 0 },
  ...{ queuedAtMs: 0, waitUntilMs: undefined, maxHoldMs: undefined, lockDelayMs: 0, note: undefined, value: undefined },
  ...{ id: "w", ready: undefined, worker: { capacity: 2, zone: undefined, tags: [], isLeaving: false } },
  ...{ token: 1 as Token, grantedAtMs: 0, revoking: undefined, askedAtMs: undefined },
}
const OWNER = { session: WORKER.session, seq: 1, id: "w", token: 2 as Token }
const POOL: Pool = { name: "p", config: POOL_DEFAULTS, configuredAt: 1, losses: [], brake: undefined }
const FREE: Item = {
  ...{ pool: "p", item: "t", order: 2, payload: undefined, weight: 1, pin: undefined, state: "free", owner: undefined },
  ...{ target: undefined, keptUntilMs: undefined, revoking: undefined, attempt: 1, losses: 0, checkpoint: undefined },
  sinceMs: 0,
  decisions: [],
}
const ASSIGNED: Item = { ...FREE, item: "a", order: 3, state: "assigned", owner: OWNER }

/** One worker with one item of two, and what was done to that. */
function problemsOf(spoil: (state: State) => void, limits: Partial<MachineLimits> = {}): string {
  const state = new State({ ...MACHINE_LIMITS, ...limits })
  state.meta = { ...state.meta, token: 5, order: 9, timeMs: 10 }
  state.putHold(WORKER)
  state.work.putPool(POOL)
  state.work.putItem(FREE)
  state.work.putItem(ASSIGNED)
  spoil(state)
  return [...workProblems(state)].join("; ")
}

type Spoilt = readonly (readonly [RegExp, (state: State) => void, Partial<MachineLimits>?])[]

const put =
  (...items: readonly Partial<Item>[]) =>
  (state: State): void => {
    for (const more of items) state.work.putItem({ ...FREE, item: "x", order: 4, ...more })
  }

/** Behind the back of what is derived of it. */
const spoil =
  (more: Partial<Item>, item: Item = ASSIGNED) =>
  (state: State): void => {
    const copy = { ...item }
    state.work.putItem(copy)
    Object.assign(copy, more)
  }

test("a sound pool has no problems", (t) => {
  t.equal(
    problemsOf(() => {}),
    "",
  )
  t.end()
})

test("an item that has what its state does not allow is seen", (t) => {
  const asked = { by: "w", reason: "drain", untilMs: 99 }
  const second = { ...OWNER, token: 3 as Token }
  const spoilt: Spoilt = [
    [/has a place that is not its own/, put({ order: 2 })],
    [/has a place that is not its own/, put({ order: 10 })],
    [/item q x has no pool/, put({ pool: "q" })],
    [/x is assigned and has no worker/, put({ state: "assigned" })],
    [/x is free and has a worker/, put({ owner: second })],
    [/x is failed and has a worker/, put({ state: "failed", owner: second })],
    [/x is free and is asked back/, put({ revoking: asked })],
    [/x is revoking and is asked back/, put({ state: "revoking", owner: second })],
    [/x is kept and is not free/, put({ state: "failed", keptUntilMs: 99 })],
    [/x is on its way from nowhere/, put({ state: "assigned", owner: second, target: "v" })],
    [/x is on its way to one that may not have it/, put({ target: "v", pin: "u" })],
    [/t is due at another time/, spoil({ keptUntilMs: 99 }, FREE)],
    [/x is overdue/, put({ keptUntilMs: 10 })],
    [
      /x remembers too much/,
      put({
        decisions: Array.from({ length: 100 }, () => ({ rev: 1, atMs: 0, from: undefined, to: "w", reason: "" })),
      }),
    ],
  ]
  for (const [problem, act, limits] of spoilt) t.match(problemsOf(act, limits), problem)
  t.end()
})

test("so is one with a worker that cannot have it, or with a token that is another's", (t) => {
  const mine = { state: "assigned" as const }
  const other = { ...OWNER, token: 3 as Token }
  const spoilt: Spoilt = [
    [/x has a worker that does not work/, put({ ...mine, owner: { ...other, seq: 9 } })],
    [/x has a worker that does not work/, put({ ...mine, owner: { ...other, id: "v" } })],
    [
      /a is not asked back from one that leaves/,
      (state) => state.putHold({ ...WORKER, worker: { capacity: 2, zone: undefined, tags: [], isLeaving: true } }),
    ],
    [/a has a token that is not its own/, put({ ...mine, owner: OWNER })],
    [
      /a worker of p has left and is there/,
      (state) => {
        state.work.dropItem(ASSIGNED)
        state.putHold({ ...WORKER, worker: { capacity: 2, zone: undefined, tags: [], isLeaving: true } })
      },
    ],
    [/x has a token that is not its own/, put({ ...mine, owner: { ...OWNER, token: 1 as Token } })],
    [/x has a token that is not its own/, put({ ...mine, owner: { ...OWNER, token: 6 as Token } })],
    [/a worker of p has more than it can bear/, put({ ...mine, owner: other, weight: 2 })],
    [/have not followed it/, (state) => state.work.hasLess("p", OWNER)],
    [/too many items/, () => {}, { workItems: 1 }],
  ]
  for (const [problem, act, limits] of spoilt) t.match(problemsOf(act, limits), problem)
  t.end()
})

test("so is a pool that is not what its settings say, or does not know what it has", (t) => {
  const pool = (more: Partial<Pool>) => (state: State) => state.work.putPool({ ...POOL, ...more })
  const partitions = { config: { ...POOL_DEFAULTS, partitions: 2 } }
  const spoilt: Spoilt = [
    [/pool q is of no use/, pool({ name: "q", configuredAt: 0 })],
    [/pool p is braked for too long/, pool({ brake: { untilMs: 10, of: 3 } })],
    [/pool p has 2 of 3 partitions/, pool({ config: { ...POOL_DEFAULTS, partitions: 3 } })],
    [/pool p has a partition too many/, pool(partitions)],
    [
      /pool p has given a partition up/,
      (state) => {
        pool(partitions)(state)
        put({ item: "0", state: "failed" })(state)
      },
    ],
    [/pool p miscounts what is free/, spoil({ state: "failed" }, FREE)],
    [/pool p does not know what is ready/, spoil({ pin: "v" }, FREE)],
    [/pool p forgets who waits/, spoil({ pin: "v" }, FREE)],
    [/pool p miscounts what will come/, spoil({ target: "v" }, FREE)],
    [/pool p does not know what is misplaced/, spoil({ pin: "v" })],
    [/pool p miscounts a worker/, spoil({ weight: 2 })],
    [/pool p miscounts a worker/, spoil({ state: "revoking" })],
    [/a worker of p has two suspects/, spoil({ losses: 2 })],
  ]
  for (const [problem, act, limits] of spoilt) t.match(problemsOf(act, limits), problem)
  t.end()
})
