import type { Token } from "@conclave/consensus"
import { HISTORY_MAX } from "@conclave/consensus/machine/holds"
import { test } from "tap"
import { acquireOf, Stage, sessionId, TTL_MS } from "./stage.ts"

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
