import type { Change, Item } from "@conclave/consensus"
import type { StateView } from "conclave/coordination/cluster"
import { ENTRY_SCOPE } from "conclave/coordination/watch/entry-scope"
import { itemScope } from "conclave/coordination/watch/item-scope"
import { LINES_MAX } from "conclave/coordination/watch/reader"
import { Recent } from "conclave/coordination/watch/recent"
import type { WatchScope } from "conclave/coordination/watch/scope"
import { test } from "tap"
import { linesOf, WatchStage } from "./watch-stage.ts"

const POOL = { kind: "items", name: "p", prefix: undefined }
const ENTRIES = { kind: "kv", name: undefined, prefix: "" }

function stateAt(rev: number): StateView {
  return { rev } as StateView
}

function itemAt(rev: number, more: Partial<Item> = {}): Item {
  return {
    pool: "p",
    item: "i",
    state: "free",
    weight: 1,
    attempt: 1,
    sinceMs: 0,
    checkpoint: `${rev}`,
    ...more,
  } as Item
}

function itemChange(rev: number, before: Item | undefined, after: Item): Change {
  return { kind: "item", before, after, reason: undefined, rev } as Change
}

test("what followed is written out revision by revision, as it is taken", (t) => {
  let written = 0
  const scope = itemScope({ text: () => `${written++}` } as unknown as Parameters<typeof itemScope>[0])
  const recent = new Recent()
  recent.heard(1, [itemChange(1, undefined, itemAt(1))])
  for (let rev = 2; rev <= 9; rev++) {
    recent.heard(rev, [itemChange(rev, itemAt(rev - 1, { weight: rev - 1 }), itemAt(rev, { weight: rev }))])
  }
  const past = [...(recent.since(4, scope, POOL, stateAt(9)) ?? [])]
  t.same([past.map(({ rev }) => rev), written], [[5, 6, 7, 8, 9], 0])
  t.match(past[1]?.tell(), [{ name: "p", key: "i", text: /"weight":6/ }])
  t.equal(written, 1)
  t.end()
})

test("what does not show is not kept, and of another kind nothing counts", (t) => {
  const recent = new Recent()
  recent.heard(1, [itemChange(1, undefined, itemAt(1))])
  for (let rev = 2; rev <= 9; rev++) recent.heard(rev, [itemChange(rev, itemAt(rev - 1), itemAt(rev))])
  const scope = itemScope({} as Parameters<typeof itemScope>[0])
  t.same([...(recent.since(1, scope, POOL, stateAt(9)) ?? ["unknown"])], [], "checkpoints")
  recent.heard(10, [itemChange(10, itemAt(9), itemAt(10, { weight: 2 }))])
  t.match([...(recent.since(1, scope, POOL, stateAt(10)) ?? [])], [{ rev: 10 }])
  t.same([...(recent.since(1, ENTRY_SCOPE, ENTRIES, stateAt(10)) ?? ["unknown"])], [])
  t.end()
})

/** Entries, and how often what one revision made of them was written out for a reader. */
class CountedStage extends WatchStage {
  told = 0
  override readonly scopeOf = (): WatchScope => ({
    ...ENTRY_SCOPE,
    tell: (...of) => {
      this.told++
      return ENTRY_SCOPE.tell(...of)
    },
  })
}

test("who asks first for more than is kept for one reader gets a view, and nothing is written out for it", (t) => {
  const stage = new CountedStage()
  const rev = stage.put("a")
  for (let each = 0; each < LINES_MAX; each++) stage.put("a", each)
  const asked = { kind: "kv", prefix: "a", from: rev }
  const feed = stage.watch(asked)
  t.equal(stage.told, 0)
  t.equal(linesOf(feed).length, LINES_MAX)
  t.equal(stage.told, LINES_MAX)
  feed.close()
  const another = new CountedStage()
  const first = another.put("a")
  for (let each = 0; each <= LINES_MAX; each++) another.put("a", each)
  t.match(linesOf(another.watch({ ...asked, from: first })), [{ type: "view", reset: true }])
  t.equal(another.told, 0)
  t.end()
})

test("more bytes than are kept for one reader are not written out for it", (t) => {
  const stage = new CountedStage()
  const rev = stage.put("a")
  for (let each = 0; each < 18; each++) stage.put("a", "x".repeat(60_000))
  t.match(linesOf(stage.watch({ kind: "kv", from: rev })), [{ type: "view", reset: true }])
  t.equal(stage.told, 0)
  t.end()
})

test("a revision that turns out to be too long for a line when it is written out is a new view", (t) => {
  const stage = new WatchStage()
  const rev = stage.put("b")
  const last = stage.put("c", 2)
  const entry = (key: string) => ({ key, value: `"${"€".repeat(40_000)}"`, modRev: last, createRev: last })
  const changes = ["d", "e", "f"].map((key) => ({ kind: "entry", before: undefined, after: entry(key), rev: last }))
  stage.watches.changed(last, changes as unknown as readonly Change[], stage.cluster.machine)
  t.match(linesOf(stage.watch({ kind: "kv", from: rev })), [
    { type: "change", changes: [{ item: { key: "c" } }] },
    { type: "view", reset: true, items: [{ key: "b" }, { key: "c" }] },
  ])
  t.end()
})
