import { isSameSecret } from "@conclave/consensus/machine/queries"
import { test } from "tap"
import { Stage, secretOf, sessionId } from "./stage.ts"

test("names are listed that somebody holds or waits for, sorted, by kind and prefix", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  for (const [seq, name] of ["b/2", "b/1", "a", "c"].entries()) stage.acquire(one, seq + 1, { names: [name] })
  stage.acquire(two, 1, { names: ["c", "d"] })
  stage.granted(two, 2, { hold: "election", names: ["b/1"] })
  stage.cancel(one, 3)
  t.same(stage.machine.names("lock", ""), ["b/1", "b/2", "c", "d"])
  t.same(stage.machine.names("lock", "b/"), ["b/1", "b/2"])
  t.same(stage.machine.names("election", ""), ["b/1"])
  t.end()
})

test("a name shows who holds it, who waits in which order, and what it remembers", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const token = stage.granted(one, 1, { note: "n" })
  stage.acquire(two, 1)
  stage.acquire(three, 1)
  t.match(stage.machine.name("lock", "a"), {
    name: { limit: 10_000, history: [] },
    holders: [{ session: one, token, note: "n" }],
    waiters: [{ session: two }, { session: three }],
  })
  t.same(stage.machine.name("lock", "free"), { name: undefined, used: 0, holders: [], waiters: [] })
  t.match(stage.machine.holdsOf(one), [{ seq: 1 }])
  t.end()
})

test("a session is verified by the hash of its secret", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  t.same(stage.machine.verify(session, secretOf(session)), { kind: "ok" })
  t.same(stage.machine.verify(session, new Uint8Array(32)), { kind: "wrong-secret" })
  t.same(stage.machine.verify(sessionId(5), new Uint8Array(32)), { kind: "lost", cause: undefined })
  t.ok(isSameSecret(Uint8Array.of(1, 2), Uint8Array.of(1, 2)))
  for (const other of [[1], [1, 2, 3], [1, 3], []]) t.notOk(isSameSecret(Uint8Array.of(1, 2), Uint8Array.from(other)))
  t.end()
})

test("one who waits stands behind as many as there are before it, at the name where most are", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  stage.granted(one, 1, { names: ["a", "b"] })
  stage.acquire(two, 1, { names: ["a"] })
  stage.acquire(three, 1, { names: ["b"] })
  stage.acquire(two, 2, { names: ["a"] })
  stage.acquire(three, 2, { names: ["b", "a"] })
  const behind = [one, two, three, two, three].map((each, at) => stage.machine.waitsBehind(each, at < 3 ? 1 : 2))
  t.same(behind, [undefined, 0, 0, 1, 2], "who holds waits behind nobody")
  t.equal(stage.machine.waitsBehind(one, 9), undefined)
  stage.cancel(two, 1)
  t.equal(stage.machine.waitsBehind(three, 2), 1)
  t.end()
})

test("candidates stand behind those of higher priority, whoever came first", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  stage.granted(one, 1, { hold: "election" })
  stage.acquire(two, 1, { hold: "election" })
  stage.acquire(three, 1, { hold: "election", priority: 5 })
  t.same([stage.machine.waitsBehind(two, 1), stage.machine.waitsBehind(three, 1)], [1, 0])
  t.end()
})
