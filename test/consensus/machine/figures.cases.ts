import type { Hold } from "@conclave/consensus"
import { counted, isPossible, NO_FIGURES } from "@conclave/consensus/machine/figures"
import { test } from "tap"
import { acquireOf, Stage } from "./stage.ts"

test("what a name's grants add up to: held, waited for, lost, let go when asked, and how many waited meanwhile", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const figures = () => stage.machine.name("lock", "a").name?.figures
  const token = () => stage.machine.name("lock", "a").holders[0]?.token as never
  stage.apply(acquireOf(one, 1))
  t.same(figures(), NO_FIGURES, "nothing is over")
  stage.pass(200)
  stage.apply(acquireOf(two, 1))
  stage.apply(acquireOf(three, 1))
  stage.pass(300)
  stage.apply({ kind: "release", session: one, seq: 2, floor: 0, token: token() })
  const first = { grants: 1, lost: 0, asked: 0, held: { sum: 500, max: 500 }, waited: { sum: 0, max: 0 } }
  t.match(figures(), { ...first, queue: { sum: 2, max: 2 } })
  const what = { kind: "lock", name: "a", token: undefined } as const
  stage.apply({ kind: "revoke", what, graceMs: 1000, by: "o", reason: "r" })
  stage.pass(150)
  stage.apply({ kind: "revoke", what, graceMs: 100, by: "o", reason: "sooner" })
  stage.pass(50)
  stage.apply({ kind: "release", session: two, seq: 2, floor: 0, token: token() })
  t.match(figures(), { grants: 2, asked: 1, lost: 0, letGo: { sum: 200, max: 200 } }, "since it was asked first")
  stage.apply({ kind: "revoke", what, graceMs: 60, by: "o", reason: "r" })
  stage.pass(100)
  t.match(figures(), { grants: 3, asked: 2, lost: 1, waited: { sum: 800, max: 500 }, queue: { sum: 3, max: 2 } })
  t.ok(stage.machine.problems().length === 0)
  t.end()
})

test("a sum ends with the whole numbers", (t) => {
  const full = { ...NO_FIGURES, held: { sum: Number.MAX_SAFE_INTEGER - 1, max: 5 } }
  const hold = { queuedAtMs: 0, grantedAtMs: 0, askedAtMs: undefined } as Hold
  const { held } = counted(full, hold, { reason: "released", nowMs: 9, waiters: 0 })
  t.same(held, { sum: Number.MAX_SAFE_INTEGER, max: 9 })
  t.ok(isPossible(NO_FIGURES, 0))
  t.notOk(isPossible(NO_FIGURES, 1))
  t.notOk(isPossible({ ...NO_FIGURES, queue: { sum: 1, max: 2 } }, 0))
  t.end()
})
