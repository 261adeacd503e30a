import { ADMIN, APPLICATION, type Principal } from "conclave/api/principal"
import { isProblem, type Problem } from "conclave/api/problem"
import { Coordinator } from "conclave/coordination/coordinator"
import { EACH, PART, RequestRate } from "conclave/coordination/request-rate"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { FakeProcesses, fakeSecrets, LoneCluster } from "./lone-cluster.ts"

type Asker = Parameters<RequestRate["take"]>[0]

function asker(principal: Principal): Asker {
  return { seen: { rev: 0 }, principal }
}

function takenBy(rate: RequestRate, client: Asker): number {
  let taken = 0
  while (rate.take(client) === undefined) taken++
  return taken
}

test("a connection asks so many times at once and so many times a second, and others have their own", (t) => {
  const clock = new FakeClock()
  const rate = new RequestRate(clock)
  const [one, other] = [asker(APPLICATION), asker(APPLICATION)]
  const taken = (client: Asker): number => takenBy(rate, client)
  t.equal(taken(one), EACH.atOnce)
  t.match(rate.take(one), { code: "RESOURCE_EXHAUSTED", retryable: true, details: { retryAfterMs: 1 } })
  t.equal(taken(other), EACH.atOnce)
  clock.advance(100)
  t.equal(taken(one), EACH.perS / 10, "what is refused costs nothing")
  clock.advance(60_000)
  t.equal(taken(one), EACH.atOnce, "no more than that is saved up")
  t.end()
})

test("all connections of a socket that has a part ask so many times, and leave the others theirs", (t) => {
  const rate = new RequestRate(new FakeClock())
  const part: Principal = { door: "application", names: ["a*"], share: "part" }
  t.equal(takenBy(rate, asker(part)), EACH.atOnce)
  t.equal(takenBy(rate, asker(part)), PART.atOnce - EACH.atOnce)
  t.match(rate.take(asker(part)), { code: "RESOURCE_EXHAUSTED", details: { limit: "requests of one socket" } })
  t.equal(takenBy(rate, asker({ ...part })), EACH.atOnce, "another socket has its own")
  for (const whole of [ADMIN, APPLICATION, APPLICATION]) t.equal(takenBy(rate, asker(whole)), EACH.atOnce)
  t.end()
})

test("who asks too often is refused reads, holds and watches, and may give back at any time", (t) => {
  const clock = new FakeClock()
  const cluster = new LoneCluster(clock)
  const parts = { secrets: fakeSecrets(), processes: new FakeProcesses(), member: () => "a", ttlMs: 10_000 }
  const coordinator = new Coordinator({ cluster, clock, ...parts, audit: () => {}, tell: () => {} })
  const caller = {
    principal: APPLICATION,
    timeoutMs: 5000,
    seen: { rev: 0 },
    speaker: undefined,
    seq: undefined,
    floor: 0,
  } as const
  const about = { kind: "lock", name: "a" } as const
  const read = (): string => {
    let got: object | undefined
    coordinator.answer("hold.get", { ...about, stale: true }, caller, (answer) => {
      got = answer
    })
    return got !== undefined && isProblem(got) ? got.code : "ok"
  }
  for (let asked = 0; asked < EACH.atOnce; asked++) if (read() !== "ok") t.fail(`refused at ${asked}`)
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
