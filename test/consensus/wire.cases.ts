import { deepStrictEqual } from "node:assert/strict"
import { hashBytes } from "@conclave/base"
import type { ClusterId, Message, ReplicaId } from "@conclave/consensus"
import { type DecodedMessage, decodeMessage, encodeMessage, FRAME_BYTES_MAX } from "@conclave/consensus/wire"
import fc from "fast-check"
import { test } from "tap"
import { anyMessage } from "./arbitraries.ts"
import { framedFor, laterEntry } from "./framed.ts"
import { at, entryOf, groupOf, id, inTerm } from "./stage.ts"

const CLUSTER = "aebagbafaydqqcikbmga2dqpca" as ClusterId
const PREV = { index: at(1), term: inTerm(1) }
const APPEND: Message = {
  ...{ kind: "append", from: id("a"), to: id("b"), term: inTerm(2), prev: PREV, commit: at(1) },
  entries: [entryOf(2, 2, { data: "hi" })],
}

function framed(body: Uint8Array, cluster: string = CLUSTER): Uint8Array {
  return framedFor(cluster, body)
}

function refusal(bytes: Uint8Array, cluster: ClusterId = CLUSTER, self: ReplicaId = id("b")): DecodedMessage {
  return decodeMessage(bytes, cluster, self)
}

test("a frame is read as it was written", async (t) => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      deepStrictEqual(decodeMessage(encodeMessage(message, CLUSTER), CLUSTER, message.to), { ok: true, message })
    }),
    { numRuns: 500 },
  )
  t.pass("for all messages")
})

test("a frame of today has the bytes it had yesterday", async (t) => {
  const hello: Message = {
    kind: "heartbeat",
    from: id("a"),
    to: id("b"),
    term: inTerm(300),
    commit: at(4),
    match: at(5),
    round: 6,
  }
  const hex = (message: Message) => Buffer.from(encodeMessage(message, CLUSTER)).toString("hex")
  const cluster = `1a${Buffer.from(CLUSTER).toString("hex")}`
  t.equal(hex(hello), `520121ace09c${cluster}0a016112016218ac029a0106080410051806`)
  t.equal(hex(APPEND), `5201c0aaa19e${cluster}0a016112016218028201180a040801100110017a0e0802100218022000280132026869`)
  const quiet = { ...APPEND, entries: [], isQuiet: true } as const
  t.match(hex(quiet), /0a0161120162180282010a0a040801100110011801$/)
})

test("a heartbeat of a cluster in use costs little", async (t) => {
  const voter = (letter: string) => letter.repeat(26) as ReplicaId
  const beat: Message = {
    kind: "heartbeat",
    from: voter("a"),
    to: voter("b"),
    term: inTerm(1000),
    commit: at(2 ** 34),
    match: at(2 ** 34),
    round: 2 ** 28,
  }
  t.ok(encodeMessage(beat, CLUSTER).length <= 120, "ids are most of it")
})

test("each kind of foreign frame has its own reason, and says what was found instead", async (t) => {
  const bytes = encodeMessage(APPEND, CLUSTER)
  const changed = (place: number, value: number): Uint8Array => {
    const copy = Uint8Array.from(bytes)
    copy[place] = value
    return copy
  }
  const no = (problem: string, found = "") => ({ ok: false, problem, found })
  t.same(refusal(new Uint8Array(0)), no("truncated"))
  t.same(refusal(bytes.subarray(0, 6)), no("truncated"))
  t.same(refusal(new Uint8Array(FRAME_BYTES_MAX + 1)), no("oversize"))
  t.same(refusal(changed(0, 0x16)), no("foreign"), "a TLS record")
  t.same(refusal(changed(1, 9)), no("version", "9"), "another version, whatever the rest says")
  t.same(refusal(changed(50, 0)), no("damaged"))
  t.same(refusal(bytes.subarray(0, 50)), no("damaged"), "cut short")
  t.same(refusal(bytes, "another" as ClusterId), no("cluster", CLUSTER))
  t.same(refusal(bytes, CLUSTER, id("c")), no("replica", "b"))
  t.same(refusal(framed(bytes.subarray(33, 50))), no("malformed"), "cut short before it was framed")
  t.same(refusal(framed(new Uint8Array(0))), no("malformed"))
  t.same(refusal(framed(new Uint8Array(0), "no id")), no("malformed"))
  t.same(refusal(framed(new Uint8Array(0), "")), no("malformed"))
  t.same(refusal(framed(new Uint8Array(0), "x".repeat(65))), no("malformed"))
})

test("a cluster id that ends behind its frame is refused", async (t) => {
  const bytes = framed(new Uint8Array(0), "abc").subarray(0, 9)
  const copy = Uint8Array.from(bytes)
  new DataView(copy.buffer).setUint32(2, hashBytes(copy.subarray(6)))
  t.same(refusal(copy), { ok: false, problem: "malformed", found: "" })
})

test("an entry of a later kind in an append is told from a broken one", async (t) => {
  t.same(refusal(laterEntry(CLUSTER, "a", "b")), { ok: false, problem: "entry-kind", found: "" })
})

test("every flipped bit of a frame is seen", async (t) => {
  const bytes = encodeMessage({ ...APPEND, entries: [entryOf(2, 2, { group: groupOf("abc") })] }, CLUSTER)
  let passed = 0
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
    if (refusal(flipped).ok) passed++
  }
  t.equal(passed, 0)
})

test("the largest append fits a frame, and so does the largest entry", async (t) => {
  const groups = groupOf("a")
  const wide = { ...entryOf(2, 2, { group: { ...groups, learners: many("l", 64) } }) }
  const largest = { ...wide, data: new Uint8Array(1024 * 1024), stampMs: Number.MAX_SAFE_INTEGER }
  t.ok(encodeMessage({ ...APPEND, entries: [largest] } as Message, CLUSTER).length < FRAME_BYTES_MAX)
  const top = { index: at(Number.MAX_SAFE_INTEGER), term: inTerm(Number.MAX_SAFE_INTEGER) }
  const small = { ...entryOf(1, 1), ...top, stampMs: Number.MAX_SAFE_INTEGER, featureLevel: 65_535 }
  const full: Message = { ...APPEND, entries: new Array(65_536).fill(small) } as Message
  const bytes = encodeMessage(full, CLUSTER)
  t.ok(bytes.length < FRAME_BYTES_MAX, `2 MiB of the smallest entries: ${bytes.length} bytes`)
  t.ok(refusal(bytes).ok)
})

function many(letter: string, count: number): readonly ReplicaId[] {
  return Array.from({ length: count }, (_, each) => `${each}`.padStart(64, letter) as ReplicaId)
}
