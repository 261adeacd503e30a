import { isProblem, type Problem } from "conclave/api/problem"
import { Coordinator } from "conclave/coordination/coordinator"
import { REQUESTS_BURST, REQUESTS_PER_S, RequestRate } from "conclave/coordination/request-rate"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { FakeProcesses, fakeSecrets, LoneCluster } from "./lone-cluster.ts"

test("a connection asks so many times at once and so many times a second, and others have their own", (t) => {
  const clock = new FakeClock()
  const rate = new RequestRate(clock)
  const [one, other] = [{ rev: 0 }, { rev: 0 }]
  const taken = (client: object): number => {
    let taken = 0
    while (rate.take(client as typeof one) === undefined) taken++
    return taken
  }
  t.equal(taken(one), REQUESTS_BURST)
  t.match(rate.take(one), { code: "RESOURCE_EXHAUSTED", retryable: true, details: { retryAfterMs: 1 } })
  t.equal(taken(other), REQUESTS_BURST)
  clock.advance(100)
  t.equal(taken(one), REQUESTS_PER_S / 10, "what is refused costs nothing")
  clock.advance(60_000)
  t.equal(taken(one), REQUESTS_BURST, "no more than that is saved up")
  t.end()
})

test("who asks too often is refused reads, holds and watches, and may give back at any time", (t) => {
  const clock = new FakeClock()
  const cluster = new LoneCluster(clock)
  const parts = { secrets: fakeSecrets(), processes: new FakeProcesses(), member: () => "a", ttlMs: 10_000 }
  const coordinator = new Coordinator({ cluster, clock, ...parts, audit: () => {}, tell: () => {} })
  const caller = { door: "application", timeoutMs: 5000, seen: { rev: 0 }, speaker: undefined, seq: undefined } as const
  const about = { kind: "lock", name: "a" } as const
  const read = (): string => {
    let got: object | undefined
    coordinator.answer("hold.get", { ...about, stale: true }, caller, (answer) => {
      got = answer
    })
    return got !== undefined && isProblem(got) ? got.code : "ok"
  }
  for (let asked = 0; asked < REQUESTS_BURST; asked++) if (read() !== "ok") t.fail(`refused at ${asked}`)
  t.equal(read(), "RESOURCE_EXHAUSTED")
  const watch = { by: undefined, ...about, prefix: undefined, from: undefined }
  t.match(
    coordinator.hold(about, caller, () => {}),
    { code: "RESOURCE_EXHAUSTED" },
  )
  t.match(
    coordinator.watch(watch, caller, () => {}),
    { code: "RESOURCE_EXHAUSTED" },
  )
  let released: object | Problem | undefined
  coordinator.answer("hold.release", { ...about, token: "1" }, caller, (answer) => {
    released = answer
  })
  t.match(released, { code: "INVALID_ARGUMENT" }, "as nobody in particular")
  clock.advance(10)
  t.equal(read(), "ok")
  coordinator.stop()
  t.end()
})
