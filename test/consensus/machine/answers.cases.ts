import { test } from "tap"
import { acquireOf, Stage } from "./stage.ts"

test("the same request gets the same answer, whatever has happened since", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1)
  const release = { kind: "release", session: one, seq: 2, floor: 0, token } as const
  const first = stage.apply(release)
  t.match(first, { isRepeat: false, result: { kind: "written" } })
  stage.granted(two, 1)
  const second = stage.apply(release)
  t.match(second, { isRepeat: true, changes: [] })
  t.same(second.result, first.result, "with the revision of then")
  t.ok(second.rev > first.rev)
  t.end()
})

test("an answer is looked up before the request is judged: a refusal is an answer too", (t) => {
  const stage = new Stage({ holdsOfName: 1 })
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1)
  t.match(stage.acquire(two, 1), { kind: "refused", refusal: { kind: "exhausted", limit: "holds of a name" } })
  stage.release(one, 2, token)
  t.match(stage.apply(acquireOf(two, 1)), { isRepeat: true, result: { kind: "refused" } })
  t.match(stage.acquire(two, 2), { kind: "granted" })
  t.end()
})

test("acquiring twice with one number is one acquisition, waiting and granted, with other words as well", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1)
  stage.acquire(two, 1)
  t.match(stage.apply(acquireOf(two, 1, { names: ["b"] })), { isRepeat: true, result: { kind: "queued", position: 1 } })
  t.match(stage.apply(acquireOf(one, 1)), { isRepeat: true, result: { kind: "granted", token }, changes: [] })
  t.same(stage.waiters("a"), [two])
  t.same(stage.holders("b"), [])
  t.end()
})

test("holds are remembered by their places, however many answers came after", (t) => {
  const stage = new Stage({ answers: 4 })
  const session = stage.open(1)
  const token = stage.granted(session, 1)
  for (let seq = 2; seq < 20; seq++) stage.cancel(session, seq)
  t.match(stage.cancel(session, 15), { refusal: { kind: "forgotten" } }, "the lowest answers are forgotten")
  t.match(stage.apply({ kind: "cancel", session, seq: 16, floor: 0 }), { isRepeat: true })
  t.match(stage.acquire(session, 1), { kind: "granted", token })
  stage.release(session, 20, token)
  t.match(
    stage.acquire(session, 1),
    { kind: "refused", refusal: { kind: "forgotten" } },
    "and it is never granted anew",
  )
  t.same(stage.holders("a"), [])
  t.end()
})

test("what became of who waited is kept beside the others, however many answers came before, as many of the newest", (t) => {
  const stage = new Stage({ answers: 4 })
  const [one, two] = [stage.open(1), stage.open(2)]
  const barrier = { hold: "barrier", limit: 2 } as const
  const semaphore = { hold: "semaphore", names: ["s"], limit: 5 } as const
  for (let seq = 1; seq <= 5; seq++) stage.acquire(one, seq, { ...barrier, names: [`b${seq}`] })
  stage.granted(two, 10, { ...semaphore, weight: 5 })
  stage.acquire(one, 6, { ...semaphore, weight: 5 })
  stage.granted(two, 11)
  stage.acquire(one, 7, { waitMs: 1000 })
  stage.granted(one, 8, { names: ["held"] })
  for (let seq = 9; seq < 30; seq++) stage.cancel(one, seq)
  t.match(stage.cancel(one, 9), { refusal: { kind: "forgotten" } })
  const again = (seq: number) => stage.result(acquireOf(one, seq))
  stage.result({ kind: "resize", request: undefined, name: "s", limit: 2 })
  t.match(again(6), { kind: "refused", refusal: { kind: "conflict", reason: "limit", current: 2 } })
  stage.pass(1500)
  t.match(again(7), { kind: "ended", how: "wait-timeout" })
  for (let seq = 1; seq <= 4; seq++) stage.acquire(two, 20 + seq, { ...barrier, names: [`b${seq}`] })
  for (let seq = 1; seq <= 4; seq++) t.match(again(seq), { kind: "opened", index: 0 })
  t.match(again(6), { refusal: { kind: "forgotten" } }, "beyond their number the eldest are")
  t.match(again(7), { refusal: { kind: "forgotten" } })
  stage.acquire(two, 30, { ...barrier, names: ["b5"] })
  t.match(again(5), { kind: "opened", index: 0 }, "the newest has the highest number here, and need not have")
  t.match(again(1), { refusal: { kind: "forgotten" } })
  stage.cancel(one, 8)
  t.match(again(8), { refusal: { kind: "forgotten" } }, "of a grant that is over the state says enough")
  stage.acquire(one, 40, { floor: 40, names: ["z"] })
  t.match(again(5), { kind: "opened" }, "it ended after its number was said to be answered")
  t.same(stage.machine.problems(), [])
  t.end()
})

test("who gives up a hold that is older than all kept answers is told what became of it", (t) => {
  const stage = new Stage({ answers: 4 })
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1)
  stage.acquire(two, 1)
  for (const session of [one, two]) for (let seq = 2; seq < 20; seq++) stage.cancel(session, seq)
  t.match(stage.cancel(two, 1), { kind: "ended", how: "cancelled", token: undefined })
  const given = stage.apply({ kind: "cancel", session: one, seq: 1, floor: 0 })
  t.match(given.result, { kind: "ended", how: "released", token, rev: given.rev })
  t.same(stage.holders("a"), [])
  t.end()
})

test("a write whose number falls out of the window by what it ends is forgotten", (t) => {
  const stage = new Stage({ answers: 4 })
  const session = stage.open(1)
  for (let seq = 10; seq < 14; seq++) stage.cancel(session, seq)
  const token = stage.granted(session, 14)
  t.match(stage.release(session, 3, token), { kind: "written" })
  t.match(stage.release(session, 3, token), { kind: "refused", refusal: { kind: "forgotten" } })
  t.match(stage.cancel(session, 11), { kind: "ended" })
  t.end()
})

test("128 answers are kept, and one more forgets the first", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  for (let seq = 1; seq <= 128; seq++) stage.cancel(session, seq)
  t.match(stage.apply(acquireOf(session, 1)), { isRepeat: true, result: { kind: "ended", how: "cancelled" } })
  stage.cancel(session, 129)
  t.match(stage.acquire(session, 1), { kind: "refused", refusal: { kind: "forgotten" } })
  t.match(stage.acquire(session, 2), { kind: "ended", how: "cancelled" })
  t.end()
})

test("what a client says to have answers for is forgotten, and never below what it asks now", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  stage.cancel(session, 1)
  stage.cancel(session, 3)
  stage.acquire(session, 4, { floor: 3 })
  t.match(stage.acquire(session, 1), { kind: "refused", refusal: { kind: "forgotten" } })
  t.match(stage.acquire(session, 3), { kind: "ended" })
  t.match(stage.acquire(session, 5, { floor: 1000, names: ["b"] }), { kind: "granted" })
  t.match(stage.acquire(session, 4), { kind: "granted" }, "its hold lives")
  t.match(stage.acquire(session, 6, { names: ["c"] }), { kind: "granted" })
  t.end()
})

test("requests that overtake each other are all applied", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  t.match(stage.acquire(session, 7, { names: ["x"] }), { kind: "granted" })
  t.match(stage.acquire(session, 3, { names: ["y"] }), { kind: "granted" })
  t.end()
})

test("a number that made a hold which lives makes nothing else", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const token = stage.granted(session, 1)
  t.match(stage.release(session, 1, token), { kind: "refused", refusal: { kind: "conflict", reason: "seq" } })
  t.same(stage.holders("a"), [session])
  t.end()
})
