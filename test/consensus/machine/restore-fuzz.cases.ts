import { deepStrictEqual } from "node:assert/strict"
import { Random } from "@conclave/base"
import { ChunkWriter, type Command, Install, type Machine, type RestoreId, recordsOf } from "@conclave/consensus"
import { hashText } from "@conclave/consensus/machine/state-hash"
import { WALL_MS_MAX } from "@conclave/consensus/machine/tokens"
import { decodeRecord, encodeRecord, weightsOf } from "@conclave/consensus/machine/wire-record"
import fc from "fast-check"
import { test } from "tap"
import { fuzz, fuzzInputs } from "../../fuzz.ts"
import { damagedValue } from "../../fuzz-values.ts"
import { backupOf } from "./backup.ts"
import { anyCommand } from "./history.ts"
import { FOUNDED_WALL_MS, sessionId } from "./stage.ts"
import { copyOf, TwinMachines } from "./twin-machines.ts"
import { PoolStage } from "./work/pool.ts"

/** Restores of one cluster. */
const RESTORES = 100
/** The longest that anything rests behind one. */
const QUIET_MS = 400_000

/** Of everything that a backup takes over, and of what it does not. */
function busy(): PoolStage {
  const stage = new PoolStage()
  const [one, two] = [stage.open(1, { ttlMs: 300_000 }), stage.open(2, { ttlMs: 300_000 })]
  for (const name of ["a", "b"])
    stage.release(one, stage.seq(one), stage.granted(one, stage.seq(one), { names: [name] }))
  stage.granted(two, stage.seq(two), { names: ["b"], lockDelayMs: 5000 })
  stage.granted(one, stage.seq(one), { hold: "semaphore", names: ["s"], limit: 2, weight: 1 })
  stage.result({ kind: "kvPut", request: undefined, key: "k", value: "1", ifRev: undefined, guard: undefined })
  stage.configure({ maxAttempts: 2, handoffTimeoutMs: 1000 })
  for (const item of ["x", "y"]) stage.put(item, { payload: "1" })
  stage.give("x", stage.join(1))
  stage.checkpoint("x", "2")
  return stage
}

const stage = busy()
const { parts, quietMs } = backupOf(stage.machine)
const RECORDS = parts.flatMap((part) => recordsOf(part) ?? [])

/** The records of a whole, one or two of them otherwise. */
function spoilt(random: Random, records: readonly Uint8Array[], bytes: Uint8Array): readonly Uint8Array[] {
  const all = [...records]
  const at = random.below(all.length)
  if (random.chance(1, 8)) all[at] = bytes
  for (let left = random.below(3); left > 0; left--) {
    const other = random.below(all.length)
    all[other] = otherwise(random, all[other] as Uint8Array)
  }
  return random.chance(1, 16) ? all.toSpliced(at, 1) : all
}

function otherwise(random: Random, bytes: Uint8Array): Uint8Array {
  const record = decodeRecord(bytes)
  try {
    return typeof record === "string" ? bytes : encodeRecord(damagedValue(random, record))
  } catch {
    return bytes
  }
}

/** What was restored is lived with, as far as anything in it goes. */
function live(after: PoolStage, life: number): void {
  const session = after.open(1000 + life, { ttlMs: 300_000 })
  after.pass(QUIET_MS)
  const again = after.open(2000 + life, { ttlMs: 300_000 })
  for (const name of ["a", "b"]) after.acquire(again, after.seq(again), { names: [name] })
  after.acquire(again, after.seq(again), { hold: "semaphore", names: ["s"], limit: 2, weight: 1 })
  after.result({ kind: "kvPut", request: undefined, key: "k", value: "2", ifRev: undefined, guard: undefined })
  const worker = { capacity: undefined, zone: undefined, tags: [], isLeaving: false }
  after.acquire(again, after.seq(again), { hold: "work", names: ["p"], id: "w", worker })
  after.plan()
  after.configure({ partitions: 1, maxAttempts: 3 })
  after.end(session)
  after.end(again)
  after.pass(QUIET_MS)
}

test("whatever a backup says that is restored, all that must hold holds, and goes on to", (t) => {
  const random = new Random(401)
  let after = new PoolStage()
  let inputs = 0
  const decode = (bytes: Uint8Array): boolean => {
    if (inputs++ % RESTORES === 0) after = new PoolStage()
    const restore = sessionId(5000 + inputs) as string as RestoreId
    const writer = new ChunkWriter(Number.POSITIVE_INFINITY)
    for (const each of spoilt(random, RECORDS, bytes)) writer.add(each)
    after.result({ kind: "stage", restore, part: 0, data: writer.take() ?? new Uint8Array(0) })
    const when = { wallMs: FOUNDED_WALL_MS + inputs, savedWallMs: FOUNDED_WALL_MS, quietMs }
    const last: Command = { kind: "restore", restore, parts: 1, ...when }
    if (after.result(last).kind === "refused") return false
    deepStrictEqual(copyOf(after.machine).hash, after.machine.hash)
    live(after, inputs)
    deepStrictEqual(copyOf(after.machine).hash, after.machine.hash)
    return true
  }
  fuzz(t, 402, { corpus: RECORDS, decode, inGate: 200 })
  t.end()
})

/** Entries of a cluster before its state is saved. */
const ENTRIES = 100

test("whatever a cluster has come to can be saved and brought back", (t) => {
  const random = new Random(405)
  const commands = fc.sample(anyCommand, { numRuns: 1000, seed: 3 })
  const saved = { names: 0, tasks: 0, partitions: 0, entries: 0 }
  for (let left = fuzzInputs(40); left > 0; left--) {
    const machines = new TwinMachines(random)
    for (let entry = 0; entry < ENTRIES; entry++) machines.apply(machines.next(random.pick(commands)))
    const backup = backupOf(machines.machine)
    for (const bytes of backup.parts.flatMap((part) => recordsOf(part) ?? [])) {
      const record = decodeRecord(bytes)
      if (typeof record === "string") t.fail(record)
      else if (record.kind === "name") saved.names++
      else if (record.kind === "item") saved[/^[0-9]$/.test(record.item.item) ? "partitions" : "tasks"]++
      else if (record.kind === "entry") saved.entries++
    }
    const after = new PoolStage()
    const restore = sessionId(5000) as string as RestoreId
    for (const [part, data] of backup.parts.entries()) after.result({ kind: "stage", restore, part, data })
    const when = { wallMs: WALL_MS_MAX, savedWallMs: WALL_MS_MAX, quietMs: backup.quietMs }
    t.match(after.result({ kind: "restore", restore, parts: backup.parts.length, ...when }), { kind: "done" })
    deepStrictEqual(after.machine.problems(), [])
  }
  t.ok(
    Object.values(saved).every((count) => count > 0),
    JSON.stringify(saved),
  )
  t.end()
})

/** As whoever writes it adds them up. */
function added(records: readonly Uint8Array[]): Uint8Array | undefined {
  const sum = { a: 0, b: 0 }
  for (const bytes of records) {
    const record = decodeRecord(bytes)
    if (typeof record === "string") return undefined
    for (const { a, b } of weightsOf(record, bytes)) Object.assign(sum, { a: (sum.a + a) | 0, b: (sum.b + b) | 0 })
  }
  return encodeRecord({ kind: "total", records: records.length, hash: hashText(sum.a, sum.b) })
}

test("whatever the bytes of a snapshot, installing answers, and what does not add up is not taken", (t) => {
  const records: Uint8Array[] = []
  const reader = stage.machine.snapshot()
  for (let record = reader.next(); record !== undefined; record = reader.next()) records.push(record)
  const total = records.pop() as Uint8Array
  const random = new Random(403)
  const installed = (some: readonly Uint8Array[]): Machine | string => {
    const install = new Install()
    for (const each of some) install.add(each)
    return install.finish(1)
  }
  const decode = (bytes: Uint8Array): boolean => {
    const some = spoilt(random, records, bytes)
    const honest = installed([...some, total])
    if (typeof honest !== "string") deepStrictEqual(honest.hash, stage.machine.hash)
    const last = added(some)
    return last !== undefined && typeof installed([...some, last]) !== "string"
  }
  fuzz(t, 404, { corpus: records, decode, inGate: 1000 })
  t.end()
})
