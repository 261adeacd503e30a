import { Calls } from "@conclave/sdk/session-core/calls"
import type { Core } from "@conclave/sdk/session-core/core"
import { Items } from "@conclave/sdk/session-core/items"
import { test } from "tap"

function stage(): { readonly core: Core; readonly items: Items; readonly told: () => readonly unknown[] } {
  const core: Core = { nowMs: 1000, effects: [], calls: new Calls(), session: undefined, isAttached: false }
  return { core, items: new Items(core), told: () => core.effects.splice(0) }
}

const given = (item: string, token: bigint) =>
  ({ type: "assigned", item, token, rev: 1n, payload: null, checkpoint: null, attempt: 1 }) as const

test("an item is certain up to the end that its handoff has, and is told as lost then", (t) => {
  const { core, items, told } = stage()
  items.event(1, given("x", 5n), 1000)
  t.match(told(), [{ kind: "assigned", hold: 1, item: "x", token: 5n }])
  t.equal(items.untilMs(1, "x", 5n), Number.POSITIVE_INFINITY)
  t.equal(items.untilMs(1, "x", 4n), Number.NEGATIVE_INFINITY)
  items.event(1, { type: "revoking", item: "x", token: 5n, by: "b", reason: "r", deadlineMs: 500 }, 900)
  t.match(told(), [{ kind: "itemRevoking", token: 5n, deadlineMs: 500 }])
  t.same([items.untilMs(1, "x", 5n), items.nextMs], [1400, 1400])
  core.nowMs = 1400
  items.judge()
  t.match(told(), [{ kind: "itemLost", item: "x", token: 5n, reason: "handoff-timeout" }])
  items.event(1, { type: "lost", item: "x", token: 5n, reason: "handoff-timeout" }, 1400)
  t.same(told(), [], "told once")
  t.end()
})

test("the same item under another token is another grant, and an end that has passed is one", (t) => {
  const { items, told } = stage()
  items.event(1, given("x", 5n), 1000)
  items.event(1, given("x", 5n), 1000)
  items.event(1, given("x", 6n), 1000)
  t.match(told(), [
    { kind: "assigned", token: 5n },
    { kind: "itemLost", token: 5n },
    { kind: "assigned", token: 6n },
  ])
  items.event(1, { type: "revoking", item: "x", token: 6n, by: null, reason: "r", deadlineMs: 10 }, 900)
  t.match(told(), [{ kind: "itemRevoking" }, { kind: "itemLost", token: 6n }])
  t.end()
})

test("what the new stream does not tell of is lost; what was settled, or whose worker is over, is not told of", (t) => {
  const { items, told } = stage()
  for (const [item, token] of [
    ["x", 5n],
    ["y", 6n],
    ["z", 7n],
  ] as const)
    items.event(1, given(item, token), 1000)
  told()
  items.settled(1, "z", 7n)
  items.begun(1)
  items.event(1, given("y", 6n), 1000)
  items.event(1, { type: "synced" }, 1000)
  t.match(told(), [{ kind: "itemLost", item: "x", token: 5n, reason: "handoff-timeout" }])
  items.over(1)
  items.event(1, { type: "lost", item: "y", token: 6n, reason: "removed" }, 1000)
  t.same(told(), [])
  t.end()
})

test("what was settled or has run out is not given again by a stream that begins before the cluster knows", (t) => {
  const { core, items, told } = stage()
  items.event(1, given("settled", 5n), 1000)
  items.event(1, given("out", 6n), 1000)
  const asked = { type: "revoking", by: "b", reason: "r", deadlineMs: 500 } as const
  items.event(1, { ...asked, item: "out", token: 6n }, 1000)
  items.settled(1, "settled", 5n)
  core.nowMs = 1500
  items.judge()
  told()
  items.begun(1)
  items.event(1, given("settled", 5n), 1400)
  items.event(1, { ...asked, item: "settled", token: 5n }, 1400)
  items.event(1, given("out", 6n), 1400)
  items.event(1, { ...asked, item: "out", token: 6n }, 1400)
  items.event(1, { type: "synced" }, 1400)
  t.same(told(), [], "neither given, nor asked back, nor lost once more")
  t.same([items.untilMs(1, "settled", 5n) <= 1500, items.untilMs(1, "out", 6n) <= 1500], [true, true])
  t.equal(items.nextMs, Number.POSITIVE_INFINITY)
  items.event(1, { type: "lost", item: "settled", token: 5n, reason: "released" }, 1400)
  items.event(1, given("settled", 7n), 1400)
  items.event(1, given("out", 8n), 1400)
  t.match(told(), [
    { kind: "assigned", item: "settled", token: 7n },
    { kind: "assigned", item: "out", token: 8n },
  ])
  items.settled(1, "settled", 7n)
  items.begun(1)
  items.event(1, given("out", 8n), 1500)
  items.event(1, { type: "synced" }, 1500)
  t.same(told(), [], "of what the new stream lacks there is nothing more to say")
  t.end()
})
