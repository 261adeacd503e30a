import type { Feed } from "conclave/api/feed"
import type { WatchLine } from "conclave/api/objects"
import { CHANGES_BYTES_MAX, CHANGES_MAX, type MemberQuery, WatchHub } from "conclave/watch-hub"
import { test } from "tap"
import { FakeClock } from "./fake-clock.ts"
import { FakeAgent, fakeMember } from "./fake-view.ts"

interface Watching {
  readonly fake: FakeAgent
  readonly clock: FakeClock
  readonly hub: WatchHub
  readonly feed: Feed
  readonly rest: () => WatchLine[]
  wakes: number
}

function watching(query: MemberQuery = {}): Watching {
  const fake = new FakeAgent()
  const clock = new FakeClock()
  const hub = new WatchHub(fake.view, clock)
  const feed = hub.watch(query, () => stage.wakes++)
  const rest = (): WatchLine[] => {
    const lines: WatchLine[] = []
    for (let line = feed.take(); line !== undefined; line = feed.take()) lines.push(line as WatchLine)
    return lines
  }
  const stage: Watching = { fake, clock, hub, feed, rest, wakes: 0 }
  return stage
}

const names = (line: WatchLine | undefined): string[] => (line?.items ?? []).map((item) => item.name)

test("a view first, then each change once and in order", (t) => {
  const { fake, rest } = watching()
  fake.put(fakeMember("c"))
  fake.put(fakeMember("b"))
  const [view, ...none] = rest()
  t.match(view, { type: "view", rev: "3" })
  t.notOk(view !== undefined && ("more" in view || "reset" in view))
  t.same([names(view), none], [["a", "b", "c"], []])
  fake.put(fakeMember("b", { state: "suspect" }), "suspect")
  fake.put(fakeMember("b", { state: "dead" }), "dead", 800)
  fake.remove("b")
  t.match(rest(), [
    { type: "change", rev: "4", changes: [{ type: "put", item: { name: "b", status: "suspect" }, reason: "suspect" }] },
    { type: "change", rev: "5", changes: [{ type: "put", item: { name: "b", status: "dead" }, reason: "dead" }] },
    { type: "change", rev: "6", changes: [{ type: "delete", item: { name: "b", status: "dead" }, reason: "reap" }] },
  ])
  t.same(rest(), [])
  t.end()
})

test("a refutation or a change of health alone is no change; tags are", (t) => {
  const { fake, rest } = watching()
  rest()
  const self = fakeMember("a")
  fake.put({ ...self, record: { ...self.record, health: 3, incarnation: 9 as never } }, "update")
  t.same(rest(), [])
  fake.put({ ...self, record: { ...self.record, tags: { role: "db" } } }, "update")
  t.match(rest(), [{ type: "change", rev: "3", changes: [{ item: { tags: { role: "db" } }, reason: "update" }] }])
  t.end()
})

test("progress is told within 5 s, with the newest revision, and only after what was before", (t) => {
  const { fake, clock, hub, feed, rest } = watching()
  rest()
  clock.advance(5000)
  t.same(rest(), [{ type: "progress", rev: "1" }])
  fake.put(fakeMember("b"))
  clock.advance(5000)
  t.match(rest(), [
    { type: "change", rev: "2" },
    { type: "progress", rev: "2" },
  ])
  feed.close()
  clock.advance(5000)
  t.same([clock.armed, hub.watchers, rest()], [0, 0, []], "nobody is told, no timer runs")
  t.end()
})

test("up to 1,024 changes are kept for a reader; one more and it gets a new view", (t) => {
  const { fake, feed, rest } = watching()
  rest()
  for (let each = 0; each < CHANGES_MAX; each++) fake.put(fakeMember(`m${each}`))
  t.equal(rest().length, CHANGES_MAX, "at the limit")
  for (let each = 0; each <= CHANGES_MAX; each++) fake.put(fakeMember(`n${each}`))
  fake.put(fakeMember("last"))
  const parts = rest()
  t.ok(parts.every(({ type }) => type === "view"))
  t.same(
    parts.map(({ reset }) => reset ?? false),
    parts.map((_, index) => index === 0),
  )
  t.ok(parts.flatMap(names).includes("last"), "the change that came after it was owed is in it")
  fake.put(fakeMember("after"))
  t.match(rest(), [{ type: "change", changes: [{ item: { name: "after" } }] }], "and on it goes")
  feed.close()
  t.end()
})

test("changes are kept up to 1 MiB only", (t) => {
  const { fake, rest } = watching()
  rest()
  const tags = { long: "é".repeat(2000) }
  const changes = Math.ceil(CHANGES_BYTES_MAX / 4000)
  t.ok(changes < CHANGES_MAX)
  for (let each = 0; each < changes; each++) fake.put(fakeMember(`m${each}`, { tags }))
  t.match(rest()[0], { type: "view", reset: true, more: true })
  t.end()
})

test("a large view comes in parts of one revision, changes after the last of them", (t) => {
  const { fake, feed, rest } = watching()
  for (let each = 0; each < 2000; each++) fake.put(fakeMember(`m${each}`))
  const first = feed.take() as WatchLine
  fake.put(fakeMember("new"))
  const lines = [first, ...rest()]
  const parts = lines.slice(0, -1)
  t.ok(parts.length > 3)
  t.ok(parts.every((part) => part.type === "view" && part.rev === "2001"))
  t.same(
    parts.map((part) => part.more ?? false),
    parts.map((_, index) => index < parts.length - 1),
  )
  t.equal(new Set(parts.flatMap(names)).size, 2001)
  t.ok(parts.every((part) => JSON.stringify(part).length < 256 * 1024))
  t.match(lines.at(-1), { type: "change", rev: "2002", changes: [{ item: { name: "new" } }] })
  t.end()
})

test("a reader may ask for one member, or for those of a prefix", (t) => {
  const one = watching({ name: "b" })
  t.same(one.rest().map(names), [[]])
  one.fake.put(fakeMember("b"))
  one.fake.put(fakeMember("bc"))
  t.same(
    one.rest().map((line) => line.changes?.map(({ item }) => item.name)),
    [["b"]],
  )
  const prefix = watching({ prefix: "b" })
  prefix.fake.put(fakeMember("bc"))
  t.same(prefix.rest().map(names), [["bc"]])
  t.end()
})

test("who wants to go on from an older version gets a whole view, marked as a reset", (t) => {
  const { fake, rest } = watching({ isResumed: true })
  t.match(rest(), [{ type: "view", reset: true, rev: "1" }])
  fake.put(fakeMember("b"))
  const next = rest()
  t.match(next, [{ type: "change", rev: "2" }])
  t.end()
})

test("a closed hub and a closed feed listen no more", (t) => {
  const { fake, hub, feed, rest } = watching()
  t.notOk(feed.isOver())
  feed.close()
  t.ok(feed.isOver())
  fake.put(fakeMember("b"))
  t.same(rest(), [])
  hub.close()
  t.equal(fake.listeners, 0)
  t.end()
})
