import type { Entry, Group } from "@conclave/consensus"
import type { Fleet, FleetMember } from "@conclave/sim/fleet"
import type { DiskTruth } from "@conclave/sim/group/disk-truth"
import { DurableLog } from "@conclave/sim/group/durable-log"
import { RaftChecks } from "@conclave/sim/group/raft-checks"
import type { Shadow } from "@conclave/sim/group/shadow"
import type { LogRecord } from "conclave/wal/records"
import { test } from "tap"
import { entryOf, groupOf, hardStateOf } from "../consensus/stage.ts"

const GROUP = groupOf("abc")

/** A replica as the checks see it. */
interface Shape {
  readonly term: number
  readonly entries: readonly Entry[]
  readonly commit: number
  readonly role?: "leader" | "follower"
  readonly applied?: number
  readonly snapshot?: number
  readonly first?: number
  readonly hash?: string
  readonly group?: Group
}

/** Entries of these terms, from index 1 on. */
function log(terms: readonly number[], data = ""): readonly Entry[] {
  return terms.map((term, before) => entryOf(before + 1, term, { data }))
}

/** Replicas in the hands of the test, looked at after each of `steps`; what was found. */
function found(steps: readonly Readonly<Record<string, Shape>>[], isDurable = true): readonly string[] {
  const rules: string[] = []
  const members: { host: object; machine: object }[] = []
  const runnings = new Map<string, Record<string, unknown>>()
  const disks = { of: () => ({ durable: { has: () => isDurable } }) } as unknown as DiskTruth
  const shadow = { apply: () => {}, hashAt: () => "h" } as unknown as Shadow
  const fleet = { members: members as unknown as readonly FleetMember[] } as unknown as Fleet
  const checks = new RaftChecks(fleet, { disks, shadow, broken: (rule) => rules.push(rule) })
  for (const step of steps) {
    for (const [id, shape] of Object.entries(step)) {
      const running = runnings.get(id) ?? {}
      if (!runnings.has(id)) members.push({ host: { consensus: { running } }, machine: { name: id } })
      runnings.set(id, Object.assign(running, runningOf(id, shape)))
    }
    checks.look()
  }
  return [...new Set(rules)]
}

function runningOf(id: string, shape: Shape): object {
  const { entries, term, commit, role = "follower", snapshot = 0, first = 1, hash = "h", group = GROUP } = shape
  const entry = (index: number): Entry | undefined => (index < first ? undefined : entries[index - 1])
  const { applied = commit } = shape
  const raftLog = { first, last: entries.length, snapshot: { index: snapshot }, entry }
  return {
    raft: { id, term, commit, role, group, log: raftLog },
    appliedIndex: applied,
    resting: { machine: { hash } },
  }
}

test("a group that does as it should breaks no rule", (t) => {
  const steps = [
    { a: { term: 1, entries: log([1, 1]), commit: 1, role: "leader" }, b: { term: 1, entries: log([1]), commit: 0 } },
    {
      a: { term: 1, entries: log([1, 1]), commit: 2, role: "leader" },
      b: { term: 1, entries: log([1, 1]), commit: 1 },
    },
    { b: { term: 2, entries: log([1, 1, 2]), commit: 3, role: "leader" } },
  ] as const
  t.same(found(steps), [])
  t.end()
})

test("each rule is seen broken", (t) => {
  const leads = { term: 2, entries: log([1, 2]), commit: 1, role: "leader" } as const
  const follows = { term: 2, entries: log([1, 2]), commit: 1 } as const
  const broken: readonly (readonly [string, readonly Readonly<Record<string, Shape>>[]])[] = [
    ["I1-a-term-has-one-leader", [{ a: leads, b: leads }]],
    ["I1-a-term-has-one-leader", [{ a: leads }, { a: follows }, { a: { ...leads, entries: log([1, 2, 2]) } }]],
    ["I2-leaders-only-append", [{ a: leads }, { a: { ...leads, entries: log([1]) } }]],
    ["I4-leaders-are-complete", [{ a: { ...leads, commit: 2 } }, { b: { ...leads, term: 3, entries: log([1, 3]) } }]],
    ["I5-one-entry-is-committed", [{ a: follows }, { b: { ...follows, entries: log([1, 2], "other") } }]],
    ["I5-commits-have-no-gap", [{ a: { ...follows, commit: 2, snapshot: 1, first: 2 } }]],
    ["I7-terms-never-fall", [{ a: follows }, { a: { ...follows, term: 1 } }]],
    ["I7-commits-never-fall", [{ a: { ...follows, commit: 2 } }, { a: follows }]],
    ["I7-applied-never-falls", [{ a: follows }, { a: { ...follows, applied: 0 } }]],
    ["I8-snapshot-commit-last", [{ a: { ...follows, snapshot: 2 } }]],
    ["I8-snapshot-commit-last", [{ a: { ...follows, commit: 3 } }]],
    ["I8-applied-is-committed", [{ a: { ...follows, applied: 2 } }]],
    ["I8-no-gap", [{ a: { ...follows, first: 2 } }]],
    ["S8-one-state", [{ a: { ...follows, hash: "other" } }]],
    [
      "I9-groups-overlap",
      [
        {
          a: {
            term: 1,
            entries: [entryOf(1, 1, { group: GROUP }), entryOf(2, 1, { group: groupOf("abd") })],
            commit: 2,
          },
        },
      ],
    ],
  ]
  for (const [rule, steps] of broken) t.ok(found(steps).includes(rule), rule)
  const regrouped = [{ a: { term: 1, entries: [entryOf(1, 1, { group: GROUP })], commit: 1 } }]
  t.same(found(regrouped, false), ["I6-committed-is-durable", "I6-a-group-has-its-own-quorum"])
  t.end()
})

test("what must never be written to a log is seen", (t) => {
  const hard = (term: number, vote?: string): LogRecord => ({ kind: "hardState", hardState: hardStateOf(term, vote) })
  const entry = (index: number, term: number): LogRecord => ({ kind: "entry", entry: entryOf(index, term) })
  const written = (...writes: readonly (readonly LogRecord[])[]): readonly (string | undefined)[] => {
    const kept = new DurableLog()
    return writes.map((records) => kept.take(records, () => 1))
  }
  t.same(written([hard(1, "a")], [entry(1, 1), hard(1, "a")], [hard(2)], [hard(2, "b")]), Array(4).fill(undefined))
  t.match(written([hard(2)], [hard(1)])[1], /term 2 falls to 1/)
  for (const vote of ["b", undefined]) t.match(written([hard(1, "a")], [hard(1, vote)])[1], /vote of term 1 changes/)
  t.match(written([hard(1)], [entry(1, 2), hard(1)])[1], /entry of term 2 is written in term 1/)
  t.match(written([hard(1)], [entry(2, 1)])[1], /entry 2 follows on 0/)
  t.end()
})
