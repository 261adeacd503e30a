import type { Resize } from "@conclave/consensus"
import { LIMIT_MAX } from "@conclave/consensus/machine/limits"
import { test } from "tap"
import { acquireOf, Stage } from "./stage.ts"

function resize(limit: number, fields: Partial<Resize> = {}): Resize {
  return { kind: "resize", request: undefined, name: "a", limit, ...fields }
}

const PERMIT = { hold: "semaphore", limit: 4 } as const

test("a limit that shrinks breaks no holder; nobody else is granted anything until they fit", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const first = stage.granted(one, 1, { ...PERMIT, weight: 2 })
  const second = stage.granted(two, 1, { ...PERMIT, weight: 2 })
  stage.acquire(three, 1, PERMIT)
  const applied = stage.apply(resize(2))
  t.match(applied, { result: { kind: "written", rev: applied.rev }, changes: [{ kind: "name", after: { limit: 2 } }] })
  t.same([stage.holders("a", "semaphore"), stage.machine.name("semaphore", "a").used], [[one, two], 4])
  stage.release(one, 2, first)
  t.same(stage.waiters("a", "semaphore"), [three])
  stage.release(two, 2, second)
  t.same(stage.holders("a", "semaphore"), [three])
  t.end()
})

test("a limit that grows lets in who waits, in the same entry", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  stage.granted(one, 1, { ...PERMIT, weight: 4 })
  stage.acquire(two, 1, { ...PERMIT, weight: 2 })
  t.match(stage.apply(resize(6)).changes, [{ kind: "name" }, { kind: "hold", after: { session: two } }])
  t.same(stage.holders("a", "semaphore"), [one, two])
  t.match(stage.acquire(one, 2, { ...PERMIT, limit: 4 }), { refusal: { reason: "limit", current: 6 } })
  t.end()
})

test("who waits with more than a limit that shrank is refused, and those behind it go on", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const token = stage.granted(one, 1, { ...PERMIT, weight: 3 })
  stage.acquire(two, 1, { ...PERMIT, weight: 4 })
  stage.acquire(three, 1, { ...PERMIT, weight: 2 })
  const { changes } = stage.apply(resize(3))
  t.match(changes, [{ kind: "name" }, { kind: "hold", before: { session: two }, after: undefined, end: "too-heavy" }])
  const refused = { kind: "refused", refusal: { kind: "conflict", reason: "limit", current: 3 } }
  t.match(stage.acquire(two, 1, { ...PERMIT, weight: 4 }), refused, "asked again")
  t.match(stage.cancel(two, 1), refused)
  stage.release(one, 2, token)
  t.same(stage.holders("a", "semaphore"), [three])
  t.end()
})

test("what changes nothing makes no revision: the same limit, or one of a semaphore that nobody uses", (t) => {
  const stage = new Stage()
  const one = stage.open(1)
  const { rev } = stage.machine
  t.same(stage.result(resize(5)), { kind: "written", rev })
  t.equal(stage.machine.name("semaphore", "a").name, undefined)
  stage.granted(one, 1, PERMIT)
  t.same(stage.result(resize(4)), { kind: "written", rev: rev + 1 })
  t.match(stage.result(resize(0)), { refusal: { kind: "invalid", field: "limit" } })
  t.match(stage.result(resize(LIMIT_MAX + 1)), { refusal: { kind: "invalid", field: "limit" } })
  t.match(stage.result(resize(1, { name: "-" })), { refusal: { kind: "invalid", field: "name" } })
  t.same(stage.result(resize(LIMIT_MAX)), { kind: "written", rev: rev + 2 })
  t.end()
})

test("in a session a resize is done once, whatever came of the limit since", (t) => {
  const stage = new Stage()
  const one = stage.open(1)
  stage.granted(one, 1, PERMIT)
  const request = { session: one, seq: 2, floor: 0 }
  stage.apply(resize(6, { request }))
  stage.apply(resize(8))
  t.equal(stage.apply(resize(6, { request })).isRepeat, true)
  t.equal(stage.machine.name("semaphore", "a").name?.limit, 8)
  t.match(stage.apply(acquireOf(one, 3, { ...PERMIT, limit: 8, weight: 7 })).result, { kind: "granted" })
  t.end()
})
