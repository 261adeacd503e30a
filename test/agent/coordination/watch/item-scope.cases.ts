import { test } from "tap"
import { linesOf, WatchStage } from "./watch-stage.ts"

const NOTHING = {
  ...{ partitions: undefined, handoffTimeoutMs: undefined, restartGraceMs: undefined },
  ...{ spread: undefined, maxAttempts: undefined },
}

function put(stage: WatchStage, item: string, pool = "p", weight = 1): void {
  stage.cluster.apply({ kind: "workPut", request: undefined, pool, item, payload: undefined, weight, pin: undefined })
}

function remove(stage: WatchStage, item: string): void {
  stage.cluster.apply({ kind: "workRemove", request: undefined, pool: "p", item })
}

test("items of one pool as they are, then each change, with its reason; a deletion carries what was there last", (t) => {
  const stage = new WatchStage()
  put(stage, "b")
  put(stage, "a")
  put(stage, "x", "other")
  const feed = stage.watch({ kind: "items", name: "p" })
  t.match(linesOf(feed), [{ type: "view", items: [{ item: "a", state: "free" }, { item: "b" }] }])
  put(stage, "c", "p", 3)
  put(stage, "c", "other")
  put(stage, "a", "p", 2)
  remove(stage, "b")
  t.match(linesOf(feed), [
    { type: "change", changes: [{ type: "put", item: { item: "c", weight: 3 } }] },
    { type: "change", changes: [{ type: "put", item: { item: "a", weight: 2 } }] },
    { type: "change", changes: [{ type: "delete", item: { item: "b" }, reason: "removed" }] },
  ])
  t.end()
})

test("of many changes of one revision each item is told once, and what does not show is not told", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch({ kind: "items", name: "p" })
  linesOf(feed)
  const config = { ...NOTHING, partitions: 3 }
  stage.cluster.apply({ kind: "workConfigure", request: undefined, pool: "p", config, ifRev: undefined })
  const [line] = linesOf(feed)
  t.same(
    line?.changes?.map(({ item }) => item.item),
    ["0", "1", "2"],
  )
  put(stage, "1")
  t.same(linesOf(feed), [], "it was so before")
  stage.cluster.apply({
    kind: "workConfigure",
    request: undefined,
    pool: "p",
    config: { ...NOTHING, maxAttempts: 4 },
    ifRev: undefined,
  })
  t.same(linesOf(feed), [])
  t.end()
})
