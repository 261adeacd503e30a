import { FRAME_BYTES_MAX } from "conclave/frames/agent-frame"
import { test } from "tap"
import { type AnyLine, linesOf, WatchStage } from "./watch-stage.ts"

test("entries as they are, then each put and each deletion, which carries what was there last", (t) => {
  const stage = new WatchStage()
  const first = stage.put("a", { deep: ["é", null] })
  const feed = stage.watch({ kind: "kv" })
  const entry = { key: "a", value: { deep: ["é", null] }, modRev: String(first), createRev: String(first) }
  t.same(linesOf(feed), [{ type: "view", rev: String(first), items: [entry] }])
  const second = stage.put("a", 2)
  const put = { ...entry, value: 2, modRev: String(second) }
  const gone = stage.remove("a")
  t.same(linesOf(feed), [
    { type: "change", rev: String(second), changes: [{ type: "put", item: put }] },
    { type: "change", rev: String(gone), changes: [{ type: "delete", item: put }] },
  ])
  stage.remove("a")
  t.same(linesOf(feed), [], "where nothing is, nothing is told")
  t.end()
})

test("by key or by prefix, sorted; a key that is not there is watched as well", (t) => {
  const stage = new WatchStage()
  for (const key of ["b/2", "b/1", "a", "c"]) stage.put(key)
  const keysOf = (feed: ReturnType<WatchStage["watch"]>) =>
    linesOf(feed).flatMap(({ items = [], changes = [] }) => [
      ...items.map(({ key }) => key),
      ...changes.map(({ item }) => item.key),
    ])
  const [some, one, other] = [{ prefix: "b/" }, { name: "b/1" }, { name: "d" }].map((each) =>
    stage.watch({ kind: "kv", ...each }),
  )
  if (some === undefined || one === undefined || other === undefined) throw new Error("three watches")
  t.same([keysOf(some), keysOf(one), keysOf(other)], [["b/1", "b/2"], ["b/1"], []])
  for (const key of ["d", "b/1", "b/3", "e"]) stage.put(key)
  t.same([keysOf(some), keysOf(one), keysOf(other)], [["b/1", "b/3"], ["b/1"], ["d"]])
  t.same(keysOf(stage.watch({ kind: "kv", name: "b/1", prefix: "c" })), [])
  t.end()
})

test("the longest values come in parts that frames hold", (t) => {
  const stage = new WatchStage()
  const value = "x".repeat(65_000)
  for (let each = 0; each < 9; each++) stage.put(`k${each}`, value)
  const lines = linesOf(stage.watch({ kind: "kv" }))
  t.ok(lines.length >= 3)
  t.same(
    lines.flatMap(({ items = [] }) => items.map(({ key }) => key)),
    ["k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8"],
  )
  for (const line of lines) t.ok(Buffer.byteLength(JSON.stringify({ id: 1, ev: line })) <= FRAME_BYTES_MAX)
  t.end()
})

test("behind a restore each reader gets a new view", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch({ kind: "kv" })
  linesOf(feed)
  const rev = stage.put("a")
  linesOf(feed)
  stage.watches.changed(rev, [{ kind: "restored", rev }], stage.cluster.machine)
  t.match(linesOf(feed), [{ type: "view", reset: true, items: [{ key: "a" }] }])
  t.match(linesOf(stage.watch({ kind: "kv", from: rev - 1 })), [{ type: "view", reset: true }], "its past is void")
  t.end()
})

test("of a hundred thousand keys a view comes in parts, some are found by how they begin, and the next key is refused", (t) => {
  const stage = new WatchStage()
  const COUNT = 100_000
  const keyOf = (n: number): string => `app/${String(n).padStart(6, "0")}`
  // Not in their order.
  for (let n = 0; n < COUNT; n++) stage.put(keyOf((n * 7919) % COUNT), n)
  const keys = (lines: readonly AnyLine[]) => lines.flatMap(({ items = [] }) => items.map(({ key }) => key))
  const feed = stage.watch({ kind: "kv" })
  const view = linesOf(feed)
  t.ok(view.length > 1 && view.every(({ more }, at) => (more === true) === at < view.length - 1))
  t.ok(view.every((line) => Buffer.byteLength(JSON.stringify({ id: 1, ev: line })) <= FRAME_BYTES_MAX))
  t.same(
    keys(view),
    Array.from({ length: COUNT }, (_, n) => keyOf(n)),
  )
  t.equal(keys(linesOf(stage.watch({ kind: "kv", prefix: "app/01234" }))).length, 10)
  t.same(
    [...stage.cluster.machine.entries("app/09999")].map(({ key }) => key),
    Array.from({ length: 10 }, (_, n) => keyOf(99_990 + n)),
  )
  const { rev } = stage.cluster.machine
  stage.put("one/more")
  t.equal(stage.cluster.machine.rev, rev, "refused")
  stage.put(keyOf(5), "new")
  stage.remove(keyOf(6))
  t.match(linesOf(feed), [
    { type: "change", changes: [{ type: "put", item: { key: keyOf(5), value: "new" } }] },
    { type: "change", changes: [{ type: "delete", item: { key: keyOf(6) } }] },
  ])
  stage.put("one/more")
  t.equal(stage.cluster.machine.entry("one/more")?.value, "1")
  t.end()
})
