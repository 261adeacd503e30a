import { deepStrictEqual } from "node:assert/strict"
import { EMPTY_SNAPSHOT, type Group, type HardState, type ReplicaId } from "@conclave/consensus"
import {
  decodeEntry,
  decodeGroup,
  decodeHardState,
  decodeSnapshotMeta,
  encodeEntry,
  encodeGroup,
  encodeHardState,
  encodeSnapshotMeta,
} from "@conclave/consensus/wire"
import fc from "fast-check"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"
import { anyEntry, anyGroup, anyHardState, anySnapshotMeta } from "./arbitraries.ts"
import { at, entryOf, groupOf, id, inTerm, metaOf } from "./stage.ts"

function written(write: (writer: protobuf.Writer) => void): Uint8Array {
  const writer = new protobuf.Writer()
  write(writer)
  return writer.finish()
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}

test("what the log stores is read as it was written", async (t) => {
  fc.assert(
    fc.property(anyEntry, (value) => deepStrictEqual(decodeEntry(encodeEntry(value)), { ok: true, value })),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(anyHardState, (value) => {
      deepStrictEqual(decodeHardState(encodeHardState(value)), { ok: true, value })
    }),
  )
  fc.assert(fc.property(anyGroup, (value) => deepStrictEqual(decodeGroup(encodeGroup(value)), { ok: true, value })))
  fc.assert(
    fc.property(anySnapshotMeta, (value) => {
      deepStrictEqual(decodeSnapshotMeta(encodeSnapshotMeta(value)), { ok: true, value })
    }),
  )
  t.pass("entries, hard states, groups, snapshots")
})

test("what the log stores has the bytes it had yesterday", async (t) => {
  const command = { ...entryOf(300, 7, { data: "hi" }), stampMs: 1_700_000_000_000, featureLevel: 2 }
  t.equal(hex(encodeEntry(command)), "08ac02100718022080d095ffbc3128023202" + "6869")
  const joint = groupOf("ab", { outgoing: "bc", learners: "d", learnersNext: "c" })
  t.equal(
    hex(encodeEntry(entryOf(2, 1, { group: joint }))),
    "08021001180320002801" + "3a12" + "5a01615a0162620162620163" + "6a0164" + "720163",
  )
  t.equal(hex(encodeHardState({ term: inTerm(5), vote: id("b"), commit: at(9) })), "08051201621809")
  t.equal(hex(encodeSnapshotMeta(metaOf(4, 2, groupOf("a")))), "080410021a035a01612001")
})

test("an entry of a kind that came later is told from one that is broken", async (t) => {
  const kind = (value: number) =>
    decodeEntry(
      written((w) => w.uint32(8).uint64(1).uint32(16).uint64(1).uint32(24).uint32(value).uint32(40).uint32(1)),
    )
  t.same(kind(5), { ok: false, problem: "entry-kind" })
  t.same(kind(0), { ok: false, problem: "malformed" })
  t.ok(kind(1).ok)
})

test("an entry that no leader makes is refused", async (t) => {
  const sound = entryOf(3, 2)
  for (const [why, wrong] of [
    ["at index 0", { ...sound, index: at(0) }],
    ["in term 0", { ...sound, term: inTerm(0) }],
    ["without a feature level", { ...sound, featureLevel: 0 }],
    ["beyond every feature level", { ...sound, featureLevel: 65_536 }],
    ["a group without members", { ...sound, kind: "group" as const }],
    ["a command with members", { ...sound, group: groupOf("a") }],
    ["a group without a voter", entryOf(3, 2, { group: groupOf("", { learners: "a" }) })],
    ["a learner that votes", entryOf(3, 2, { group: groupOf("a", { learners: "a" }) })],
  ] as const) {
    t.same(decodeEntry(encodeEntry(wrong)), { ok: false, problem: "malformed" }, why)
  }
  t.ok(decodeEntry(encodeEntry(sound)).ok)
})

test("an entry has at most 1 MiB of data, both ways", async (t) => {
  const full = { ...entryOf(1, 1), data: new Uint8Array(1024 * 1024) }
  t.ok(decodeEntry(encodeEntry(full)).ok)
  t.throws(() => encodeEntry({ ...full, data: new Uint8Array(1024 * 1024 + 1) }), /an entry has at most/)
  const head = encodeEntry({ ...full, data: new Uint8Array(0) })
  const over = Buffer.concat([head, written((w) => w.uint32(50).bytes(new Uint8Array(1024 * 1024 + 1)))])
  t.same(decodeEntry(over), { ok: false, problem: "malformed" })
})

test("a stamp that is no whole number would differ between replicas and is not written", async (t) => {
  for (const stampMs of [0.5, -1, Number.NaN, 2 ** 53])
    t.throws(() => encodeEntry({ ...entryOf(1, 1), stampMs }), /a stamp is a whole number/)
})

test("ids that are none are refused", async (t) => {
  for (const name of ["", "a b", "ü", "x".repeat(65)]) {
    const group: Group = { ...groupOf("a"), learners: [name as ReplicaId] }
    t.same(decodeGroup(encodeGroup(group)), { ok: false, problem: "malformed" }, name)
  }
  const state: HardState = { term: inTerm(1), vote: "a b" as ReplicaId, commit: at(0) }
  t.throws(() => encodeHardState(state), /a vote is for a replica/)
  t.same(decodeHardState(written((w) => w.uint32(18).string("a b"))), { ok: false, problem: "malformed" })
})

test("the empty snapshot has no members, every other one has a voter", async (t) => {
  t.same(decodeSnapshotMeta(encodeSnapshotMeta(EMPTY_SNAPSHOT)), { ok: true, value: EMPTY_SNAPSHOT })
  for (const wrong of [
    { ...EMPTY_SNAPSHOT, group: groupOf("a") },
    { ...metaOf(1, 1), group: groupOf("") },
    { ...metaOf(1, 1), index: at(0) },
    { ...metaOf(1, 1), term: inTerm(0) },
    { ...metaOf(1, 1), featureLevel: 0 },
  ])
    t.same(decodeSnapshotMeta(encodeSnapshotMeta(wrong)), { ok: false, problem: "malformed" })
})

test("what is read holds on to none of the bytes", async (t) => {
  const bytes = encodeEntry(entryOf(1, 1, { data: "kept" }))
  const read = decodeEntry(bytes)
  bytes.fill(0)
  t.equal(read.ok && new TextDecoder().decode(read.value.data), "kept")
})
