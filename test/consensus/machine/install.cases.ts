import { type Applied, encodeCommand, Install, Machine, type SessionId } from "@conclave/consensus"
import { encodeRecord } from "@conclave/consensus/machine/wire-record"
import fc from "fast-check"
import { test } from "tap"
import { run, Stage, sessionId, TTL_MS } from "./stage.ts"

function recordsOf(stage: Stage): readonly Uint8Array[] {
  const snapshot = stage.machine.snapshot()
  const records: Uint8Array[] = []
  for (let record = snapshot.next(); record !== undefined; record = snapshot.next()) records.push(record)
  return records
}

function machineOf(records: readonly Uint8Array[]): Machine {
  const machine = installed(records)
  if (machine instanceof Machine) return machine
  throw new Error(`not installed: ${machine}`)
}

function installed(records: readonly Uint8Array[]): Machine | string {
  const installation = new Install()
  for (const each of records) installation.add(each)
  return installation.finish(100)
}

function busy(): Stage {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  stage.granted(one, 1, { lockDelayMs: 5000 })
  stage.acquire(two, 1, { waitMs: 30_000 })
  stage.granted(two, 2, { hold: "election", maxHoldMs: 9000 })
  stage.acquire(one, 3, { hold: "election", priority: 1 })
  stage.end(stage.open(3))
  for (const [key, characters] of [
    ["a", 1],
    ["b", 9000],
    ["c", 65_000],
  ] as const) {
    const value = JSON.stringify("x".repeat(characters))
    stage.apply({ kind: "kvPut", request: undefined, key, value, ifRev: undefined, guard: undefined })
  }
  return stage
}

test("deadlines, queues and verdicts come back with the state", (t) => {
  const stage = busy()
  const machine = machineOf(recordsOf(stage))
  t.equal(machine.appliedIndex, 100)
  t.same([...machine.entries("")], [...stage.machine.entries("")])
  t.equal([...machine.entries("")].length, 3)
  for (let at = 1; at <= 12; at++) {
    t.equal(machine.nextDueMs, stage.machine.nextDueMs)
    t.equal(machine.hash, stage.machine.hash)
    stage.pass(at * 1000)
    const applied: Applied = run(machine, encodeCommand({ kind: "tick" }), stage.nowMs)
    t.equal(applied.kind, "applied")
  }
  t.end()
})

test("a snapshot that lacks a record, has one twice, or in another place is not installed", (t) => {
  const records = recordsOf(busy())
  for (let at = 0; at < records.length; at++) {
    const others = records.filter((_, each) => each !== at)
    t.equal(installed(others), "malformed", `without record ${at}`)
    t.equal(installed([...records.slice(0, at + 1), ...records.slice(at)]), "malformed", `record ${at} twice`)
  }
  const [first, second, ...rest] = records as [Uint8Array, Uint8Array]
  t.equal(installed([second, first, ...rest]), "malformed")
  t.equal(installed([]), "malformed")
  t.equal(installed([Uint8Array.from([0xa2, 0x06, 0x00])]), "unknown")
  t.end()
})

test("records of one kind may come in any order", (t) => {
  const stage = new Stage()
  for (let each = 1; each <= 5; each++) stage.acquire(stage.open(each), 1)
  const records = recordsOf(stage)
  const byTag = (tag: number): Uint8Array[] => records.filter((each) => each[0] === tag)
  const tags = [...new Set(records.map((each) => each[0] ?? 0))]
  const machine = machineOf(tags.flatMap((tag) => byTag(tag).reverse()))
  t.equal(machine.hash, stage.machine.hash)
  t.same(machine.name("lock", "a").waiters, stage.machine.name("lock", "a").waiters)
  t.same(machine.problems(), [])
  t.end()
})

test("whatever the bytes, installing neither throws nor lets a damaged state through", (t) => {
  const stage = busy()
  const records = recordsOf(stage)
  fc.assert(
    fc.property(fc.nat(records.length - 1), fc.nat(200), fc.nat(7), (at, byte, bit) => {
      const damaged = records.map((each) => Uint8Array.from(each))
      const record = damaged[at] as Uint8Array
      record[byte % record.length] = (record[byte % record.length] as number) ^ (1 << bit)
      // Some bits say the same either way: any number but 0 is true.
      const machine = installed(damaged)
      return typeof machine === "string" || machine.hash === stage.machine.hash
    }),
    { numRuns: 1000 },
  )
  t.end()
})

test("a state that had fallen behind goes on where it was", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  for (let each = 1; each <= 1200; each++) stage.open(each)
  for (let each = 1; each <= 1200; each++) {
    stage.apply({ kind: "detach", session: stage.open(each), boot: 1, attachment: 1 })
  }
  stage.pass(TTL_MS)
  const machine = machineOf(recordsOf(stage))
  t.same(machine.problems(), [])
  t.equal(machine.nextDueMs, TTL_MS)
  t.end()
})

test("answers of a session that stand in another order, or of nobody, are not installed", (t) => {
  const records = recordsOf(busy())
  const answers = (session: SessionId, ...seqs: readonly number[]): Uint8Array => {
    const result = { kind: "written", rev: 1 } as const
    return encodeRecord({ kind: "answers", session, floor: 0, answers: seqs.map((seq) => ({ seq, result })) })
  }
  const before = (added: Uint8Array): string | undefined => {
    const installation = new Install()
    for (const each of [...records.slice(0, -1), added]) if (!installation.add(each)) return "refused"
    return undefined
  }
  t.equal(before(answers(sessionId(9), 1)), "refused")
  t.equal(before(answers(sessionId(1), 2, 1)), "refused")
  t.equal(before(answers(sessionId(1), 1, 1)), "refused")
  t.equal(before(answers(sessionId(1), 4, 5)), undefined)
  t.end()
})
