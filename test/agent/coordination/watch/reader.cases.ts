import { LINES_BYTES_MAX, LINES_MAX } from "conclave/coordination/watch/reader"
import { test } from "tap"
import { linesOf, parsed, WatchStage } from "./watch-stage.ts"

test("so many lines are kept for a reader, and one more is a new view", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch({ kind: "kv" })
  linesOf(feed)
  for (let each = 0; each < LINES_MAX; each++) stage.put("a", each)
  t.equal(linesOf(feed).length, LINES_MAX)
  for (let each = 0; each <= LINES_MAX; each++) stage.put("a", each)
  t.match(linesOf(feed), [{ type: "view", reset: true, items: [{ key: "a", value: LINES_MAX }] }])
  t.end()
})

test("so many bytes are kept for a reader, and one line more is a new view; another reader goes on", (t) => {
  const stage = new WatchStage()
  const [slow, fast] = [stage.watch({ kind: "kv" }), stage.watch({ kind: "kv" })]
  for (const feed of [slow, fast]) linesOf(feed)
  const value = "x".repeat(60_000)
  let puts = 0
  for (let bytes = 0; bytes <= LINES_BYTES_MAX; bytes += 60_000) {
    stage.put("a", value)
    puts++
    t.equal(linesOf(fast).length, 1)
  }
  t.match(linesOf(slow), [{ type: "view", reset: true }])
  t.ok(puts > 10)
  t.end()
})

test("what comes while a view is taken follows behind it, each once", (t) => {
  const stage = new WatchStage()
  for (let each = 0; each < 7; each++) stage.put(`k${each}`, "x".repeat(60_000))
  const feed = stage.watch({ kind: "kv" })
  const first = parsed(feed.take() as object)
  t.match(first, { type: "view", more: true })
  const rev = stage.put("k0", 1)
  const rest = linesOf(feed)
  t.same(
    rest.map(({ type }) => type),
    ["view", "view", "change"],
  )
  t.same([rest[0]?.rev, rest[2]?.rev], [first.rev, String(rev)])
  t.equal(rest[0]?.more, true)
  t.end()
})

test("a view that is late contains what came before it, and that is not told again", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch({ kind: "kv" })
  stage.put("a")
  stage.isBusy = true
  t.equal(feed.take(), undefined, "an entry is at work")
  stage.isBusy = false
  const rev = stage.put("b")
  t.match(linesOf(feed), [{ type: "view", rev: String(rev), items: [{ key: "a" }, { key: "b" }] }])
  t.same(linesOf(feed), [])
  t.end()
})

test("who comes back to more than is kept for one reader gets a view", (t) => {
  const stage = new WatchStage()
  const keeper = stage.watch({ kind: "kv" })
  const [{ rev = "0" } = {}] = linesOf(keeper)
  for (let each = 0; each < LINES_MAX; each++) stage.put("a", each)
  t.equal(linesOf(stage.watch({ kind: "kv", from: Number(rev) })).length, LINES_MAX)
  stage.put("a")
  t.match(linesOf(stage.watch({ kind: "kv", from: Number(rev) })), [{ type: "view", reset: true }])
  t.match(
    linesOf(stage.watch({ kind: "kv", from: Number(rev), prefix: "b" })),
    [],
    "of what it does not ask for nothing counts",
  )
  t.end()
})

test("a mark of progress comes behind what was told, at the revision of now", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch({ kind: "kv" })
  linesOf(feed)
  stage.put("a")
  stage.pass(4000)
  stage.hold(stage.session, 1)
  t.match(linesOf(feed), [{ type: "change" }, { type: "progress", rev: String(stage.cluster.machine.rev) }])
  t.same(linesOf(feed), [])
  t.end()
})

test("who comes to several revisions at once gets one line of them, and each change is told once", (t) => {
  const stage = new WatchStage()
  const [slow, fast] = [stage.watch({ kind: "kv" }), stage.watch({ kind: "kv" })]
  for (const feed of [slow, fast]) linesOf(feed)
  const first = stage.put("a", 1)
  t.match(parsed(fast.take() as object), { rev: String(first), changes: [{ item: { value: 1 } }] })
  const last = stage.put("a", 2)
  const line = parsed(slow.take() as object)
  t.match(line, { type: "change", rev: String(last) })
  t.match(line.changes, [{ rev: String(first), item: { value: 1 } }, { item: { value: 2 } }])
  t.equal(line.changes?.[1]?.rev, undefined)
  t.equal(slow.take(), undefined)
  t.match(parsed(fast.take() as object), { rev: String(last), changes: [{ item: { value: 2 } }] })
  t.end()
})
