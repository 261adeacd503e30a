import { Contents } from "conclave/wal/contents"
import type { LogRecord } from "conclave/wal/records"
import { test } from "tap"
import { entryOf, hardState, metaOf } from "./store-model.ts"

const base = (index: number, term = 1): LogRecord => ({ kind: "base", index, term })
const entry = (index: number, term = 1): LogRecord => ({
  kind: "entry",
  entry: entryOf(index, term, new Uint8Array(0)),
})
const truncate = (from: number): LogRecord => ({ kind: "truncate", from })

function after(...records: readonly LogRecord[]): Contents {
  const contents = new Contents()
  const problem = contents.take(records)
  if (problem !== undefined) throw new Error(problem)
  return contents
}

const indexes = ({ entries }: Contents): readonly number[] => entries.map(({ index }) => index)

test("entries follow on the base, and a cut takes those behind it", (t) => {
  const contents = after(base(4), entry(5), entry(6), truncate(6), entry(6, 2))
  t.same(indexes(contents), [5, 6])
  t.same([contents.last, contents.termAt(6), contents.termAt(4), contents.termAt(9)], [6, 2, 1, 0])
  t.end()
})

test("a foreign snapshot begins the log anew", (t) => {
  const contents = after(base(0, 0), entry(1), { kind: "snapshot", meta: metaOf(9, 3) }, entry(10, 3))
  t.same(indexes(contents), [10])
  t.same([contents.base, contents.baseTerm, contents.tailBase, contents.beginsAnew], [9, 3, 9, true])
  t.notOk(after(base(0), base(0)).beginsAnew, "in this segment")
  t.end()
})

test("a segment goes on where the one before it ends, or further back", (t) => {
  t.same(indexes(after(base(0), entry(1), entry(2), base(2), entry(3))), [1, 2, 3])
  const rewritten = after(base(0), entry(1), entry(2), base(1), entry(2, 5))
  t.same([indexes(rewritten), rewritten.termAt(2), rewritten.tailBase], [[1, 2], 5, 1])
  const below = after(base(5), entry(6), base(3), entry(4))
  t.same([below.base, indexes(below)], [3, [4]])
  t.end()
})

test("a cut below the base leaves a base whose term is not known", (t) => {
  const contents = after(base(7), entry(8), truncate(5), entry(5, 2))
  t.same([contents.base, contents.baseTerm, contents.tailBase], [4, 0, 4])
  t.equal(after(base(2), entry(3), base(3), truncate(3)).tailBase, 2)
  t.end()
})

test("what contradicts itself is named", (t) => {
  const wrong: readonly (readonly LogRecord[])[] = [
    [base(0), entry(2)],
    [base(0), entry(1, 3), entry(2, 2)],
    [base(0), entry(1), base(3)],
    [base(0), truncate(3)],
    [
      { kind: "hardState", hardState: hardState(3, undefined, 0) },
      { kind: "hardState", hardState: hardState(2, undefined, 0) },
    ],
  ]
  for (const records of wrong) t.type(new Contents().take(records), "string")
  t.end()
})

test("a seal counts until the next segment begins", (t) => {
  t.ok(after(base(0), { kind: "sealed" }).isSealed)
  t.notOk(after(base(0), { kind: "sealed" }, base(0)).isSealed)
  t.end()
})
