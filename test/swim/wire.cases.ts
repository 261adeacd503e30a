import { deepStrictEqual } from "node:assert/strict"
import { hashBytes, nodeId } from "@conclave/base"
import type { Message } from "@conclave/swim"
import { makeRecord } from "@conclave/swim/record"
import { DATAGRAM_BYTES_MAX, decodeMessage, encodeMessage } from "@conclave/swim/wire"
import fc from "fast-check"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"
import { anyFields, anyId, anyMessage, anyRecord } from "./arbitraries.ts"

const LABEL = 0x8badf00d
const [FROM, TARGET] = fc.sample(anyId, { numRuns: 2, seed: 5 }) as [Message["from"], Message["from"]]
const PING: Message = {
  kind: "ping",
  from: FROM,
  target: TARGET,
  nonce: 0xfedcba98,
  digest: 0x12345678,
  updates: [],
}

/** A datagram with a right frame around any body. */
function framed(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(22 + body.length)
  bytes.set(encodeMessage(PING, LABEL).subarray(0, 22))
  bytes.set(body, 22)
  const check = hashBytes(bytes.subarray(6), LABEL) & 0xffff
  bytes[4] = check >> 8
  bytes[5] = check & 255
  return bytes
}

function body(write: (writer: protobuf.Writer) => void): Uint8Array {
  const writer = new protobuf.Writer()
  write(writer)
  return framed(writer.finish())
}

function problem(bytes: Uint8Array, label = LABEL): string {
  const decoded = decodeMessage(bytes, label)
  return decoded.ok ? "none" : decoded.problem
}

test("a datagram is read as it was written", async (t) => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const bytes = encodeMessage(message, LABEL)
      fc.pre(bytes.length <= DATAGRAM_BYTES_MAX)
      deepStrictEqual(decodeMessage(bytes, LABEL), { ok: true, message })
    }),
    { numRuns: 300 },
  )
  t.pass("for all messages")
})

test("a datagram of today has the bytes it had yesterday", async (t) => {
  const [from, target] = [nodeId("aebagbafaydqqcikbmga2dqpca"), nodeId("a".repeat(26))]
  const ping: Message = {
    kind: "ping",
    from,
    target,
    nonce: 0xfedcba98,
    digest: 0x12345678,
    updates: [],
  }
  t.equal(
    Buffer.from(encodeMessage(ping, LABEL)).toString("hex"),
    "c100f00d7ea60102030405060708090a0b0c0d0e0f100d98badcfe2a10000000000000000000000000000000003d78563412",
  )
})

test("an idle probe costs little: a ping 50 bytes, its answer 32", async (t) => {
  t.equal(encodeMessage(PING, LABEL).length, 50)
  t.equal(encodeMessage({ kind: "ack", from: FROM, nonce: 1, digest: 1, updates: [] }, LABEL).length, 32)
})

test("the envelope is never more than 80 bytes", async (t) => {
  const message: Message = {
    ...PING,
    kind: "pingReq",
    target: TARGET,
    nonce: 0xffffffff,
    digest: 0xffffffff,
    timeoutMs: 0xffffffff,
  }
  t.ok(encodeMessage(message, LABEL).length <= 80)
})

test("every flipped bit is seen", async (t) => {
  const [fields] = fc.sample(anyFields, { numRuns: 1, seed: 7 })
  if (fields === undefined) throw new Error("no sample")
  const bytes = encodeMessage({ ...PING, updates: [{ kind: "alive", record: makeRecord(fields) }] }, LABEL)
  let passed = 0
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
    if (decodeMessage(flipped, LABEL).ok) passed++
  }
  t.equal(passed, 0)
})

test("each kind of foreign bytes has its own problem", async (t) => {
  const bytes = encodeMessage(PING, LABEL)
  const changed = (at: number, value: number): Uint8Array => {
    const copy = Uint8Array.from(bytes)
    copy[at] = value
    return copy
  }
  t.equal(problem(new Uint8Array(0)), "truncated")
  t.equal(problem(bytes.subarray(0, 21)), "truncated")
  t.equal(problem(new Uint8Array(DATAGRAM_BYTES_MAX + 1)), "oversize")
  t.equal(problem(changed(0, 0x16)), "foreign", "a TLS record")
  t.equal(problem(changed(0, 0xc2)), "version", "a later version")
  t.equal(problem(changed(1, 1)), "sealed")
  t.equal(problem(bytes, LABEL ^ 1), "label")
  t.equal(problem(bytes, LABEL ^ 0x10000), "damaged", "labels whose tags are equal")
  t.equal(problem(bytes.subarray(0, 40)), "damaged", "cut short")
  t.equal(problem(framed(bytes.subarray(22, 40))), "malformed", "cut short before it was framed")
})

test("the sender of another cluster is not heard, whatever the labels", async (t) => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (mine, theirs) => {
      fc.pre(mine !== theirs)
      return !decodeMessage(encodeMessage(PING, theirs), mine).ok
    }),
  )
  t.pass("for all pairs of labels")
})

test("a kind of a later version is gossip: its news is taken", async (t) => {
  const [record] = fc.sample(anyRecord, { numRuns: 1, seed: 8 })
  if (record === undefined) throw new Error("no sample")
  const bytes = body((w) => {
    w.uint32(15 * 8 + 5).fixed32(1)
    w.uint32(66).fork().uint32(10).bytes(record.bytes).ldelim()
  })
  const decoded = decodeMessage(bytes, LABEL)
  t.ok(decoded.ok)
  t.same(decoded.ok && decoded.message, {
    kind: "gossip",
    from: FROM,
    digest: 0,
    updates: [{ kind: "alive", record }],
  })
})

test("a number that is left out is 0", async (t) => {
  const bytes = body((w) => {
    w.uint32(66).fork().uint32(26).fork()
    w.uint32(10).bytes(new Uint8Array(16)).uint32(16).uint64(1).ldelim().ldelim()
  })
  const decoded = decodeMessage(bytes, LABEL)
  const [update] = decoded.ok ? decoded.message.updates : []
  t.ok(update?.kind === "dead")
  t.equal(update?.kind === "dead" && update.ageMs, 0)
  t.equal(update?.kind === "dead" && update.incarnation, 0)
})

test("bodies that may not be said are malformed", async (t) => {
  const id = new Uint8Array(16)
  const refused: Record<string, Uint8Array> = {
    "a ping without target": body((w) => w.uint32(13).fixed32(1)),
    "a ping with half a target": body((w) => w.uint32(13).fixed32(1).uint32(42).bytes(id.subarray(8))),
    "a request without target": body((w) => w.uint32(37).fixed32(1)),
    "a length beyond the end": body((w) => w.uint32(66).uint32(200)),
    "a length of gigabytes": body((w) => w.uint32(66).uint32(0x7fffffff)),
    "a group that nests without end": framed(new Uint8Array(1000).fill(15 * 8 + 3)),
    "field number 0": framed(Uint8Array.of(2, 0)),
  }
  for (const [name, bytes] of Object.entries(refused)) t.equal(problem(bytes), "malformed", name)
})

test("a datagram with a forged number of updates is refused", async (t) => {
  const empty = (count: number): Uint8Array =>
    body((w) => {
      for (let index = 0; index < count; index++) w.uint32(66).fork().uint32(42).bytes(new Uint8Array(0)).ldelim()
    })
  t.ok(decodeMessage(empty(64), LABEL).ok)
  t.equal(problem(empty(65)), "malformed")
})

test("a packet of more updates than may be read is never written", async (t) => {
  const update = { kind: "opaque", bytes: new Uint8Array(0), hops: 0 } as const
  t.throws(() => encodeMessage({ ...PING, updates: new Array(65).fill(update) }, LABEL), {
    name: "AssertionError",
  })
})
