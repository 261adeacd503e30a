import { Machine } from "@conclave/consensus"
import type { Feed } from "conclave/api/feed"
import type { HoldWatchLine } from "conclave/api/hold-objects"
import { problem } from "conclave/api/problem"
import { PLACES_MAX } from "conclave/coordination/hold-json"
import { HoldWatch, LINE_BYTES_MAX, LINES_MAX } from "conclave/coordination/hold-watch"
import { FRAME_BYTES_MAX } from "conclave/frame-session"
import { test } from "tap"
import { DeskStage } from "./desk-stage.ts"

class WatchStage extends DeskStage {
  /** What this host's state is, where it is not the cluster's. */
  behind: Machine | undefined
  readonly watches: HoldWatch = new HoldWatch({
    clock: this.clock,
    time: this.time,
    local: () => this.behind ?? this.cluster.machine,
  })
  readonly session = this.open().session

  constructor() {
    super()
    this.cluster.listen({
      changed: (rev, changes, state) => this.watches.changed(rev, changes, state),
      replaced: () => this.watches.replaced(),
    })
  }

  watch(more: { readonly name?: string; readonly prefix?: string; readonly from?: number } = {}): Feed {
    const { name, prefix, from } = more
    return this.watches.watch({ kind: "lock", name, prefix }, { from, ready: (go) => go(undefined) }, () => {})
  }
}

function linesOf(feed: Feed): HoldWatchLine[] {
  const lines: HoldWatchLine[] = []
  for (let line = feed.take(); line !== undefined; line = feed.take()) lines.push(line as HoldWatchLine)
  return lines
}

test("a view at one revision, then each change once, cut between revisions", (t) => {
  const stage = new WatchStage()
  stage.hold(stage.session, 1, { names: ["a", "b"] })
  const feed = stage.watch()
  t.match(linesOf(feed), [{ type: "view", rev: "2", items: [{ name: "a", holders: [{ seq: 1 }] }, { name: "b" }] }])
  const hold = stage.hold(stage.session, 2)
  stage.hold(stage.session, 3, { hold: "election" })
  hold.finish()
  const lines = linesOf(feed)
  t.match(lines, [
    { type: "change", rev: "3", changes: [{ type: "put", item: { name: "a", rev: "3", waiters: [{ seq: 2 }] } }] },
    { type: "change", rev: "5", changes: [{ type: "put", item: { name: "a", waiters: [] }, reason: "cancelled" }] },
  ])
  t.end()
})

test("one revision that touches several names is one line; a name freed is put without holders", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch()
  t.match(linesOf(feed), [{ type: "view", items: [] }])
  const hold = stage.hold(stage.session, 1, { names: ["b", "a"] })
  hold.finish()
  const changes = linesOf(feed)
  t.equal(changes.length, 2)
  t.match(changes[1], { changes: [{ item: { name: "a", holders: [] } }, { item: { name: "b", holders: [] } }] })
  t.end()
})

test("only what was asked for is told: one name, or those that begin so", (t) => {
  const stage = new WatchStage()
  const [one, some] = [stage.watch({ name: "app/a" }), stage.watch({ prefix: "app/" })]
  for (const [index, name] of ["app/a", "app/b", "other"].entries())
    stage.hold(stage.session, index + 1, { names: [name] })
  const namesOf = (feed: Feed) =>
    linesOf(feed).flatMap(({ changes = [], items = [] }) =>
      [...items, ...changes.map(({ item }) => item)].map(({ name }) => name),
    )
  t.same(namesOf(one), ["app/a"])
  t.same(namesOf(some), ["app/a", "app/b"])
  t.end()
})

test("who comes back gets what followed; where that is not known any more, a view that says so", (t) => {
  const stage = new WatchStage()
  const first = stage.watch()
  linesOf(first)
  stage.hold(stage.session, 1)
  const [{ rev = "0" } = {}] = linesOf(first)
  first.close()
  stage.hold(stage.session, 2)
  const back = stage.watch({ from: Number(rev) })
  t.match(linesOf(back), [{ type: "change", changes: [{ item: { waiters: [{ seq: 2 }] } }] }], "no view, no gap")
  back.close()
  t.match(linesOf(stage.watch({ from: 0 })), [{ type: "view", reset: true, items: [{ name: "a" }] }])
  t.match(linesOf(stage.watch({ from: 99 })), [{ type: "view", reset: true }], "a future of another state")
  stage.pass(70_000)
  for (const open of [stage.watches.watchers]) t.equal(open, 2)
  t.end()
})

test("a reader that falls behind gets a new view, never a gap; so does everybody after the state was replaced", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch()
  linesOf(feed)
  for (let seq = 1; seq <= LINES_MAX / 2 + 1; seq++) stage.hold(stage.session, seq).finish()
  const lines = linesOf(feed)
  t.equal(lines.length, 1)
  t.match(lines, [{ type: "view", reset: true, items: [] }])
  stage.cluster.replace()
  t.match(linesOf(feed), [{ type: "view", reset: true }])
  t.end()
})

test("a quiet watch says every so often that it lives; one that cannot begin says why", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch()
  linesOf(feed)
  stage.pass(5000)
  t.match(linesOf(feed), [{ type: "progress", rev: "1" }])
  const why = problem("NO_QUORUM", "m")
  const filter = { kind: "lock", name: undefined, prefix: undefined } as const
  const refused = stage.watches.watch(filter, { from: undefined, ready: (go) => go(why) }, () => {})
  t.equal(refused.take(), undefined)
  t.same([refused.isOver(), refused.ending?.()], [true, { error: why }])
  t.end()
})

test("a state here that is older than what was told is not shown, until it has come as far or stays so", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch()
  stage.hold(stage.session, 1)
  t.match(linesOf(feed), [{ type: "view", rev: "2" }])
  stage.behind = new Machine()
  stage.watches.replaced()
  t.same(linesOf(feed), [], "nobody holds, says a replica that begins anew")
  stage.behind = undefined
  stage.hold(stage.session, 2)
  t.match(linesOf(feed), [{ type: "view", rev: "3", reset: true, items: [{ holders: [{ seq: 1 }] }] }])
  stage.behind = new Machine()
  stage.watches.replaced()
  stage.clock.advance(4000)
  t.same(linesOf(feed), [])
  for (let marks = 0; marks < 75; marks++) stage.clock.advance(4000)
  t.match(linesOf(feed), [{ type: "view", rev: "0", reset: true }, { type: "progress" }], "a group that was recovered")
  t.end()
})

test("of a long queue a watch shows the first, and how many there are", (t) => {
  const stage = new WatchStage()
  for (let seq = 1; seq <= PLACES_MAX + 2; seq++) stage.hold(stage.session, seq)
  const feed = stage.watch({ name: "a" })
  const [view] = linesOf(feed)
  t.equal(view?.items?.[0]?.waiters.length, PLACES_MAX)
  t.match(view, { items: [{ total: { holders: 1, waiters: PLACES_MAX + 1 } }] })
  stage.hold(stage.session, PLACES_MAX + 3)
  const [line] = linesOf(feed)
  t.equal(line?.changes?.[0]?.item.waiters.length, PLACES_MAX)
  t.match(line, { changes: [{ item: { total: { waiters: PLACES_MAX + 2 } } }] })
  t.end()
})

test("one name is looked up, not looked for among all", (t) => {
  const stage = new WatchStage()
  stage.hold(stage.session, 1, { names: ["b"] })
  const { machine } = stage.cluster
  const names = t.capture(machine, "names", machine.names.bind(machine))
  t.match(linesOf(stage.watch({ name: "a" })), [{ type: "view", items: [] }])
  t.match(linesOf(stage.watch({ name: "b" })), [{ type: "view", items: [{ name: "b" }] }])
  t.match(linesOf(stage.watch({ name: "b", prefix: "x" })), [{ type: "view", items: [] }])
  t.same(names(), [])
  t.match(linesOf(stage.watch()), [{ items: [{ name: "b" }] }])
  t.equal(names().length, 1)
  t.end()
})

function bytesOf(line: HoldWatchLine): number {
  return Buffer.byteLength(JSON.stringify({ id: Number.MAX_SAFE_INTEGER, ev: line }))
}

test("what one revision changed is one line as long as a frame holds it, and beyond that a new view in parts", (t) => {
  const stage = new WatchStage()
  const names = Array.from({ length: 64 }, (_, at) => `${"n".repeat(120)}${at}`)
  const feed = stage.watch()
  linesOf(feed)
  let longest = 0
  let seq = 0
  for (;;) {
    stage.hold(stage.session, ++seq, { names, note: "x".repeat(64) })
    const lines = linesOf(feed)
    t.ok(lines.every((line) => bytesOf(line) <= FRAME_BYTES_MAX))
    if (lines[0]?.type !== "change") {
      t.match(lines[0], { type: "view", reset: true, more: true })
      t.ok(lines.slice(1).every(({ type, reset }) => type === "view" && reset === undefined))
      t.same(
        lines.map(({ more }) => more === true),
        lines.map((_, at) => at < lines.length - 1),
      )
      const items = lines.flatMap(({ items = [] }) => items)
      t.same(new Set(items.map(({ name }) => name)), new Set(names), "each once")
      t.equal(items.length, names.length)
      t.ok(items.every(({ waiters }) => waiters.length === seq - 1))
      break
    }
    t.equal(lines.length, 1)
    longest = Math.max(longest, bytesOf(lines[0]))
  }
  t.ok(longest > LINE_BYTES_MAX * 0.9, `${longest} bytes are told as they were`)
  stage.hold(stage.session, seq + 1, { names: ["z"] })
  t.match(linesOf(feed), [{ type: "change", changes: [{ item: { name: "z" } }] }], "and so it goes on")
  t.end()
})

test("an item with long notes shows as many as a frame holds, and how many there are", (t) => {
  const stage = new WatchStage()
  const feed = stage.watch()
  linesOf(feed)
  // Six bytes each as JSON.
  const note = String.fromCharCode(1).repeat(256)
  for (let seq = 1; seq <= 400; seq++)
    stage.hold(stage.session, seq, { mode: seq <= 200 ? "shared" : "exclusive", note })
  const [change] = linesOf(feed).slice(-1)
  const view = linesOf(stage.watch())
  t.equal(view.length, 1)
  const shown = [view[0]?.items?.[0], change?.changes?.[0]?.item ?? change?.items?.[0]]
  for (const item of shown) {
    t.same(item?.total, { holders: 200, waiters: 200 })
    t.ok(
      (item?.holders.length ?? 0) > 16 && (item?.holders.length ?? 0) < PLACES_MAX,
      `${item?.holders.length} holders`,
    )
  }
  for (const line of [...view, change]) t.ok(line !== undefined && bytesOf(line) <= FRAME_BYTES_MAX)
  t.end()
})
