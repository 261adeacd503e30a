import type { Item, SessionId, Token } from "@conclave/consensus"
import { ItemNews } from "conclave/coordination/item-news"
import { test } from "tap"

const SESSION = `${"a".repeat(26)}` as SessionId

class Stage {
  readable = 0
  readonly news: ItemNews = new ItemNews({
    session: SESSION,
    seq: 1,
    beforeMs: (timeMs) => timeMs - 100,
    onReadable: () => this.readable++,
  })

  told(): readonly unknown[] {
    const all: unknown[] = []
    for (let event = this.news.take(); event !== undefined; event = this.news.take()) all.push(event)
    return all
  }

  change(before: Item | undefined, after: Item | undefined, reason?: string, rev = 7): void {
    this.news.changed(after, before, { rev, reason })
  }
}

function item(fields: Partial<Item> = {}): Item {
  return {
    ...{ pool: "p", item: "x", order: 1, payload: '{"a":1}', weight: 1, pin: undefined, state: "free" },
    ...{ owner: undefined, target: undefined, keptUntilMs: undefined, revoking: undefined, attempt: 2, losses: 0 },
    ...{ checkpoint: "3", sinceMs: 0, decisions: [], ...fields },
  }
}

function owned(token: number, fields: Partial<Item> = {}): Item {
  const owner = { session: SESSION, seq: 1, id: "w", token: token as Token }
  return item({ state: "assigned", owner, ...fields })
}

const ASSIGNED = { type: "assigned", item: "x", token: "5", rev: "7", payload: { a: 1 }, checkpoint: 3, attempt: 2 }

test("an item is told when it comes, when it is asked back, and when it is taken away", (t) => {
  const stage = new Stage()
  stage.change(item(), owned(5))
  t.equal(stage.readable, 1)
  t.same(stage.told(), [ASSIGNED])
  const revoking = { by: "planner", reason: "balance", untilMs: 900 }
  stage.change(owned(5), owned(5, { state: "revoking", revoking }))
  t.same(stage.told(), [{ type: "revoking", item: "x", token: "5", by: "planner", reason: "balance", deadlineMs: 800 }])
  stage.change(owned(5, { state: "revoking", revoking }), owned(5, { state: "revoking", revoking, checkpoint: "4" }))
  t.same(stage.told(), [], "the same wish once")
  stage.change(owned(5, { state: "revoking", revoking }), item(), "handoff-timeout")
  t.same(stage.told(), [{ type: "lost", item: "x", token: "5", reason: "handoff-timeout" }])
  t.end()
})

test("what the worker settled itself is told as released, whatever has become of it since, and what is removed as that", (t) => {
  const released = { type: "lost", item: "x", token: "5", reason: "released" }
  for (const reason of ["done", "released", "failed", "failed: no luck"]) {
    const stage = new Stage()
    stage.change(item(), owned(5))
    stage.told()
    stage.change(owned(5), reason === "done" ? undefined : item(), reason)
    t.same(stage.told(), [released], reason)
  }
  const stage = new Stage()
  stage.change(item(), owned(5))
  stage.told()
  stage.change(owned(5), item(), "released")
  stage.change(item(), owned(6), "balance")
  t.match(stage.told(), [released, { type: "assigned", token: "6" }], "the newest reason is that of another assignment")
  stage.change(owned(6), undefined, "removed")
  t.same(stage.told(), [{ type: "lost", item: "x", token: "6", reason: "removed" }])
  t.end()
})

test("of what was not read the newest word alone is told", (t) => {
  const stage = new Stage()
  stage.change(item(), owned(5))
  stage.change(owned(5), item(), "handoff-timeout")
  t.same(stage.told(), [], "it came and went")
  stage.change(item(), owned(6))
  stage.told()
  stage.change(owned(6), item(), "handoff-timeout")
  stage.change(item(), owned(8))
  t.match(stage.told(), [
    { type: "lost", token: "6" },
    { type: "assigned", token: "8" },
  ])
  t.end()
})

test("another's items are no news", (t) => {
  const stage = new Stage()
  const other = item({ state: "assigned", owner: { session: SESSION, seq: 2, id: "v", token: 4 as Token } })
  stage.change(item(), other)
  t.equal(stage.readable, 0)
  t.same(stage.told(), [])
  t.end()
})

test("all that there is is told at the beginning, with a word at its end; what was told and is there no more is lost", (t) => {
  const stage = new Stage()
  stage.news.all([owned(5), owned(6, { item: "y" })], 9)
  t.match(stage.told(), [
    { type: "assigned", item: "x" },
    { type: "assigned", item: "y" },
    { type: "synced", rev: "9" },
  ])
  stage.news.all([owned(6, { item: "y" })], 12)
  t.match(stage.told(), [
    { type: "lost", item: "x", reason: "handoff-timeout" },
    { type: "synced", rev: "12" },
  ])
  t.end()
})

test("a state that begins anew and goes through what was before says nothing of it", (t) => {
  const stage = new Stage()
  stage.change(item(), owned(5))
  stage.change(owned(5), item(), "handoff-timeout", 8)
  stage.change(item(), owned(9), undefined, 9)
  t.same(stage.told(), [{ ...ASSIGNED, token: "9", rev: "9" }])
  stage.news.all([], 2)
  stage.news.all([owned(5)], 7)
  stage.change(owned(5), item(), "handoff-timeout", 8)
  t.same(stage.told(), [], "neither a loss nor an item of before")
  stage.news.all([owned(9)], 9)
  t.same(stage.told(), [{ type: "synced", rev: "9" }])
  t.end()
})
