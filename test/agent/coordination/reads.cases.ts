import { isProblem, type Problem } from "conclave/api/problem"
import type { StateView } from "conclave/coordination/cluster"
import { ageOf, readState } from "conclave/coordination/reads"
import { test } from "tap"
import { BookStage } from "./book-stage.ts"

test("a stale read is never older than what its caller has seen, and says how old it is", (t) => {
  const stage = new BookStage()
  const { cluster, clock } = stage
  const got: [StateView | Problem, number | undefined][] = []
  const caller = { timeoutMs: 500, seen: { rev: cluster.machine.rev + 1 } }
  readState({ cluster, clock }, caller, true, (state, ageMs) => got.push([state, ageMs]))
  stage.pass(100)
  t.equal(got.length, 0, "it waits for what comes")
  stage.open()
  stage.pass(100)
  const [state, ageMs] = got[0] ?? []
  t.ok(state !== undefined && !isProblem(state) && state.rev >= caller.seen.rev)
  t.equal(ageMs, 0)
  t.end()
})

test("what does not come in time is asked of the cluster; without a quorum nobody knows", (t) => {
  const stage = new BookStage()
  const { cluster, clock } = stage
  const got: (StateView | Problem)[] = []
  const caller = { timeoutMs: 500, seen: { rev: cluster.machine.rev + 5 } }
  cluster.hasQuorum = false
  readState({ cluster, clock }, caller, true, (state) => got.push(state))
  stage.pass(1000)
  t.match(got, [{ code: "NO_QUORUM" }])
  readState({ cluster, clock }, caller, false, (state) => got.push(state))
  t.match(got[1], { code: "NO_QUORUM" })
  cluster.hasQuorum = true
  const ages: (number | undefined)[] = []
  for (const isStale of [true, false]) {
    readState({ cluster, clock }, caller, isStale, (_state, ageMs) => ages.push(ageMs))
    stage.pass(1000)
  }
  t.same(ages, [0, undefined], "who takes a stale answer is told how old it is, though it was asked of the cluster")
  t.same([ageOf(undefined), ageOf(1.6)], [{}, { ageMs: 2 }])
  t.end()
})
