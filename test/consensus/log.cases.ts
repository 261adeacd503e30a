import type { Entry, Group, LogIndex, SnapshotMeta } from "@conclave/consensus"
import { bytesOf, isUpToDate, Log } from "@conclave/consensus/log"
import fc from "fast-check"
import { test } from "tap"
import { at, entryOf, groupOf, inTerm, logOf, metaOf } from "./stage.ts"

/** So many entries, whatever their bytes. */
function kept(keepEntries: number): { readonly keepEntries: number; readonly keepBytes: number } {
  return { keepEntries, keepBytes: Number.MAX_SAFE_INTEGER }
}

/** The whole history in an array, nothing ever compacted; what a log answers is looked up there. */
class NaiveLog {
  readonly entries: Entry[] = []
  base = 0
  snapshot = 0
  resetGroup: Group = groupOf("")

  get last(): number {
    return Math.max(this.base, this.entries.length)
  }

  groupAt(index: number): Group {
    for (let each = index; each > 0; each--) {
      const group = this.entries[each - 1]?.group
      if (group !== undefined) return group
    }
    return groupOf("")
  }

  termAt(index: number): number {
    return index === 0 ? 0 : (this.entries[index - 1]?.term ?? -1)
  }

  meta(index: number): SnapshotMeta {
    return metaOf(index, this.termAt(index), this.groupAt(index))
  }
}

type Op =
  | { readonly op: "append"; readonly later: number; readonly group: string | undefined }
  | { readonly op: "truncate"; readonly back: number }
  | { readonly op: "compact"; readonly back: number; readonly keep: number }
  | { readonly op: "reset"; readonly ahead: number; readonly group: string }

const anyGroup = fc.constantFrom("a", "ab", "abc", "bcd", "e")
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constant("append" as const),
      later: fc.nat(2),
      group: fc.option(anyGroup, { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("truncate" as const), back: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("compact" as const), back: fc.nat(6), keep: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant("reset" as const), ahead: fc.integer({ min: 1, max: 4 }), group: anyGroup }),
  },
)

function apply(log: Log, naive: NaiveLog, op: Op): void {
  switch (op.op) {
    case "append": {
      const entry = entryOf(
        log.last + 1,
        log.lastPosition.term + op.later,
        op.group === undefined ? {} : { group: groupOf(op.group) },
      )
      log.append(entry)
      naive.entries.push(entry)
      return
    }
    case "truncate": {
      // What is committed, and so what a snapshot holds, is never cut.
      const from = Math.max(naive.snapshot + 1, log.last - op.back)
      if (from > log.last) return
      log.truncate(at(from))
      naive.entries.length = from - 1
      return
    }
    case "compact": {
      const index = log.last - op.back
      if (index <= naive.snapshot) return
      log.compact(naive.meta(index), kept(op.keep))
      naive.base = Math.max(naive.base, index - op.keep)
      naive.snapshot = index
      return
    }
    case "reset": {
      const index = log.last + op.ahead
      for (let each = log.last + 1; each <= index; each++)
        naive.entries.push(entryOf(each, log.lastPosition.term + 1, each === index ? { group: groupOf(op.group) } : {}))
      log.reset(naive.meta(index))
      naive.base = index
      naive.snapshot = index
    }
  }
}

function agrees(log: Log, naive: NaiveLog): boolean {
  const { entries, base } = naive
  if (log.last !== entries.length || log.first !== base + 1 || log.snapshot.index !== naive.snapshot) return false
  if (log.lastPosition.term !== naive.termAt(log.last) || log.lastPosition.index !== log.last) return false
  for (let index = 0; index <= log.last + 2; index++) {
    const term = log.term(index as LogIndex)
    const expected = index < base ? "compacted" : index > log.last ? "none" : naive.termAt(index)
    if (term !== expected) return false
    if (log.entry(index as LogIndex) !== (index <= base ? undefined : entries[index - 1])) return false
    const isInForce = index >= base && index <= log.last
    if (
      isInForce &&
      log.groupAt(index as LogIndex) !== naive.groupAt(index) &&
      log.groupAt(index as LogIndex).voters.join() !== naive.groupAt(index).voters.join()
    )
      return false
    for (const bound of [0, 1, 2, 5, 9]) {
      const { index: found, term: foundTerm } = log.lastAtMost(at(index), inTerm(bound))
      let wanted = Math.min(index, log.last)
      while (wanted >= base && naive.termAt(wanted) > bound) wanted--
      if (found !== wanted || foundTerm !== (wanted < base ? 0 : naive.termAt(wanted))) return false
    }
  }
  return log.group.voters.join() === naive.groupAt(log.last).voters.join()
}

test("a log answers like one that forgets nothing, whatever is appended, cut, compacted and replaced", async (t) => {
  fc.assert(
    fc.property(fc.array(anyOp, { maxLength: 40 }), (ops) => {
      const log = new Log()
      const naive = new NaiveLog()
      return ops.every((op) => {
        apply(log, naive, op)
        return agrees(log, naive)
      })
    }),
    { numRuns: 500 },
  )
  t.pass("after each operation")
})

test("a log that is read back from its snapshot and entries is in the same group", async (t) => {
  fc.assert(
    fc.property(fc.array(anyOp, { maxLength: 30 }), (ops) => {
      const log = new Log()
      const naive = new NaiveLog()
      for (const op of ops) apply(log, naive, op)
      const { snapshot, last } = log
      const from = at(snapshot.index + 1)
      const again = new Log(snapshot, from > last ? [] : log.slice(from, last))
      return again.group.voters.join() === log.group.voters.join() && again.last === last
    }),
  )
  t.pass("after any history")
})

test("what may not be is refused", async (t) => {
  const log = new Log(metaOf(5, 2), [entryOf(6, 2), entryOf(7, 3)])
  t.throws(() => log.append(entryOf(9, 3)), /appended at the end/)
  t.throws(() => log.append(entryOf(8, 2)), /terms never fall/)
  t.throws(() => log.truncate(at(5)), /a cut lies in the log/)
  t.throws(() => log.truncate(at(8)), /a cut lies in the log/)
  t.throws(() => log.slice(at(5), at(7)), /a slice lies in the log/)
  t.throws(() => log.compact(metaOf(7, 2), kept(0)), /stands at an entry of this log/)
  t.throws(() => log.compact(metaOf(7, 3, groupOf("ab")), kept(0)), /the group of its place/)
  t.throws(() => log.groupAt(at(4)), /is known/)
  t.throws(() => log.metaAt(at(9)), /stands at an entry/)
})

test("an own snapshot older than a foreign one changes nothing", async (t) => {
  const log = new Log(metaOf(5, 2), [entryOf(6, 2)])
  log.compact(metaOf(3, 1), kept(0))
  t.equal(log.snapshot.index, 5)
  t.equal(log.first, 6)
})

test("a slice holds what fits, and at least one entry", async (t) => {
  const log = new Log(metaOf(0, 0, groupOf("")), logOf(groupOf("a"), [1, 1, 1, 1]))
  const one = bytesOf(entryOf(1, 1))
  t.equal(log.slice(at(1), at(4)).length, 4)
  t.equal(log.slice(at(1), at(4), 2 * one).length, 1, "the first names a replica")
  t.equal(log.slice(at(2), at(4), 2 * one).length, 2)
  t.equal(log.slice(at(2), at(4), 1).length, 1)
  t.equal(log.slice(at(2), at(3), 100 * one).length, 2)
})

test("the bytes of an entry are its data, its envelope, and the ids that it names", async (t) => {
  t.equal(bytesOf(entryOf(1, 1, { data: "abc" })), 35)
  t.equal(bytesOf(entryOf(1, 1, { group: groupOf("ab", { outgoing: "ac", learners: "d" }) })), 32 + 5 * 64)
})

test("the place of a snapshot has the group and the feature level that were in force there", async (t) => {
  const raised = { ...entryOf(3, 1, { kind: "feature" }), featureLevel: 2 }
  const log = new Log(metaOf(0, 0, groupOf("")), [...logOf(groupOf("a"), [1, 1]), raised])
  log.append({ ...entryOf(4, 1, { group: groupOf("ab") }), featureLevel: 2 })
  t.same(log.metaAt(at(2)), metaOf(2, 1, groupOf("a")))
  t.same(log.metaAt(at(4)), { ...metaOf(4, 1, groupOf("ab")), featureLevel: 2 })
  t.equal(log.featureLevel, 2)
  log.truncate(at(3))
  t.equal(log.featureLevel, 1, "a level that was cut off is not in force")
  log.compact(log.metaAt(at(2)), kept(0))
  t.same(log.metaAt(at(2)), log.snapshot)
})

test("of what is kept behind a snapshot only so many bytes stay", async (t) => {
  const entries = [entryOf(1, 1, { group: groupOf("a") })]
  for (let index = 2; index <= 9; index++) entries.push(entryOf(index, 1, { data: "x".repeat(68) }))
  const log = new Log(metaOf(0, 0, groupOf("")), entries)
  log.compact(log.metaAt(at(6)), { keepEntries: 4, keepBytes: 250 })
  t.equal(log.first, 5, "two of a hundred bytes each")
  t.equal(log.last, 9)
  t.same(log.group, groupOf("a"))
  log.compact(log.metaAt(at(8)), { keepEntries: 1, keepBytes: 250 })
  t.equal(log.first, 8)
  log.compact(log.metaAt(at(9)), { keepEntries: 5, keepBytes: 99 })
  t.equal(log.first, 10, "nothing is larger than what may stay")
})

test("what follows a snapshot that is being sent is kept, unless it is too much", async (t) => {
  const entries = [entryOf(1, 1, { group: groupOf("a") })]
  for (let index = 2; index <= 9; index++) entries.push(entryOf(index, 1, { data: "x".repeat(68) }))
  const firstAfter = (bytesMax: number, index: number): number => {
    const log = new Log(metaOf(0, 0, groupOf("")), entries)
    log.compact(log.metaAt(at(8)), { ...kept(1), pinned: { index: at(index), bytesMax } })
    return log.first
  }
  t.equal(firstAfter(1000, 4), 5)
  t.equal(firstAfter(400, 4), 5, "four of a hundred bytes each")
  t.equal(firstAfter(399, 4), 8, "a part of it helps nobody")
  t.equal(firstAfter(1000, 8), 8, "what is kept anyway is no less")
})

test("logs are compared by their last term, then by their length (Raft §5.4.1), a total order", async (t) => {
  const anyPosition = fc.record({ index: fc.nat(9).map(at), term: fc.nat(5).map(inTerm) })
  fc.assert(
    fc.property(anyPosition, anyPosition, anyPosition, (a, b, c) => {
      const isSame = a.term === b.term && a.index === b.index
      const total = isUpToDate(a, b) || isUpToDate(b, a)
      const antisymmetric = (isUpToDate(a, b) && isUpToDate(b, a)) === isSame
      const transitive = !(isUpToDate(a, b) && isUpToDate(b, c)) || isUpToDate(a, c)
      return total && antisymmetric && transitive
    }),
  )
  t.ok(
    isUpToDate({ index: at(1), term: inTerm(3) }, { index: at(9), term: inTerm(2) }),
    "a later term beats a longer log",
  )
  t.notOk(isUpToDate({ index: at(9), term: inTerm(2) }, { index: at(1), term: inTerm(3) }))
})
