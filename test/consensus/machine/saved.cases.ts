import { ChunkWriter, type CommandResult, MACHINE_LIMITS, type RestoreId, recordsOf } from "@conclave/consensus"
import { State } from "@conclave/consensus/machine/state"
import { COUNTER_MAX } from "@conclave/consensus/machine/tokens"
import { decodeRecord, encodeRecord, type StateRecord } from "@conclave/consensus/machine/wire-record"
import { isSoundWork, keepWork, type SavedWork } from "@conclave/consensus/machine/work/restored"
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

test("pools are looked at in steps, as all that a restore does", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 99 })
  const work: SavedWork = { pools: new Map(), items: new Map() }
  for (const bytes of backupOf(stage.machine).parts.flatMap((part) => recordsOf(part) ?? [])) {
    const record = decodeRecord(bytes) as StateRecord
    if (record.kind === "pool" || record.kind === "item") t.ok(keepWork(work, record))
  }
  const state = new State(MACHINE_LIMITS)
  const looks = isSoundWork(state, work)
  let rests = -1
  let look: IteratorResult<undefined, boolean>
  do {
    state.rested(10)
    look = looks.next()
    rests++
  } while (!look.done)
  t.same([look.value, rests], [true, 10])
  t.end()
})
