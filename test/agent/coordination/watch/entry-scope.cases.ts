import { FRAME_BYTES_MAX } from "conclave/frame-session"
import { test } from "tap"
import { linesOf, WatchStage } from "./watch-stage.ts"

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
