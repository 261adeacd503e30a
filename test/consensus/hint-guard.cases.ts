import { HintGuard } from "@conclave/consensus/hint-guard"
import { test } from "tap"
import { inTerm } from "./stage.ts"

const CONFIG = { hintGuardMs: 100, hintGuardMaxMs: 350 }

test("a term that was won by a hint cannot be ended by a hint for a while, doubled each time up to a limit", async (t) => {
  const guard = new HintGuard(CONFIG)
  let nowMs = 0
  for (const [term, guardMs] of [
    [1, 100],
    [2, 200],
    [3, 350],
    [4, 350],
  ] as const) {
    guard.voted(inTerm(term), true, nowMs)
    t.notOk(guard.allows(inTerm(term), nowMs + guardMs - 1), `term ${term} is guarded`)
    nowMs += guardMs
    t.ok(guard.allows(inTerm(term), nowMs), `term ${term} is guarded no more`)
  }
})

test("a term that was won without a hint is not guarded, and the doubling begins anew", async (t) => {
  const guard = new HintGuard(CONFIG)
  guard.voted(inTerm(1), true, 0)
  guard.voted(inTerm(2), true, 0)
  guard.voted(inTerm(3), false, 0)
  t.ok(guard.allows(inTerm(3), 0))
  guard.voted(inTerm(4), true, 0)
  t.ok(guard.allows(inTerm(4), 100))
})

test("the same vote twice is one", async (t) => {
  const guard = new HintGuard(CONFIG)
  guard.voted(inTerm(1), true, 0)
  guard.voted(inTerm(1), true, 50)
  t.ok(guard.allows(inTerm(1), 100))
})
