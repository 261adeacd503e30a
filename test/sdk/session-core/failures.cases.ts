import { failureOf, judged, lateFailure } from "@conclave/sdk/session-core/failures"
import { test } from "tap"

test("after a lost attempt only the log's own answer says that nothing was applied", (t) => {
  const failure = failureOf("CONFLICT", "limit differs")
  const judge = (isAmbiguous: boolean, isDecided: boolean) => judged(failure, { isAmbiguous }, isDecided).outcome
  t.same([judge(false, false), judge(true, true), judge(true, false)], ["not-applied", "not-applied", "unknown"])
  const applied = failureOf("TIMEOUT", "x", { outcome: "applied" })
  t.equal(judged(applied, { isAmbiguous: true }, false), applied)
  t.end()
})

test("late is unknown when it was sent, else what stood in the way", (t) => {
  t.match(lateFailure("x", true, undefined), { code: "TIMEOUT", outcome: "unknown", retryable: true })
  t.match(lateFailure("x", false, undefined), { code: "AGENT_UNAVAILABLE", outcome: "not-applied", retryable: true })
  const obstacle = failureOf("NO_QUORUM", "no leader")
  t.equal(lateFailure("x", false, obstacle), obstacle)
  t.end()
})
