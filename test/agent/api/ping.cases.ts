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
      { path: "indirect", sent: 5, received: 0, rttMs: null },
      { path: "tcp", sent: 5 },
      { path: "udp", received: 100, rttMs: { count: 100, min: 1, mean: 50.5, p50: 50, p90: 90, p99: 99, max: 100 } },
    ],
  })
  next = 0
  const one = { count: 1, min: 1, mean: 1, p50: 1, p90: 1, p99: 1, max: 1 }
  t.match(await measured(fake, 1), { items: [{}, {}, { rttMs: one }] })
})

test("after a loss a few go at once", (t) => {
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

test("after a loss at most four are on their way, and after five in a row the path is given up", (t) => {
  const fake = new FakeAgent()
  const open: ((rttMs: number | undefined) => void)[] = []
  const view = {
    ...fake.view,
    ping: (_id: unknown, path: string, done: (rttMs: number | undefined) => void) => {
      if (path === "tcp") open.push(done)
      else done(1)
    },
  }
  let answer: unknown
  ping(view, { name: "a", count: 100 }, (result) => {
    answer = result
  })
  open.shift()?.(undefined)
  t.equal(open.length, 4)
  open.shift()?.(7)
  t.equal(open.length, 3, "one that came back makes it steady again")
  for (let done = open.shift(); done !== undefined; done = open.shift()) {
    t.ok(open.length < 4)
    done(undefined)
  }
  t.match(answer, { items: [{ received: 100 }, { path: "tcp", received: 1, sent: 7 }, {}] })
  t.end()
})

test("a member that is unknown is not measured", (t) => {
  ping(new FakeAgent().view, { name: "x", count: 1 }, (result) => {
    t.match(result, { code: "NOT_FOUND" })
    t.end()
  })
})
