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
import { damaged, FUZZ_INPUTS, type Fuzz, understoodOf } from "../fuzz.ts"
import { anyEntry, anyGroup, anyHardState, anyMessage, anySnapshotMeta } from "./arbitraries.ts"

const CLUSTER = "c" as ClusterId
const BODY_AT = 8

/** Damages valid inputs in one to four ways each. Fixed seeds: the gate does the same each time. */
function fuzz(t: Test, seed: number, { corpus, decode }: Fuzz): void {
  const understood = understoodOf(seed, { corpus, decode })
  t.ok(understood > FUZZ_INPUTS / 100, `${understood} of ${FUZZ_INPUTS} were understood`)
  t.ok(understood < (FUZZ_INPUTS * 9) / 10, "and many refused")
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
  for (let input = 0; input < FUZZ_INPUTS; input++) {
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
