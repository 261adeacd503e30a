import { type Machine, RecordCheck } from "@conclave/consensus"
import { encodeRecord } from "@conclave/consensus/machine/wire-record"
import { test } from "tap"
import { machineWith } from "../../agent/saved-state.ts"

function recordsIn(machine: Machine): readonly Uint8Array[] {
  const records: Uint8Array[] = []
  const reader = machine.snapshot()
  for (let record = reader.next(); record !== undefined; record = reader.next()) records.push(record)
  return records
}

/** What is said of them, and how many were taken. */
function judged(records: readonly Uint8Array[]): readonly [string | undefined, number] {
  const check = new RecordCheck()
  const taken = records.filter((record) => check.add(record) !== undefined).length
  return [check.problem, taken]
}

const RECORDS = recordsIn(machineWith(20))

test("all records of a snapshot add up, and say what it is of", (t) => {
  t.same(judged(RECORDS), [undefined, RECORDS.length])
  const check = new RecordCheck()
  for (const record of RECORDS) check.add(record)
  t.equal(check.meta?.rev, machineWith(20).rev)
  t.end()
})

test("one that is missing, twice, changed, behind the end or before the beginning is found", (t) => {
  const [first, second, ...rest] = RECORDS as [Uint8Array, Uint8Array, ...Uint8Array[]]
  const last = RECORDS.at(-1) as Uint8Array
  t.equal(judged([])[0], "malformed")
  t.equal(judged(RECORDS.slice(0, -1))[0], "malformed", "no end")
  t.equal(judged([first, ...rest])[0], "malformed")
  t.equal(judged([first, second, second, ...rest])[0], "malformed")
  t.equal(judged([second, first, ...rest])[0], "malformed")
  t.equal(judged([first, first, second, ...rest])[0], "malformed")
  t.equal(judged([...RECORDS, last])[0], "malformed")
  for (let bit = 0; bit < 8 * second.length; bit += 5) {
    const changed = second.slice()
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
    t.not(judged([first, changed, ...rest])[0], undefined, `bit ${bit}`)
  }
  t.end()
})

test("what a later program wrote is told from damage", (t) => {
  const [first] = RECORDS as [Uint8Array]
  t.equal(judged([first, Uint8Array.of(0xfa, 0x07, 0)])[0], "unknown")
  t.equal(judged([first, encodeRecord({ kind: "total", records: 1, hash: "0".repeat(16) })])[0], "malformed")
  t.end()
})
