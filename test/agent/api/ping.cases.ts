import { ping } from "conclave/api/ping"
import { test } from "tap"
import { FakeAgent } from "../fake-view.ts"

function measured(fake: FakeAgent, count: number): Promise<unknown> {
  return new Promise((resolve) => ping(fake.view, { name: "a", count }, resolve))
}

test("quantiles are of what came back, by the nearest rank", async (t) => {
  const fake = new FakeAgent()
  let next = 0
  fake.pingMs = (path) => (path === "udp" ? ++next : undefined)
  t.match(await measured(fake, 100), {
    items: [
      { path: "indirect", sent: 100, received: 0, rttMs: null },
      { path: "tcp" },
      { path: "udp", received: 100, rttMs: { count: 100, min: 1, mean: 50.5, p50: 50, p90: 90, p99: 99, max: 100 } },
    ],
  })
  next = 0
  const one = { count: 1, min: 1, mean: 1, p50: 1, p90: 1, p99: 1, max: 1 }
  t.match(await measured(fake, 1), { items: [{}, {}, { rttMs: one }] })
})

test("after a loss the rest of a path goes at once", (t) => {
  const fake = new FakeAgent()
  const open: { path: string; done: (rttMs: number | undefined) => void }[] = []
  const view = {
    ...fake.view,
    ping: (_id: unknown, path: string, done: (rttMs: number | undefined) => void) => void open.push({ path, done }),
  }
  let answer: unknown
  ping(view, { name: "a", count: 4 }, (result) => {
    answer = result
  })
  t.same(
    open.map(({ path }) => path),
    ["indirect", "tcp", "udp"],
    "one each",
  )
  open[2]?.done(1)
  t.equal(open.length, 4, "the next when the one before has answered")
  open[3]?.done(undefined)
  t.equal(open.length, 6, "the two that are left")
  open[0]?.done(undefined)
  open[1]?.done(undefined)
  t.equal(open.length, 12)
  for (const { done } of open.slice(4, 11)) done(undefined)
  t.equal(answer, undefined)
  open[11]?.done(5)
  t.match(answer, {
    items: [
      { path: "indirect", sent: 4, received: 0, rttMs: null },
      { path: "tcp", sent: 4, received: 1 },
      { path: "udp", sent: 4, received: 1, rttMs: { count: 1, min: 1 } },
    ],
  })
  t.end()
})

test("a member that is unknown is not measured", (t) => {
  ping(new FakeAgent().view, { name: "x", count: 1 }, (result) => {
    t.match(result, { code: "NOT_FOUND" })
    t.end()
  })
})
