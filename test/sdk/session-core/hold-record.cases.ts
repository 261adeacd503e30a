import { failureOf } from "@conclave/sdk/session-core/failures"
import { firstInput, isPassing, newRecord, REACH_MS, reasonOf } from "@conclave/sdk/session-core/hold-record"
import { test } from "tap"

const request = { kind: "lock", name: "a" } as const
const INFINITE = Number.POSITIVE_INFINITY

test("a hold asks for what is left of its wait when it is first sent", (t) => {
  const asks = (waitMs: number, afterMs: number) =>
    firstInput(newRecord({ kind: "hold", hold: 1, request, waitMs }, 100), 100 + afterMs)
  t.same(asks(INFINITE, 5), request)
  t.same(asks(0, 5), { ...request, waitMs: 0 })
  t.same(asks(1000, 400), { ...request, waitMs: 600 })
  t.same(asks(1000, 1000), { ...request, waitMs: 1 }, "0 would mean something else")
  t.end()
})

test("one that tries once has some time to reach the cluster", (t) => {
  t.equal(newRecord({ kind: "hold", hold: 1, request, waitMs: 0 }, 100).limitMs, 100 + REACH_MS)
  t.equal(newRecord({ kind: "hold", hold: 1, request, waitMs: 30 }, 100).limitMs, 130)
  t.same([isPassing(failureOf("NO_QUORUM", "")), isPassing(failureOf("WAIT_TIMEOUT", ""))], [true, false])
  t.same(
    [reasonOf(failureOf("GRANT_LOST", "", { details: { reason: "revoked" } })), reasonOf(failureOf("GRANT_LOST", ""))],
    ["revoked", "session-lost"],
  )
  t.end()
})
