import { connect } from "@conclave/sdk"
import { targetOf } from "@conclave/sdk/http-read"
import type { Coordination } from "conclave/api/coordination"
import { test } from "tap"
import { openStage } from "../agent/local-stage.ts"
import { outside } from "../agent/outside.ts"

test("what the path names stands there, encoded, and the rest is the query", (t) => {
  t.equal(targetOf("/v1/status", {}), "/v1/status")
  t.equal(
    targetOf("/v1/hold/{kind}", { kind: "lock", prefix: "a/b", stale: true }),
    "/v1/hold/lock?prefix=a%2Fb&stale=true",
  )
  t.equal(targetOf("/v1/hold/{kind}/{name}", { name: "a/b@c", kind: "election" }), "/v1/hold/election/a%2Fb%40c")
  t.end()
})

/** Answers reads of holds with more than a frame holds, and tells what it was asked. */
function large(asked: object[]): Coordination {
  const { ttlMs, counts, connect: link, hold, barrier, watch } = outside()
  const history = Array.from({ length: 4000 }, (_, token) => ({
    ...{ token: String(token), member: "a", app: null, reason: "released" },
    ...{ since: "2026-03-01T12:00:00.000Z", until: "2026-03-01T12:00:00.000Z" },
  }))
  const answer = ((_op: string, input: object, _caller: unknown, done: (out: never) => void) => {
    asked.push(input)
    done({ kind: "lock", name: "a/b", rev: "7", holders: [], waiters: [], history } as never)
  }) as unknown as Coordination["answer"]
  return { ttlMs, counts, connect: link, hold, barrier, watch, answer }
}

test("an answer about a hold that no frame holds comes over HTTP with the same input", async (t) => {
  const asked: object[] = []
  const stage = await openStage(t, { coordination: large(asked) })
  const client = await connect({ socket: stage.path("application") })
  t.teardown(() => client.close())
  const hold = await client.request("hold.get", { kind: "lock", name: "a/b", stale: true })
  t.same([hold.history.length, hold.rev, hold.history[3999]?.token], [4000, 7n, 3999n])
  t.same(asked, [
    { kind: "lock", name: "a/b", stale: true },
    { kind: "lock", name: "a/b", stale: true },
  ])
})
