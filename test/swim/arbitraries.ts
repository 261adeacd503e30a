import {
  type Addr,
  addr,
  base32,
  GENERATION_MAX,
  type Generation,
  generation,
  INCARNATION_MAX,
  type Incarnation,
  incarnation,
  type NodeId,
  nodeId,
} from "@conclave/base"
import type { Accuser, MemberRecord, Message, Seat, StreamReply, StreamRequest, Update } from "@conclave/swim"
import { makeRecord, type RecordFields, tagsProblem } from "@conclave/swim/record"
import fc from "fast-check"

/** What members may say, within every limit. Property tests reach the corners of it; fixed samples feed the fuzz. */

/** As `fc.record`, of ordinary objects, which compare equal to what a decoder makes. */
function shape<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>
}

export const anyId: fc.Arbitrary<NodeId> = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => nodeId(base32(bytes)))

export const anyAddr: fc.Arbitrary<Addr> = fc
  .tuple(fc.oneof(fc.ipV4(), fc.constantFrom("[::]", "[::1]", "[2001:db8::7]", "[fe80:0:0:0:1:2:3:4]")), port())
  .map(([host, portNumber]) => addr(`${host}:${portNumber}`))

export const anyGeneration: fc.Arbitrary<Generation> = fc
  .oneof(
    fc.integer({ min: 1, max: 300 }),
    fc.maxSafeNat().map((value) => Math.max(1, value % (GENERATION_MAX + 1))),
  )
  .map(generation)
export const anyIncarnation: fc.Arbitrary<Incarnation> = fc
  .oneof(fc.nat(300), fc.integer({ min: 0, max: INCARNATION_MAX }))
  .map(incarnation)

const anyTags = fc
  .dictionary(text(40), text(40), { maxKeys: 64, size: "+1", noNullPrototype: true })
  .filter((tags) => tagsProblem(tags) === undefined)

const anySeat: fc.Arbitrary<Seat> = shape({
  cluster: fc.oneof(fc.constant(""), anyId),
  replica: anyId,
  role: fc.constantFrom("none", "learner", "voter"),
  wish: fc.constantFrom("auto", "yes", "never"),
  isFull: fc.boolean(),
})

const seatless: fc.Arbitrary<RecordFields> = shape({
  id: anyId,
  name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/),
  addr: anyAddr,
  generation: anyGeneration,
  incarnation: anyIncarnation,
  tags: anyTags,
  zone: text(16),
  version: fc.constantFrom("", "0.1.0", "1.22.333-rc.1"),
  protocolMin: fc.integer({ min: 1, max: 3 }),
  protocolMax: fc.integer({ min: 3, max: 300 }),
  health: fc.nat(255),
  restartingForMs: fc.oneof(fc.constant(0), fc.nat(0xffffffff)),
})

export const anyFields: fc.Arbitrary<RecordFields> = fc
  .tuple(seatless, fc.option(anySeat, { nil: undefined }))
  .map(([fields, seat]) => (seat === undefined ? fields : { ...fields, seat }))

export const anyRecord: fc.Arbitrary<MemberRecord> = anyFields.map(makeRecord)

export const anyAccuser: fc.Arbitrary<Accuser> = shape({
  id: anyId,
  path: fc.constantFrom("direct", "indirect", "tcp", "link"),
  rttMs: fc.nat(0xffffffff).map((rttUs) => rttUs / 1000),
  health: fc.nat(8),
})

const standing = {
  id: anyId,
  generation: anyGeneration,
  incarnation: anyIncarnation,
  accusers: fc.array(anyAccuser, { maxLength: 8 }),
}

export const anyUpdate: fc.Arbitrary<Update> = fc.oneof(
  shape({ kind: fc.constant("alive" as const), record: anyRecord }),
  shape({ kind: fc.constant("suspect" as const), ...standing }),
  shape({
    kind: fc.constantFrom("dead" as const, "left" as const),
    ...standing,
    ageMs: fc.oneof(fc.nat(5000), fc.maxSafeNat()),
    prune: fc.boolean(),
  }),
  shape({
    kind: fc.constant("opaque" as const),
    bytes: fc.uint8Array({ maxLength: 60 }),
    hops: fc.nat(255),
  }),
)

const uint32 = fc.nat(0xffffffff)
const envelope = { from: anyId, digest: uint32, updates: fc.array(anyUpdate, { maxLength: 4 }) }

/** Datagrams; their updates may together exceed the budget of a packet. */
export const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  shape({ kind: fc.constant("ping" as const), ...envelope, nonce: uint32, target: anyId }),
  shape({ kind: fc.constantFrom("ack" as const, "nack" as const), ...envelope, nonce: uint32 }),
  shape({
    kind: fc.constant("pingReq" as const),
    ...envelope,
    nonce: uint32,
    target: anyId,
    timeoutMs: fc.nat(60_000),
  }),
  shape({ kind: fc.constant("gossip" as const), ...envelope }),
)

const updates = fc.array(anyUpdate, { maxLength: 20 })
const buckets = fc.array(uint32, { minLength: 64, maxLength: 64 })
const settled = fc.array(fc.boolean(), { minLength: 64, maxLength: 64 })
const wanted = fc.uniqueArray(fc.nat(63)).map((list) => list.sort((a, b) => a - b))

export const anyRequest: fc.Arbitrary<StreamRequest> = fc.oneof(
  shape({ kind: fc.constant("ping" as const), from: anyId, target: anyId }),
  shape({ kind: fc.constant("join" as const), record: anyRecord }),
  shape({ kind: fc.constant("digest" as const), from: anyId, buckets, settled }),
  shape({ kind: fc.constant("rows" as const), from: anyId, updates }),
)

export const anyReply: fc.Arbitrary<StreamReply> = fc.oneof(
  fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((upMs) => ({ kind: "pong" as const, upMs })),
  fc.constant({ kind: "wrongTarget" as const }),
  shape({ kind: fc.constant("rows" as const), from: anyId, updates, wanted }),
  shape({ kind: fc.constant("nameTaken" as const), record: anyRecord }),
  shape({ kind: fc.constant("refused" as const), reason: text(256) }),
)

function port(): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max: 65_535 })
}

function text(maxLength: number): fc.Arbitrary<string> {
  return fc
    .oneof({ weight: 4, arbitrary: fc.string({ maxLength }) }, fc.string({ unit: "binary", maxLength }))
    .filter((value) => value.length <= maxLength && Buffer.byteLength(value) <= 64)
}
