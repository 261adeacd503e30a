import { ChunkWriter, type CommandResult, MACHINE_LIMITS, type RestoreId, recordsOf } from "@conclave/consensus"
import { State, type Work } from "@conclave/consensus/machine/state"
import { COUNTER_MAX } from "@conclave/consensus/machine/tokens"
import { decodeRecord, encodeRecord, type StateRecord } from "@conclave/consensus/machine/wire-record"
import { isSoundWork, keepWork, replaceWork, type SavedWork } from "@conclave/consensus/machine/work/restored"
import { test } from "tap"
import { backupOf } from "./backup.ts"
import { FOUNDED_WALL_MS, sessionId } from "./stage.ts"
import { PoolStage } from "./work/pool.ts"

/** A lock that was held, a pool of tasks, one of partitions, an entry. */
function saved(): readonly StateRecord[] {
  const stage = new PoolStage()
  const session = stage.open(1)
  stage.pass(10)
  stage.release(session, 2, stage.granted(session, 1))
  stage.result({ kind: "kvPut", request: undefined, key: "k", value: "1", ifRev: undefined, guard: undefined })
  stage.configure({ partitions: 2 })
  const records = backupOf(stage.machine).parts.flatMap((part) => recordsOf(part) ?? [])
  return records.map((each) => decodeRecord(each) as StateRecord)
}

/** Restores what was saved, but for one kind of record. */
function restored<Kind extends StateRecord["kind"]>(
  kind: Kind,
  change: (record: Extract<StateRecord, { kind: Kind }>) => readonly StateRecord[],
): CommandResult {
  const stage = new PoolStage()
  const writer = new ChunkWriter(Number.POSITIVE_INFINITY)
  for (const each of saved()) {
    const some = each.kind === kind ? change(each as Extract<StateRecord, { kind: Kind }>) : [each]
    for (const record of some) writer.add(encodeRecord(record))
  }
  const restore = sessionId(99) as string as RestoreId
  stage.result({ kind: "stage", restore, part: 0, data: writer.take() ?? new Uint8Array(0) })
  const wall = { wallMs: FOUNDED_WALL_MS, savedWallMs: FOUNDED_WALL_MS, quietMs: 0 }
  return stage.result({ kind: "restore", restore, parts: 1, ...wall })
}

const REFUSED = { kind: "refused", refusal: { kind: "invalid", field: "snapshot" } }

test("counters from the end of the whole numbers are no backup's: they could not go on", (t) => {
  t.match(
    restored("meta", (each) => [each]),
    { kind: "done" },
  )
  for (const key of ["rev", "token", "order", "epoch"] as const) {
    const counted = (count: number): CommandResult =>
      restored("meta", ({ kind, meta }) => [{ kind, meta: { ...meta, [key]: count } }])
    t.match(counted(Number.MAX_SAFE_INTEGER), REFUSED, key)
    t.match(counted(COUNTER_MAX), { kind: "done" }, key)
  }
  const grants = (count: number): CommandResult =>
    restored("name", ({ kind, name }) => [{ kind, name: { ...name, figures: { ...name.figures, grants: count } } }])
  t.match(grants(Number.MAX_SAFE_INTEGER), REFUSED)
  t.match(grants(7), { kind: "done" })
  t.end()
})

test("a grant that ended before it began, or after the backup, was never remembered", (t) => {
  const past = (sinceMs: number, untilMs: number): CommandResult =>
    restored("name", ({ kind, name }) => {
      const history = name.history.map((each) => ({ ...each, sinceMs, untilMs }))
      return [{ kind, name: { ...name, history } }]
    })
  t.match(past(1, 10), { kind: "done" })
  t.match(past(2, 1), REFUSED)
  t.match(past(1, 11), REFUSED)
  const app = (bytes: number): CommandResult =>
    restored("name", ({ kind, name }) => {
      const history = name.history.map((each) => ({ ...each, app: "x".repeat(bytes) }))
      return [{ kind, name: { ...name, history } }]
    })
  t.match(app(255), { kind: "done" })
  t.match(app(256), REFUSED)
  t.end()
})

test("a pool has settings that somebody may give it, and its partitions", (t) => {
  t.match(
    restored("pool", (each) => [each]),
    { kind: "done" },
  )
  // Whoever configures it later would count down from there, on every replica.
  const partitions = (count: number): CommandResult =>
    restored("pool", ({ kind, pool }) => [{ kind, pool: { ...pool, config: { ...pool.config, partitions: count } } }])
  for (const count of [0, 2]) t.match(partitions(count), { kind: "done" })
  for (const count of [1, 3, 2 ** 31]) t.match(partitions(count), REFUSED, `${count}`)
  const named = (name: string): CommandResult =>
    restored("item", ({ kind, item }) => [{ kind, item: { ...item, item: item.item === "1" ? name : item.item } }])
  t.match(named("1"), { kind: "done" })
  for (const name of ["2", "01", "0.5", "x"]) t.match(named(name), REFUSED, name)
  t.match(
    restored("item", ({ kind, item }) => [{ kind, item: { ...item, attempt: 2 ** 32 - 1 } }]),
    REFUSED,
  )
  t.end()
})

/** What a backup has of its pools; `isReversed`: the last that was put comes first. */
function workOf(stage: PoolStage, isReversed = false): SavedWork {
  const work: SavedWork = { pools: new Map(), items: new Map() }
  const records = backupOf(stage.machine).parts.flatMap((part) => recordsOf(part) ?? [])
  const read = records.map((each) => decodeRecord(each) as StateRecord)
  for (const record of read) if (record.kind === "pool") keepWork(work, record)
  for (const record of isReversed ? read.reverse() : read) if (record.kind === "item") keepWork(work, record)
  return work
}

/** What it comes to, and how often it rests meanwhile, a few units at a time. */
function rested<T>(state: State, units: number, work: Work<T>): readonly [T, number] {
  for (let rests = 0; ; rests++) {
    state.rested(units)
    const { value, done } = work.next()
    if (done === true) return [value, rests]
  }
}

test("pools are looked at in steps, as all that a restore does", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 99 })
  const state = new State(MACHINE_LIMITS)
  t.same(rested(state, 10, isSoundWork(state, workOf(stage))), [true, 10])
  t.end()
})

test("items come back in the order of their past, however they were saved; that is found in steps, too", (t) => {
  const stage = new PoolStage()
  stage.isChecked = false
  for (let at = 0; at < 1000; at++) stage.put(`i${at}`)
  const state = new State(MACHINE_LIMITS)
  const [, rests] = rested(state, 1, replaceWork(state, workOf(stage, true)))
  t.ok(rests > 1000 + 1000 / 128, `${rests} rests`)
  const items = [...state.work.items.values()].sort((a, b) => a.order - b.order)
  t.strictSame(
    items.map(({ item }) => item),
    Array.from({ length: 1000 }, (_, at) => `i${at}`),
  )
  const [, again] = rested(state, 1, replaceWork(state, { pools: new Map(), items: new Map() }))
  t.same([again, state.work.items.size, state.work.pools.size], [1001, 0, 0], "what is dropped is a unit each")
  t.end()
})
