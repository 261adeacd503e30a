import { PLACES_MAX } from "conclave/coordination/hold-json"
import { FEW } from "conclave/coordination/watch/scope"
import { FRAME_BYTES_MAX } from "conclave/frames/agent-frame"
import { test } from "tap"
import { type AnyLine, linesOf, WatchStage } from "./watch-stage.ts"

function bytesOf(line: AnyLine): number {
  return Buffer.byteLength(JSON.stringify({ id: Number.MAX_SAFE_INTEGER, ev: line }))
}

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

test("a limit that changes is told, and what its holders weigh; a barrier is nobody's to watch", (t) => {
  const stage = new WatchStage()
  const { session, cluster } = stage
  const feed = stage.watch({ kind: "semaphore" })
  linesOf(feed)
  stage.hold(session, 1, { hold: "semaphore", names: ["s"], limit: 3, weight: 2 })
  cluster.apply({ kind: "resize", request: undefined, name: "s", limit: 1 })
  cluster.apply({ kind: "cancel", session: session.id, seq: 1, floor: 0 })
  stage.hold(session, 2, { hold: "barrier", names: ["s"], limit: 2 })
  t.match(linesOf(feed), [
    { changes: [{ type: "put", item: { name: "s", limit: 3, used: 2, holders: [{ weight: 2 }] } }] },
    { changes: [{ type: "put", item: { name: "s", limit: 1, used: 2 } }] },
    { changes: [{ type: "put", item: { name: "s", limit: null, used: 0, holders: [] }, reason: "released" }] },
  ])
  t.end()
})

/** What `from` and the changes since say, without what is there no more, and what a new view says. */
function told(stage: WatchStage, feed: ReturnType<WatchStage["watch"]>, items: Map<string, unknown>) {
  for (const { items: all = [], changes = [] } of linesOf(feed)) {
    for (const item of all) items.set(String(item.name), { ...item, rev: undefined })
    for (const { item } of changes) items.set(String(item.name), { ...item, rev: undefined })
  }
  const fresh = linesOf(stage.watch({ kind: "work" })).flatMap(({ items: all = [] }) => all)
  return [[...items.values()].sort(byName), fresh.map((item) => ({ ...item, rev: undefined }))]
}

function byName(a: unknown, b: unknown): number {
  return (a as { name: string }).name < (b as { name: string }).name ? -1 : 1
}

test("a watch of pools tells what their items come to: view and changes say what a new view says", (t) => {
  const stage = new WatchStage()
  const put = (pool: string, item: string, weight = 1): void => {
    stage.cluster.apply({ kind: "workPut", request: undefined, pool, item, payload: undefined, weight, pin: undefined })
  }
  put("p", "a")
  const feed = stage.watch({ kind: "work" })
  const items = new Map<string, unknown>()
  const agrees = (what: string): void => {
    const [mine, fresh] = told(stage, feed, items)
    t.strictSame(mine, fresh, what)
  }
  agrees("a pool without workers is there")
  put("p", "b", 3)
  put("q", "a")
  agrees("tasks are put")
  stage.hold(stage.session, 1, { hold: "work", names: ["p"], id: "w" })
  agrees("a worker joins")
  const to = { session: stage.session.id, seq: 1 }
  const move = { item: "b", to, token: undefined, reason: "join" }
  stage.cluster.apply({ kind: "workAssign", pool: "p", moves: [move] })
  t.match(items.get("p"), { holders: [{ used: 0 }] })
  agrees("it has one")
  t.match(items.get("p"), { holders: [{ used: 3 }], counts: { free: 1, assigned: 1 } })
  put("p", "b", 5)
  agrees("one becomes heavier")
  const config = { maxAttempts: 3, handoffTimeoutMs: undefined, restartGraceMs: undefined, spread: undefined }
  stage.cluster.apply({
    kind: "workConfigure",
    request: undefined,
    pool: "p",
    config: { ...config, partitions: undefined },
    ifRev: undefined,
  })
  agrees("it is configured")
  t.match(items.get("p"), { config: { maxAttempts: 3 } })
  t.end()
})

test("a view of many names is read a slice a turn, as they were at its revision", (t) => {
  const stage = new WatchStage()
  for (let seq = 1; seq <= FEW + 1; seq++) stage.hold(stage.session, seq, { names: [`n${seq}`] })
  const feed = stage.watch()
  const lines = linesOf(feed)
  stage.pass(50)
  lines.push(...linesOf(feed))
  t.equal(lines.flatMap(({ items = [] }) => items).length, FEW + 1)
  t.ok(lines.every(({ type }) => type === "view"))
  const items = lines.flatMap(({ items: all = [] }) => all)
  const one = linesOf(stage.watch({ name: "n1" })).flatMap(({ items: all = [] }) => all)
  t.strictSame(
    items.find(({ name }) => name === "n1"),
    one[0],
    "each as by itself",
  )
  t.end()
})

test("a restore is a new view of pools, whoever worked on them; of other names it tells what it ends", (t) => {
  const stage = new WatchStage()
  const about = { payload: undefined, weight: 1, pin: undefined }
  stage.cluster.apply({ kind: "workPut", request: undefined, pool: "p", item: "i", ...about })
  const [pools, locks] = [stage.watch({ kind: "work" }), stage.watch()]
  t.match([...linesOf(pools), ...linesOf(locks)], [{ items: [{ name: "p" }] }, { items: [] }])
  const { rev } = stage.cluster.machine
  stage.watches.changed(rev, [{ kind: "restored", rev }], stage.cluster.machine)
  t.match(linesOf(pools), [{ type: "view", reset: true, items: [{ name: "p" }] }])
  t.same(linesOf(locks), [])
  t.end()
})
