import { Machine } from "@conclave/consensus"
import type { Feed } from "conclave/api/feed"
import { problem } from "conclave/api/problem"
import { LINE_BYTES_MAX } from "conclave/coordination/watch/lines"
import { LINES_MAX } from "conclave/coordination/watch/reader"
import { LEFT_MAX } from "conclave/coordination/watch/state-watch"
import { FRAME_BYTES_MAX } from "conclave/frames/agent-frame"
import fc from "fast-check"
import { test } from "tap"
import { type AnyLine, linesOf, parsed, WatchStage } from "./watch-stage.ts"

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
  const asked = { scope: stage.scopeOf("lock"), filter: { kind: "lock", name: undefined, prefix: undefined } }
  const refused = stage.watches.watch(
    { ...asked, from: undefined, seen: { rev: 0 } },
    (go) => go(why),
    () => {},
  )
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

test("no view is older than what another answer has told the same client", (t) => {
  const stage = new WatchStage()
  const seen = { rev: 0 }
  const feed = stage.watch({ seen })
  t.match(linesOf(feed), [{ type: "view", rev: "1" }])
  stage.hold(stage.session, 1)
  seen.rev = stage.cluster.machine.rev
  stage.behind = new WatchStage().cluster.machine
  stage.watches.replaced()
  t.same(linesOf(feed), [], "of revision 1, as what this watch has told")
  stage.behind = undefined
  stage.hold(stage.session, 2)
  t.match(linesOf(feed), [{ type: "view", rev: "3", reset: true, items: [{ holders: [{ seq: 1 }] }] }])
  t.end()
})

function bytesOf(line: AnyLine): number {
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
      t.same(new Set(items.map(({ name }) => name as string)), new Set(names), "each once")
      t.equal(items.length, names.length)
      t.ok(items.every(({ waiters }) => waiters.length === seq - 1))
      break
    }
    t.equal(lines.length, 1)
    longest = Math.max(longest, bytesOf(lines[0] as AnyLine))
  }
  t.ok(longest > LINE_BYTES_MAX * 0.9, `${longest} bytes are told as they were`)
  stage.hold(stage.session, seq + 1, { names: ["z"] })
  t.match(linesOf(feed), [{ type: "change", changes: [{ item: { name: "z" } }] }], "and so it goes on")
  t.end()
})

test("entries and holds are watched apart, and each history is kept for its own kind", (t) => {
  const stage = new WatchStage()
  const [locks, entries] = [stage.watch(), stage.watch({ kind: "kv" })]
  t.match([...linesOf(locks), ...linesOf(entries)], [{ items: [] }, { items: [] }])
  const rev = stage.put("a")
  stage.hold(stage.session, 1)
  t.match(linesOf(entries), [{ type: "change", rev: String(rev), changes: [{ type: "put", item: { key: "a" } }] }])
  t.match(linesOf(locks), [{ type: "change", changes: [{ item: { name: "a" } }] }])
  entries.close()
  stage.put("b")
  t.match(linesOf(stage.watch({ kind: "kv", from: rev })), [{ changes: [{ item: { key: "b" } }] }])
  t.match(linesOf(stage.watch({ kind: "election", from: rev })), [{ type: "view", reset: true }], "nobody watched it")
  t.end()
})

test("the past of what nobody watches any more is kept for a minute", (t) => {
  const stage = new WatchStage()
  const hold = () => stage.hold(stage.open().session, 1, { names: ["b"] })
  const first = stage.watch({ name: "b" })
  linesOf(first)
  first.close()
  first.close()
  const { rev } = stage.cluster.machine
  stage.pass(50_000)
  hold()
  const back = stage.watch({ name: "b", from: rev })
  t.match(linesOf(back), [{ type: "change", changes: [{ item: { name: "b" } }] }])
  back.close()
  stage.pass(70_000)
  hold()
  t.match(linesOf(stage.watch({ name: "b", from: rev })), [{ type: "view", reset: true }])
  t.end()
})

test("of entries and items what followed is known also to who asks first, unless the state was replaced or restored", (t) => {
  const stage = new WatchStage()
  const rev = stage.put("a/1")
  stage.put("b")
  stage.put("a/2", { x: 1 })
  stage.remove("a/1")
  const asked = { kind: "kv", prefix: "a/", from: rev }
  const feed = stage.watch(asked)
  t.match(linesOf(feed), [
    { type: "change", rev: String(rev + 2), changes: [{ type: "put", item: { key: "a/2", value: { x: 1 } } }] },
    { type: "change", rev: String(rev + 3), changes: [{ type: "delete", item: { key: "a/1" } }] },
  ])
  stage.put("a/3")
  t.match(linesOf(feed), [{ type: "change", rev: String(rev + 4), changes: [{ item: { key: "a/3" } }] }])
  const task = { pool: "p", payload: "1", weight: 1, pin: undefined, request: undefined }
  stage.cluster.apply({ kind: "workPut", ...task, item: "x" })
  const items = { kind: "items", name: "p", from: rev + 4 }
  t.match(linesOf(stage.watch(items)), [{ type: "change", changes: [{ type: "put", item: { item: "x" } }] }])
  t.same(linesOf(stage.watch({ ...items, name: "q" })), [], "of another pool nothing followed")
  t.match(linesOf(stage.watch({ ...asked, name: "a/2", from: rev - 2 })), [{ type: "view", reset: true }])
  stage.cluster.replace()
  t.match(linesOf(stage.watch({ ...asked, prefix: "b", from: rev })), [{ type: "view", reset: true }])
  const before = stage.put("c")
  t.match(linesOf(stage.watch({ ...asked, prefix: "c", from: before - 1 })), [{ type: "change" }])
  const { machine } = stage.cluster
  stage.watches.changed(machine.rev, [{ kind: "restored", rev: machine.rev }], machine)
  t.match(linesOf(stage.watch({ ...asked, prefix: "cc", from: before - 1 })), [{ type: "view", reset: true }])
  t.end()
})

test("what nobody watches is not written out, and of holds not known to who asks for it later", (t) => {
  const stage = new WatchStage()
  const watched = stage.watch({ name: "b" })
  const holders = stage.watch({ by: "holder", name: "b" })
  t.match([...linesOf(watched), ...linesOf(holders)], [{ items: [] }, { items: [] }])
  const rev = stage.cluster.machine.rev
  stage.hold(stage.session, 1)
  t.same([...linesOf(watched), ...linesOf(holders)], [])
  t.match(linesOf(stage.watch({ name: "a", from: rev })), [{ type: "view", reset: true, items: [{ name: "a" }] }])
  t.match(linesOf(stage.watch({ name: "b", from: rev })), [], "nothing has become of it")
  stage.hold(stage.session, 2, { names: ["b"] })
  t.match(linesOf(watched), [{ type: "change", changes: [{ item: { name: "b" } }] }])
  t.end()
})

test("of many names that nobody watches any more the latest are kept", (t) => {
  const stage = new WatchStage()
  for (let at = 0; at <= LEFT_MAX; at++) {
    const feed = stage.watch({ name: `k${at}` })
    linesOf(feed)
    feed.close()
  }
  const rev = stage.cluster.machine.rev
  stage.hold(stage.session, 1, { names: ["k0"] })
  stage.hold(stage.session, 2, { names: [`k${LEFT_MAX}`] })
  t.match(linesOf(stage.watch({ name: "k0", from: rev })), [{ type: "view", reset: true }])
  t.match(linesOf(stage.watch({ name: `k${LEFT_MAX}`, from: rev })), [{ type: "change" }])
  t.end()
})

test("a thousand readers of one prefix get each change once, in order, in rounds", (t) => {
  const stage = new WatchStage()
  let told = 0
  const feeds = Array.from({ length: 1000 }, () => stage.watch({ kind: "kv", prefix: "p/" }, () => told++))
  for (const feed of feeds) linesOf(feed)
  told = 0
  for (let each = 0; each < 10; each++) stage.put(`p/${each}`)
  t.equal(told, 1000, "once for the first change")
  stage.pass(200)
  t.equal(told, 2000, "and once for the nine that came until the next round")
  for (const feed of feeds) {
    const keys = linesOf(feed).map(({ changes = [] }) => changes[0]?.item.key)
    if (keys.join() !== "p/0,p/1,p/2,p/3,p/4,p/5,p/6,p/7,p/8,p/9") t.fail(keys.join())
  }
  t.end()
})

/** What a reader that knows nothing but the lines makes of them. */
class Mirrored {
  readonly items: Map<string, string> = new Map()
  rev = 0
  resets = 0
  #isWhole = true

  take({ type, rev, items = [], changes = [], more, reset }: AnyLine): void {
    if (type === "view" && this.#isWhole) this.items.clear()
    if (reset === true) this.resets++
    for (const item of items) this.items.set(keyOf(item), JSON.stringify(item))
    for (const each of changes) {
      if (each.type === "delete" || isFree(each.item)) this.items.delete(keyOf(each.item))
      else this.items.set(keyOf(each.item), JSON.stringify(each.item))
    }
    this.#isWhole = more !== true
    if (Number(rev) < this.rev) throw new Error(`revision ${rev} after ${this.rev}`)
    if (this.#isWhole) this.rev = Number(rev)
  }
}

function keyOf(item: { readonly key?: string; readonly name?: string }): string {
  return item.key ?? item.name ?? ""
}

function isFree(item: { readonly holders?: readonly object[]; readonly waiters?: readonly object[] }): boolean {
  return item.holders?.length === 0 && item.waiters?.length === 0
}

const anyDeed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("put" as const), at: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), at: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("hold" as const), at: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("finish" as const), at: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("read" as const), at: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("comeBack" as const), at: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("replace" as const), at: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pass" as const), at: fc.nat(9) }) },
)

test("whatever happens and whenever it is read, the lines add up to what is there", (t) => {
  fc.assert(
    fc.property(fc.array(anyDeed, { maxLength: 60 }), (deeds) => {
      const stage = new WatchStage()
      const holds: ReturnType<WatchStage["hold"]>[] = []
      const readers = (["kv", "lock"] as const).map((kind) => {
        return { kind, told: new Mirrored(), feed: stage.watch({ kind, prefix: "p" }) }
      })
      for (const { kind, at } of deeds) {
        const reader = readers[at % 2]
        if (kind === "put") stage.put(`${at % 2 === 0 ? "p" : "q"}${at}`, at)
        else if (kind === "remove") stage.remove(`p${at}`)
        else if (kind === "hold") holds.push(stage.hold(stage.session, holds.length + 1, { names: [`p${at % 3}`] }))
        else if (kind === "finish") holds[at]?.finish()
        else if (kind === "replace") stage.cluster.replace()
        else if (kind === "pass") stage.pass(at * 1000)
        else if (kind === "read" && reader !== undefined) {
          for (let lines = 0; lines < at; lines++) {
            const line = reader.feed.take()
            if (line !== undefined) reader.told.take(parsed(line))
          }
        } else if (reader !== undefined) {
          // What was begun and not read is forgotten with the connection.
          reader.feed.close()
          const from = reader.told.rev > 0 ? { from: reader.told.rev } : {}
          reader.feed = stage.watch({ kind: reader.kind, prefix: "p", ...from })
        }
      }
      for (const { kind, told, feed } of readers) {
        for (const line of linesOf(feed)) told.take(line)
        const whole = new Mirrored()
        for (const line of linesOf(stage.watch({ kind, prefix: "p" }))) whole.take(line)
        t.same([...told.items.keys()].sort(), [...whole.items.keys()].sort())
        if (kind === "kv") t.same([...told.items.values()].sort(), [...whole.items.values()].sort())
      }
    }),
    { numRuns: 150 },
  )
  t.end()
})
