import { awaitState } from "conclave/coordination/await-state"
import { test } from "tap"
import { BookStage } from "./book-stage.ts"

test("the state is waited for until it is as wanted, or the time is up", (t) => {
  const stage = new BookStage()
  const { cluster, clock } = stage
  const got: (number | undefined)[] = []
  const rev = cluster.machine.rev
  awaitState(
    { cluster, clock, waitMs: 1000 },
    (state) => state.rev >= rev,
    (state) => got.push(state?.rev),
  )
  t.same(got, [rev], "at once")
  awaitState(
    { cluster, clock, waitMs: 1000 },
    (state) => state.rev > rev,
    (state) => got.push(state?.rev),
  )
  awaitState(
    { cluster, clock, waitMs: 1000 },
    () => false,
    (state) => got.push(state?.rev),
  )
  stage.pass(100)
  t.equal(got.length, 1)
  stage.open()
  stage.pass(100)
  t.same(got, [rev, rev + 1])
  stage.pass(1000)
  t.same(got, [rev, rev + 1, undefined])
  t.end()
})
