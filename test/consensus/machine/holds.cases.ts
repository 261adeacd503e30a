import type { RestoreId, Token } from "@conclave/consensus"
import { HISTORY_MAX } from "@conclave/consensus/machine/holds"
import { test } from "tap"
import { backupOf } from "./backup.ts"
import { acquireOf, FOUNDED_WALL_MS, Stage, sessionId, TTL_MS } from "./stage.ts"

test("first come, first served", (t) => {
  const stage = new Stage()
  const sessions = [1, 2, 3, 4].map((each) => stage.open(each))
  for (const each of sessions) stage.acquire(each, 1)
  const served: unknown[] = []
  for (let seq = 2; stage.holders("a").length > 0; seq++) {
    const [holder] = stage.machine.name("lock", "a").holders
    if (holder?.token === undefined) break
    served.push(holder.session)
    stage.release(holder.session, seq, holder.token)
  }
  t.same(served, sessions)
  t.end()
})

test("readers share; a writer that waits stops later readers", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const [four, five] = [stage.open(4), stage.open(5)]
  const shared = { mode: "shared" } as const
  const first = stage.granted(one, 1, shared)
  const second = stage.granted(two, 1, shared)
  t.match(stage.acquire(three, 1), { kind: "queued", position: 1 })
  t.match(stage.acquire(four, 1, shared), { kind: "queued", position: 2 })
  t.match(stage.acquire(five, 1, shared), { kind: "queued", position: 3 })
  stage.release(one, 2, first)
  t.same(stage.holders("a"), [two])
  stage.release(two, 2, second)
  t.same(stage.holders("a"), [three])
  stage.cancel(three, 1)
  t.same(stage.holders("a"), [four, five], "both readers in one entry")
  t.end()
})

test("several names are granted all at once, under one token, or not at all", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const token = stage.granted(one, 1, { names: ["b"] })
  t.match(stage.acquire(two, 1, { names: ["a", "b", "c", "a"] }), { kind: "queued", position: 1 })
  t.same(stage.holders("a"), [], "it holds nothing while it waits")
  t.match(stage.acquire(three, 1, { names: ["c"] }), { kind: "queued", position: 2 }, "and is not overtaken")
  const applied = stage.apply({ kind: "release", session: one, seq: 2, floor: 0, token })
  t.equal(applied.changes.length, 2)
  for (const name of ["a", "b", "c"])
    t.match(stage.machine.name("lock", name).holders, [{ session: two, token: token + 1 }])
  stage.release(two, 2, (token + 1) as Token)
  t.same(stage.holders("c"), [three])
  t.end()
})

test("a reader of several names does not overtake a writer that waits for one of them", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const token = stage.granted(one, 1, { mode: "shared" })
  stage.acquire(two, 1)
  t.match(stage.acquire(three, 1, { names: ["b", "a"], mode: "shared" }), { kind: "queued", position: 2 })
  t.same(stage.holders("b"), [], "it is the first of b, and not of a")
  stage.release(one, 2, token)
  t.same([stage.holders("a"), stage.holders("b")], [[two], []])
  stage.cancel(two, 1)
  t.same([stage.holders("a"), stage.holders("b")], [[three], [three]])
  t.end()
})

test("holds that want the same names in another order do not wait for each other", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const token = stage.granted(three, 1, { names: ["b"] })
  stage.acquire(one, 1, { names: ["a", "b"] })
  stage.acquire(two, 1, { names: ["b", "a"] })
  stage.release(three, 2, token)
  t.same([stage.holders("a"), stage.holders("b")], [[one], [one]])
  stage.cancel(one, 1)
  t.same([stage.holders("a"), stage.holders("b")], [[two], [two]])
  t.end()
})

test("an election stands by priority, then in order, and the incumbent stays", (t) => {
  const stage = new Stage()
  const [one, two, three, four] = [stage.open(1), stage.open(2), stage.open(3), stage.open(4)]
  const hold = "election" as const
  stage.granted(one, 1, { hold })
  stage.acquire(two, 1, { hold })
  stage.acquire(three, 1, { hold, priority: 5 })
  stage.acquire(four, 1, { hold, priority: 5 })
  t.same(stage.waiters("a", "election"), [three, four, two])
  t.same(stage.holders("a", "election"), [one])
  stage.cancel(one, 1)
  t.same(stage.holders("a", "election"), [three])
  t.end()
})

test("a candidate of higher priority that stands 30 s makes the incumbent be asked, once a minute at most", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1, { ttlMs: 300_000 }), stage.open(2, { ttlMs: 300_000 })]
  const hold = "election" as const
  stage.granted(one, 1, { hold })
  stage.acquire(two, 1, { hold, priority: 1 })
  const asked = (): unknown => stage.machine.name("election", "a").holders[0]?.revoking?.reason
  stage.pass(29_999)
  t.equal(asked(), undefined)
  t.equal(stage.machine.nextDueMs, 30_000)
  const { changes } = stage.pass(1)
  t.match(changes, [{ after: { revoking: { by: "m2", reason: "preferred candidate", untilMs: undefined } } }])
  t.equal(asked(), "preferred candidate")
  stage.pass(100_000)
  t.same(stage.holders("a", "election"), [one], "a request breaks nothing")
  // The incumbent makes way and comes back; a third of still higher priority stands behind the second.
  stage.cancel(one, 1)
  const three = stage.open(3, { ttlMs: 300_000 })
  stage.acquire(three, 1, { hold, priority: 2 })
  stage.pass(29_999)
  t.equal(asked(), undefined)
  stage.pass(1)
  t.equal(asked(), "preferred candidate")
  stage.cancel(two, 1)
  const four = stage.open(4, { ttlMs: 300_000 })
  stage.acquire(four, 1, { hold, priority: 3 })
  stage.pass(59_999)
  t.equal(asked(), undefined, "less than a minute after the last time")
  stage.pass(1)
  t.equal(asked(), "preferred candidate")
  t.end()
})

test("a hold has a longest time, and is lost when it is over", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1, { maxHoldMs: 3000 })
  stage.acquire(two, 1)
  stage.pass(2999)
  t.same(stage.holders("a"), [one])
  stage.pass(1)
  t.same(stage.holders("a"), [two])
  t.match(stage.acquire(one, 1), { kind: "ended", how: "max-hold", token })
  t.end()
})

test("after a loss against the holder's will its names rest for its lock delay, whoever waits", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2, { ttlMs: 60_000 })]
  stage.granted(one, 1, { names: ["a", "b"], lockDelayMs: 5000 })
  stage.acquire(two, 1)
  stage.pass(TTL_MS)
  t.equal(stage.machine.session(one), undefined)
  t.same(stage.holders("a"), [], "it rests")
  t.match(stage.acquire(two, 2, { names: ["b"], waitMs: 0 }), { kind: "ended", how: "wait-timeout" })
  stage.pass(4999)
  t.same(stage.holders("a"), [])
  t.equal(stage.machine.nextDueMs, TTL_MS + 5000)
  stage.pass(1)
  t.same(stage.holders("a"), [two])
  t.end()
})

test("the lock delay is skipped where the holder is provably gone, and where it went by itself", (t) => {
  for (const fields of [{ cause: "exited", isGone: true } as const, { cause: "closed" } as const]) {
    const stage = new Stage()
    const [one, two] = [stage.open(1), stage.open(2)]
    stage.granted(one, 1, { lockDelayMs: 5000 })
    stage.acquire(two, 1)
    stage.end(one, fields)
    t.same(stage.holders("a"), [two])
  }
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1, { lockDelayMs: 5000 })
  stage.acquire(two, 1)
  stage.release(one, 2, token)
  t.same(stage.holders("a"), [two])
  stage.end(two, { cause: "silent" })
  t.match(stage.granted(one, 3), token + 2, "a lock without a delay does not rest")
  t.end()
})

test("a name remembers its last 32 grants, also while nobody holds it, and forgets those of other names first", (t) => {
  const stage = new Stage({ freeNames: 1 })
  const session = stage.open(1)
  let last = 0
  for (let seq = 1; seq <= 80; seq += 2) {
    last = stage.granted(session, seq)
    stage.release(session, seq + 1, last as Token)
  }
  const { name } = stage.machine.name("lock", "a")
  t.equal(name?.history.length, HISTORY_MAX)
  t.match(name?.history.at(-1), { token: last, member: "m1", app: "app", reason: "released" })
  t.ok(name?.freedAt)
  t.same(stage.machine.names("lock", ""), [])
  stage.granted(session, 91)
  t.equal(stage.machine.name("lock", "a").name?.history.length, HISTORY_MAX, "in use again")
  stage.cancel(session, 91)
  stage.granted(session, 92, { names: ["b"] })
  stage.cancel(session, 92)
  t.equal(stage.machine.name("lock", "a").name, undefined)
  t.equal(stage.machine.name("lock", "b").name?.history.length, 1)
  t.end()
})

test("a name that was never granted leaves nothing behind", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  stage.granted(one, 1)
  stage.acquire(two, 1, { names: ["a", "z"] })
  t.ok(stage.machine.name("lock", "z").name)
  stage.cancel(two, 1)
  t.equal(stage.machine.name("lock", "z").name, undefined)
  t.end()
})

test("calls of one session exclude each other like anybody's", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  stage.granted(session, 1)
  t.match(stage.acquire(session, 2), { kind: "queued" })
  t.end()
})

test("two grants in one entry have tokens of their own, in the order of the queue", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const token = stage.granted(one, 1, { names: ["z", "b"] })
  stage.acquire(three, 1, { names: ["z"] })
  stage.acquire(two, 1, { names: ["b"] })
  stage.end(one)
  t.match(stage.machine.name("lock", "z").holders, [{ session: three, token: token + 1 }])
  t.match(stage.machine.name("lock", "b").holders, [{ session: two, token: token + 2 }])
  t.end()
})

test("a locks's and an election's names are different things", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  stage.granted(one, 1)
  t.match(stage.apply(acquireOf(two, 1, { hold: "election" })).result, { kind: "granted" })
  t.equal(stage.machine.session(sessionId(3)), undefined)
  t.end()
})

test("permits of a semaphore never weigh more than its limit, and a heavy one is not overtaken", (t) => {
  const stage = new Stage()
  const [one, two, three, four] = [stage.open(1), stage.open(2), stage.open(3), stage.open(4)]
  const permit = { hold: "semaphore", limit: 4 } as const
  const token = stage.granted(one, 1, { ...permit, weight: 2 })
  stage.granted(two, 1, permit)
  t.match(stage.acquire(three, 1, { ...permit, weight: 3 }), { kind: "queued", position: 1 })
  t.match(stage.acquire(four, 1, permit), { kind: "queued", position: 2 }, "there is room for it, and it waits")
  t.equal(stage.machine.name("semaphore", "a").used, 3)
  stage.release(one, 2, token)
  t.same(stage.holders("a", "semaphore"), [two, three], "in the order of their places")
  t.equal(stage.machine.name("semaphore", "a").used, 4)
  stage.end(two)
  t.same(stage.waiters("a", "semaphore"), [])
  t.end()
})

test("a semaphore has one limit as long as anybody holds it or waits for it, and then the next one's", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1, { hold: "semaphore", limit: 2, weight: 2 })
  const other = { kind: "refused", refusal: { kind: "conflict", reason: "limit", current: 2 } }
  t.match(stage.acquire(two, 1, { hold: "semaphore", limit: 3 }), other)
  t.match(stage.acquire(two, 1, { hold: "semaphore", limit: 2 }), other, "the same request, the same answer")
  stage.acquire(two, 2, { hold: "semaphore", limit: 2 })
  stage.release(one, 2, token)
  t.match(stage.acquire(one, 3, { hold: "semaphore", limit: 3 }), other, "it is held by another one")
  stage.end(two)
  t.match(stage.acquire(one, 4, { hold: "semaphore", limit: 3, weight: 3 }), { kind: "granted" })
  t.end()
})

test("a group takes everybody at once; the newest of an id wins, and the older one is fenced", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const first = stage.granted(one, 1, { hold: "group", id: "w-1", value: "1" })
  stage.granted(one, 2, { hold: "group" })
  const applied = stage.apply(acquireOf(two, 1, { hold: "group", id: "w-1", value: "2", ready: false }))
  t.match(applied.changes, [
    { before: { token: first }, after: undefined, end: "fenced" },
    { before: undefined, after: { session: two, id: "w-1", token: undefined } },
    { after: { session: two, id: "w-1", token: first + 2 } },
  ])
  t.match(stage.machine.name("group", "a").holders, [
    { session: one, id: `${one}.2`, ready: true, value: undefined },
    { session: two, id: "w-1", ready: false, value: "2" },
  ])
  t.match(stage.machine.name("group", "a").name?.history, [{ token: first, reason: "fenced" }])
  t.match(stage.acquire(one, 1, { hold: "group", id: "w-1" }), { kind: "ended", how: "fenced", token: first })
  t.match(
    stage.acquire(one, 3, { hold: "group", names: ["b"], id: "w-1" }),
    { kind: "granted" },
    "elsewhere it is free",
  )
  stage.end(two)
  t.same(stage.holders("a", "group"), [one], "in the group as long as the session lives, to the revision")
  t.end()
})

test("a barrier opens once as many wait as it takes: all with one generation, each with its place", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const three3 = { hold: "barrier", limit: 3 } as const
  t.match(stage.acquire(two, 1, three3), { kind: "queued", position: 1 })
  t.match(stage.acquire(one, 1, three3), { kind: "queued", position: 2 })
  const other = { kind: "refused", refusal: { kind: "conflict", reason: "parties", current: 3 } }
  t.match(stage.acquire(three, 1, { hold: "barrier", limit: 2 }), other)
  const before = stage.machine.lastToken
  const applied = stage.apply(acquireOf(three, 2, three3))
  const generation = before + 1
  t.match(applied.result, { kind: "opened", generation, index: 2, rev: applied.rev })
  t.match(stage.acquire(two, 1, three3), { kind: "opened", generation, index: 0 }, "asked again")
  t.match(stage.acquire(one, 1, three3), { kind: "opened", generation, index: 1 })
  t.match(stage.acquire(three, 2, three3), { kind: "opened", generation, index: 2 })
  t.equal(applied.changes.filter((change) => change.kind === "hold" && change.end === "opened").length, 3)
  t.equal(stage.machine.name("barrier", "a").name, undefined, "nothing is to be remembered")
  t.match(stage.acquire(one, 5, { hold: "barrier", limit: 1 }), {
    kind: "opened",
    generation: generation + 1,
    index: 0,
  })
  t.end()
})

test("who gives up at a barrier, or whose session ends, is no ghost there", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const pair = { hold: "barrier", limit: 2 } as const
  stage.acquire(one, 1, pair)
  stage.cancel(one, 1)
  t.match(stage.acquire(two, 1, { ...pair, waitMs: 1000 }), { kind: "queued", position: 1 })
  stage.pass(1000)
  t.match(stage.acquire(two, 1, pair), { kind: "ended", how: "wait-timeout" })
  stage.acquire(two, 2, pair)
  stage.end(two)
  t.match(stage.acquire(three, 1, pair), { kind: "queued", position: 1 })
  t.match(stage.acquire(three, 2, { ...pair, waitMs: 0 }), { kind: "opened", index: 1 }, "each call is a party")
  t.match(stage.acquire(one, 2, { ...pair, waitMs: 0 }), { kind: "ended", how: "wait-timeout" })
  t.end()
})

test("a restore grants nothing for a while, whatever the kind; then all moves, in its order", (t) => {
  const stage = new Stage()
  const saved = backupOf(stage.machine)
  const restore = "r".repeat(25).concat("a") as RestoreId
  for (const [part, data] of saved.parts.entries()) stage.apply({ kind: "stage", restore, part, data })
  const wall = { wallMs: FOUNDED_WALL_MS + 1, savedWallMs: FOUNDED_WALL_MS }
  stage.apply({ kind: "restore", restore, parts: saved.parts.length, quietMs: 5000, ...wall })
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  for (const [at, session] of [one, two, three].entries()) {
    stage.acquire(session, 1, { hold: "barrier", limit: 2 })
    stage.acquire(session, 2, { hold: "group", id: `w-${at % 2}` })
    stage.acquire(session, 3, { hold: "semaphore", limit: 2 })
  }
  t.same(stage.waiters("a", "barrier").length, 3, "more than it takes")
  t.same(stage.waiters("a", "group"), [two, three], "the third has the id of the first")
  t.match(stage.acquire(one, 2, { hold: "group" }), { kind: "ended", how: "fenced", token: undefined })
  const other = { hold: "semaphore", names: ["b"] } as const
  t.match(stage.acquire(one, 4, { ...other, limit: 1, waitMs: 0 }), { kind: "ended", how: "wait-timeout" })
  t.match(stage.acquire(two, 4, { ...other, limit: 2 }), { kind: "queued" }, "nobody was there any more")
  stage.pass(5000)
  t.same(stage.waiters("a", "barrier"), [three])
  t.match(stage.acquire(two, 1, {}), { kind: "opened", index: 1 })
  t.same(stage.holders("a", "group"), [two, three])
  t.same([stage.holders("a", "semaphore"), stage.waiters("a", "semaphore")], [[one, two], [three]])
  t.end()
})
