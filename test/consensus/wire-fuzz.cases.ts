import { deepStrictEqual } from "node:assert/strict"
import { hashBytes, Random } from "@conclave/base"
import type { ClusterId, ReplicaId } from "@conclave/consensus"
import {
  type Decoded,
  decodeEntry,
  decodeGroup,
  decodeHardState,
  decodeMessage,
  decodeSnapshotMeta,
  encodeEntry,
  encodeGroup,
  encodeHardState,
  encodeMessage,
  encodeSnapshotMeta,
} from "@conclave/consensus/wire"
import fc from "fast-check"
import { type Test, test } from "tap"
import { anyEntry, anyGroup, anyHardState, anyMessage, anySnapshotMeta } from "./arbitraries.ts"

const INPUTS = Number(process.env["CONCLAVE_FUZZ_INPUTS"] ?? 100_000)
const CLUSTER = "c" as ClusterId
const BODY_AT = 8
const SCRATCH = new Uint8Array(4096)
const VARINTS: readonly (readonly number[])[] = [
  [0],
  [127],
  [255, 255, 255, 255, 15],
  [255, 255, 255, 255, 255, 255, 255, 15],
  [255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
]

/** Damages valid inputs in one to four ways each. Fixed seeds: the gate does the same each time. */
function fuzz(
  t: Test,
  seed: number,
  fields: { readonly corpus: readonly Uint8Array[]; readonly decode: (bytes: Uint8Array) => boolean },
): void {
  const random = new Random(seed)
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  let understood = 0
  for (let input = 0; input < INPUTS; input++) {
    const bytes = damaged(random, fields.corpus)
    try {
      if (fields.decode(bytes)) understood++
    } catch (cause) {
      throw new Error(`seed ${seed} input ${input}: ${Buffer.from(bytes).toString("hex")}`, { cause })
    }
  }
  Error.stackTraceLimit = limit
  t.ok(understood > INPUTS / 100, `${understood} of ${INPUTS} were understood`)
  t.ok(understood < (INPUTS * 9) / 10, "and many refused")
}

function damaged(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  const source = random.pick(corpus)
  SCRATCH.set(source)
  let length = source.length
  for (let left = 1 + random.below(4); left > 0; left--) length = damage(random, length, corpus)
  return SCRATCH.slice(0, length)
}

/** Changes the first `length` bytes of the scratch space; returns how many there are then. */
function damage(random: Random, length: number, corpus: readonly Uint8Array[]): number {
  const place = random.below(length + 1)
  switch (random.below(8)) {
    case 0:
      return place
    case 1:
      for (let each = place; each < Math.min(place + 16, length); each++) SCRATCH[each] = random.below(256)
      return length
    case 2:
      return put(place, random.pick(VARINTS), length)
    case 3: {
      const other = random.pick(corpus)
      return put(place, other.subarray(random.below(other.length + 1)), length)
    }
    case 4:
      SCRATCH.copyWithin(place, random.below(length + 1), length)
      return length
    default:
      SCRATCH[place] = (SCRATCH[place] as number) ^ (1 << random.below(8))
      return length
  }
}

function put(place: number, bytes: ArrayLike<number>, length: number): number {
  const fits = Math.min(bytes.length, SCRATCH.length - place)
  for (let each = 0; each < fits; each++) SCRATCH[place + each] = bytes[each] as number
  return Math.max(length, place + fits)
}

/** A right frame around a damaged body, or nothing would get past the check. */
function reframed(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(BODY_AT + body.length)
  bytes.set([0x52, 1, 0, 0, 0, 0, 1, 99])
  bytes.set(body, BODY_AT)
  new DataView(bytes.buffer).setUint32(2, hashBytes(bytes.subarray(6)))
  return bytes
}

/** What is understood can be said again, and means the same. */
function again<Value>(
  decode: (bytes: Uint8Array) => Decoded<Value>,
  encode: (value: Value) => Uint8Array,
): (bytes: Uint8Array) => boolean {
  return (bytes) => {
    const read = decode(bytes)
    if (read.ok) deepStrictEqual(decode(encode(read.value)), read)
    return read.ok
  }
}

function sample<Value>(values: fc.Arbitrary<Value>, encode: (value: Value) => Uint8Array): readonly Uint8Array[] {
  const encoded = fc.sample(values, { numRuns: 400, seed: 1 }).map(encode)
  return encoded.filter((bytes) => bytes.length > 0 && bytes.length <= 1000)
}

test("no bytes at all make the decoder of frames throw", async (t) => {
  const corpus = sample(anyMessage, (message) => encodeMessage(message, CLUSTER))
  const random = new Random(7)
  for (let input = 0; input < INPUTS; input++) {
    const bytes = random.below(2) === 0 ? damaged(random, corpus) : noise(random)
    decodeMessage(bytes, CLUSTER, "a" as ReplicaId)
  }
  t.pass("damaged frames and noise")
})

test("no body in a right frame makes it throw, and what is understood can be said again", async (t) => {
  const corpus = sample(anyMessage, (message) => encodeMessage(message, CLUSTER).subarray(BODY_AT))
  const read = (bytes: Uint8Array) => {
    const first = decodeMessage(bytes, CLUSTER, "a" as ReplicaId)
    return first.ok || first.problem !== "replica" ? first : decodeMessage(bytes, CLUSTER, first.found as ReplicaId)
  }
  const decode = (body: Uint8Array): boolean => {
    const decoded = read(reframed(body))
    if (decoded.ok) deepStrictEqual(read(encodeMessage(decoded.message, CLUSTER)), decoded)
    return decoded.ok
  }
  fuzz(t, 101, { corpus, decode })
})

test("no bytes make the decoders of the log throw, and what is understood can be said again", async (t) => {
  fuzz(t, 102, { corpus: sample(anyEntry, encodeEntry), decode: again(decodeEntry, encodeEntry) })
  fuzz(t, 103, { corpus: sample(anyHardState, encodeHardState), decode: again(decodeHardState, encodeHardState) })
  fuzz(t, 104, { corpus: sample(anyGroup, encodeGroup), decode: again(decodeGroup, encodeGroup) })
  fuzz(t, 105, {
    corpus: sample(anySnapshotMeta, encodeSnapshotMeta),
    decode: again(decodeSnapshotMeta, encodeSnapshotMeta),
  })
})

function noise(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.below(80) }, () => random.below(256))
}
