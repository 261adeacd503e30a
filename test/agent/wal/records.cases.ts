import { encodeRecords, encodeWrite, type LogRecord, readRecords } from "conclave/wal/records"
import { test } from "tap"
import { entryOf, hardState, metaOf } from "./store-model.ts"

const ALL: readonly LogRecord[] = [
  { kind: "base", index: 5, term: 2 },
  { kind: "snapshot", meta: metaOf(9, 2) },
  { kind: "truncate", from: 8 } as LogRecord,
  { kind: "entry", entry: entryOf(8, 3, new Uint8Array([1, 2, 3])) },
  { kind: "hardState", hardState: hardState(3, "r1", 7) },
  { kind: "sealed" },
]

test("records read as they were written", (t) => {
  t.same(readRecords(encodeRecords(ALL)), ALL)
  t.same(readRecords(new Uint8Array(0)), [])
  t.end()
})

test("a write is its snapshot, its cut, its entries and its hard state, in this order", (t) => {
  const write = {
    ...{ write: 1, epoch: 1, entries: [entryOf(8, 3, new Uint8Array(2))], hardState: hardState(3, undefined, 7) },
    ...{ truncateFrom: entryOf(8, 3, new Uint8Array(0)).index, snapshot: metaOf(7, 2) },
  }
  const records = readRecords(encodeWrite(write))
  t.same(Array.isArray(records) && records.map(({ kind }) => kind), ["snapshot", "truncate", "entry", "hardState"])
  t.end()
})

test("a record that came later is of a newer program, what does not read is damage", (t) => {
  t.equal(readRecords(new Uint8Array([99, 0, 0, 0, 0])), "newer-version")
  // An entry of kind 9 (field 3 of the message).
  const entry = [8, 1, 16, 1, 24, 9, 40, 1]
  t.equal(readRecords(new Uint8Array([5, 0, 0, 0, entry.length, ...entry])), "newer-version")
  const bytes = encodeRecords(ALL)
  for (const cut of [1, 4, 7, bytes.length - 3]) t.equal(readRecords(bytes.subarray(0, cut)), "damaged", `${cut} bytes`)
  t.equal(readRecords(new Uint8Array([1, 0, 0, 0, 1, 0])), "damaged", "a base of one byte")
  t.end()
})
