import { deepStrictEqual, equal } from "node:assert/strict"
import { addr, generation, hashBytes, incarnation, nodeId } from "@conclave/base"
import {
  isRenewal,
  makeRecord,
  RECORD_BYTES_MAX,
  type RecordFields,
  readRecord,
  TAG_BYTES_MAX,
  TAGS_MAX,
  tagsProblem,
} from "@conclave/swim/record"
import fc from "fast-check"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"
import { anyFields, anyRecord } from "./arbitraries.ts"

const FIELDS: RecordFields = {
  id: nodeId("aebagbafaydqqcikbmga2dqpca"),
  name: "alpha",
  addr: addr("10.0.0.1:7951"),
  generation: generation(7),
  incarnation: incarnation(3),
  tags: { role: "db" },
  zone: "eu-1",
  version: "0.1.0",
  protocolMin: 1,
  protocolMax: 1,
  health: 0,
  restartingForMs: 0,
}

/** `record` with one more field at its end, as a later version or a liar would write it. */
function appended(write: (writer: protobuf.Writer) => void): Uint8Array {
  const writer = new protobuf.Writer()
  writer.raw(makeRecord(FIELDS).bytes)
  write(writer)
  return writer.finish()
}

test("a record is read as it was made", async (t) => {
  fc.assert(
    fc.property(anyFields, (fields) => {
      const record = makeRecord(fields)
      const { bytes, hash, ...rest } = record
      deepStrictEqual(rest, fields)
      deepStrictEqual(readRecord(bytes), record)
      equal(hash, hashBytes(bytes))
    }),
  )
  t.pass("for all fields")
})

test("a record of today has the bytes it had yesterday", async (t) => {
  t.equal(
    Buffer.from(makeRecord(FIELDS).bytes).toString("hex"),
    "0a100102030405060708090a0b0c0d0e0f101205616c7068611a0d31302e302e302e313a373935312007" +
      "28033204726f6c65320264623a0465752d314205302e312e3048015001",
  )
})

test("fields of a later version survive and count in the hash", async (t) => {
  const bytes = appended((writer) => writer.uint32(18 * 8 + 2).string("signed"))
  const record = readRecord(bytes)
  t.ok(record)
  t.same(record?.bytes, bytes)
  t.equal(record?.name, "alpha")
  t.not(record?.hash, makeRecord(FIELDS).hash)
})

test("a record tells of its member's seat, and a change of it is no renewal", async (t) => {
  const seat = { cluster: "", replica: FIELDS.id, role: "none", wish: "auto", isFull: false } as const
  const held = makeRecord({ ...FIELDS, seat })
  t.same(readRecord(held.bytes)?.seat, seat)
  t.equal(makeRecord(FIELDS).seat, undefined)
  const next = { ...FIELDS, incarnation: incarnation(FIELDS.incarnation + 1) }
  t.ok(isRenewal(held, makeRecord({ ...next, seat })))
  t.notOk(isRenewal(held, makeRecord({ ...next, seat: { ...seat, role: "learner" } })))
  t.notOk(isRenewal(held, makeRecord(next)))
  t.throws(() => makeRecord({ ...FIELDS, seat: { ...seat, replica: "a".repeat(25).concat("b") } }), {
    name: "AssertionError",
  })
})

test("a record does not hold on to the buffer it came in", async (t) => {
  const bytes = Uint8Array.from(makeRecord(FIELDS).bytes)
  const record = readRecord(bytes)
  bytes.fill(0)
  t.same(record, makeRecord(FIELDS))
  t.equal(record?.bytes.buffer.byteLength, bytes.length)
})

test("a record beyond a limit is refused", async (t) => {
  const refused: Record<string, (writer: protobuf.Writer) => void> = {
    "short id": (writer) => writer.uint32(10).bytes(new Uint8Array(15)),
    "empty name": (writer) => writer.uint32(18).string(""),
    "name with a control character": (writer) => writer.uint32(18).string("a\u001b[2J"),
    "name too long": (writer) => writer.uint32(18).string("a".repeat(129)),
    "host name as address": (writer) => writer.uint32(26).string("example.org:7951"),
    "generation 0": (writer) => writer.uint32(32).uint64(0),
    "generation 2^52": (writer) => writer.uint32(32).uint64(2 ** 52),
    "key without value": (writer) => writer.uint32(50).string("odd"),
    "tags too long": (writer) => writer.uint32(50).string("k").uint32(50).string("v".repeat(TAG_BYTES_MAX)),
    "zone too long": (writer) => writer.uint32(58).string("z".repeat(97)),
    "version too long": (writer) => writer.uint32(66).string("1".repeat(33)),
    "protocol range upside down": (writer) => writer.uint32(72).uint32(2),
    "too long in all": (writer) => writer.uint32(18 * 8 + 2).bytes(new Uint8Array(RECORD_BYTES_MAX)),
    "short cluster id": (writer) => writer.uint32(13 * 8 + 2).bytes(new Uint8Array(15)),
    "long replica id": (writer) => writer.uint32(14 * 8 + 2).bytes(new Uint8Array(17)),
    "text that is not UTF-8": (writer) => writer.uint32(58).bytes(Uint8Array.of(0xff)),
  }
  for (const [name, write] of Object.entries(refused)) t.equal(readRecord(appended(write)), undefined, name)
  t.ok(readRecord(appended((writer) => writer.uint32(32).uint64(2 ** 52 - 1))), "the last generation")
  t.equal(readRecord(new Uint8Array(0)), undefined)
})

test("every prefix of a record is read or refused", async (t) => {
  fc.assert(
    fc.property(anyRecord, ({ bytes }) => {
      for (let length = 0; length < bytes.length; length++) readRecord(bytes.subarray(0, length))
    }),
    { numRuns: 20 },
  )
  t.pass("without throwing")
})

test("more tags than allowed are refused before they are made", async (t) => {
  const writer = new protobuf.Writer()
  writer.raw(makeRecord({ ...FIELDS, tags: {} }).bytes)
  for (let count = 0; count < 2 * TAGS_MAX + 2; count++) writer.uint32(50).string("")
  t.equal(readRecord(writer.finish()), undefined)
})

test("the last of two tags with one key counts, also when it is called __proto__", async (t) => {
  const bytes = appended((writer) => {
    for (const text of ["role", "web", "__proto__", "x"]) writer.uint32(50).string(text)
  })
  t.same(Object.entries(readRecord(bytes)?.tags ?? {}), [
    ["role", "web"],
    ["__proto__", "x"],
  ])
})

test("half a surrogate pair becomes a replacement character", async (t) => {
  const record = makeRecord({ ...FIELDS, tags: { "a\ud800": "\udc00b" }, zone: "\ud83d" })
  t.same(record.tags, { "a\ufffd": "\ufffdb" })
  t.equal(record.zone, "\ufffd")
})

test("an owner who breaks a limit has a bug", async (t) => {
  t.throws(() => makeRecord({ ...FIELDS, name: "no spaces" }), { name: "AssertionError" })
  t.throws(() => makeRecord({ ...FIELDS, addr: addr("localhost:1") }), { name: "AssertionError" })
  t.throws(() => makeRecord({ ...FIELDS, tags: { k: "v".repeat(512) } }), {
    name: "AssertionError",
  })
  t.throws(() => makeRecord({ ...FIELDS, id: nodeId("a".repeat(25).concat("b")) }), {
    name: "AssertionError",
  })
})

test("the problem with tags is said in words", async (t) => {
  t.equal(tagsProblem({ k: "v".repeat(511) }), undefined)
  t.match(tagsProblem({ k: "v".repeat(512) }), /at most 512 bytes together, got 513/)
  t.match(tagsProblem({ ü: "ü".repeat(256) }), /got 514/)
  const many = Object.fromEntries(Array.from({ length: TAGS_MAX + 1 }, (_, index) => [`t${index}`, ""]))
  t.match(tagsProblem(many), /at most 64 tags, got 65/)
})

test("the longest record of this version fits a datagram beside its envelope", async (t) => {
  const tags: Record<string, string> = {}
  for (let index = 0; index < TAGS_MAX; index++) tags[`key${10 + index}`] = "xyz"
  const bytes = makeRecord({
    ...FIELDS,
    name: "n".repeat(128),
    addr: addr("[1111:2222:3333:4444:5555:6666:255.255.255.255]:65535"),
    generation: generation(2 ** 52 - 1),
    incarnation: incarnation(2 ** 32 - 1),
    tags,
    zone: "z".repeat(96),
    version: "v".repeat(32),
    protocolMin: 2 ** 32 - 1,
    protocolMax: 2 ** 32 - 1,
    health: 2 ** 32 - 1,
    restartingForMs: 2 ** 32 - 1,
    seat: { cluster: FIELDS.id, replica: FIELDS.id, role: "voter", wish: "never", isFull: true },
  }).bytes
  t.ok(bytes.length <= RECORD_BYTES_MAX, `${bytes.length} bytes`)
})
