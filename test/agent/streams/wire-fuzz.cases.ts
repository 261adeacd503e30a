import { deepStrictEqual } from "node:assert/strict"
import { Random } from "@conclave/base"
import { logIndex, type ReplicaId, type Term } from "@conclave/consensus"
import { decodeAsk, decodeFoundingAnswer, encodeAsk, encodeFoundingAnswer } from "conclave/group/founding/wire-founding"
import { decodeMirror, decodeMirrorWish, encodeMirror, encodeMirrorWish } from "conclave/group/mirror/mirror-frames"
import { decodeReign, encodeReign } from "conclave/group/mirror/wire-reign"
import {
  decodeReadIndex,
  decodeRenewal,
  decodeRenewed,
  encodeReadIndex,
  encodeRenewal,
  encodeRenewed,
} from "conclave/group/route/wire-renewal"
import { decodeApplied, encodeApplied } from "conclave/group/route/wire-result"
import { decodeTold, decodeWish, encodeTold, encodeWish } from "conclave/group/wire-group"
import { decodeKeysTold, decodeOrder, encodeKeysTold, encodeOrder } from "conclave/keyring/wire-keyring"
import { Secret } from "conclave/secret"
import { decodeFrame, encodeFrame } from "conclave/streams/stream-frame"
import { type Test, test } from "tap"
import { damaged, FUZZ_INPUTS, understoodOf } from "../../fuzz.ts"
import { memberId } from "../fake-view.ts"

const FINGERPRINT = "0123456789abcdef"
const SECRET = new Secret(new Uint8Array(32).fill(7))
const BODY = Uint8Array.of(1, 2, 3)
const HOST = memberId("a")
const REPLICAS = ["a", "b", "c"] as unknown as readonly ReplicaId[]
const TERM = 7 as Term

interface Codec<Value> {
  readonly samples: readonly Value[]
  readonly encode: (value: Value) => Uint8Array
  readonly decode: (bytes: Uint8Array) => Value | undefined
}

/** Nothing throws, and what is understood can be said again and means the same. */
function fuzz<Value>(t: Test, what: string, { samples, encode, decode }: Codec<Value>): void {
  const corpus = samples.map(encode)
  const understood = understoodOf(what.length, {
    corpus,
    decode: (bytes) => {
      const value = decode(bytes)
      if (value !== undefined) deepStrictEqual(decode(encode(value)), value)
      return value !== undefined
    },
  })
  t.ok(understood > FUZZ_INPUTS / 1000, `${what}: ${understood} of ${FUZZ_INPUTS} were understood`)
  t.ok(understood < FUZZ_INPUTS, "and some refused")
  const random = new Random(what.length)
  for (let input = 0; input < FUZZ_INPUTS / 10; input++) {
    decode(random.below(2) === 0 ? damaged(random, corpus) : noise(random))
  }
}

function noise(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.below(80) }, () => random.below(256))
}

test("no bytes make the readers of streams and mirrors throw", async (t) => {
  fuzz(t, "frames", {
    samples: [
      { kind: "ping", number: 7 },
      { kind: "hello", version: 1, purpose: "replica", cluster: "c", from: "one", to: "two" },
      { kind: "refusal", reason: "not ours" },
      { kind: "call", number: 3, leftMs: 1500, what: 2, body: BODY },
      { kind: "answer", number: 3, how: 4, body: BODY },
      { kind: "chunk", body: BODY },
      { kind: "end" },
    ],
    encode: encodeFrame,
    decode: decodeFrame,
  })
  fuzz(t, "of mirrors", {
    samples: [
      { kind: "begin", index: 2 ** 40 },
      { kind: "records", chunk: BODY },
      { kind: "entries", entries: [{ index: 7, stampMs: 1, data: BODY }] },
      { kind: "pulse", ageMs: 1234 },
    ],
    encode: encodeMirror,
    decode: decodeMirror,
  })
  const wishes = [{ index: 77, epoch: 3 }]
  fuzz(t, "their wishes", { samples: wishes, encode: encodeMirrorWish, decode: decodeMirrorWish })
})

test("no bytes make the readers of orders about keys throw", async (t) => {
  fuzz(t, "orders", {
    samples: [
      { kind: "show" },
      { kind: "install", secret: SECRET, serial: 4 },
      { kind: "use", fingerprint: FINGERPRINT, serial: 3 },
      { kind: "remove", fingerprint: FINGERPRINT },
    ],
    encode: encodeOrder,
    decode: decodeOrder,
  })
  fuzz(t, "what came of them", {
    samples: [{ ring: [{ fingerprint: FINGERPRINT, serial: 2 }], refusal: "no room", secret: SECRET }],
    encode: encodeKeysTold,
    decode: decodeKeysTold,
  })
})

test("no bytes make the readers of words about the group throw", async (t) => {
  fuzz(t, "askings", {
    samples: [{ to: HOST, ask: { kind: "propose", line: "l", number: 3, expects: 5 } }],
    encode: encodeAsk,
    decode: decodeAsk,
  })
  fuzz(t, "their answers", {
    samples: [{ kind: "pledged" }, { kind: "outranked", by: "n1" }, { kind: "differs", expects: 7 }],
    encode: encodeFoundingAnswer,
    decode: decodeFoundingAnswer,
  })
  fuzz(t, "reigns", {
    samples: [
      { term: TERM, leader: REPLICAS[0], voters: REPLICAS, learners: [], isJoint: true, removed: [HOST] },
      { term: TERM, leader: undefined, voters: REPLICAS, learners: REPLICAS, isJoint: false, removed: [] },
    ],
    encode: encodeReign,
    decode: decodeReign,
  })
  fuzz(t, "wishes", {
    samples: [
      { what: "add", name: "b" },
      { what: "remove", name: "b", force: true },
      { what: "transfer", to: "c" },
    ],
    encode: encodeWish,
    decode: decodeWish,
  })
  const seat = { name: "a", id: "i", addr: "10.0.0.1:7951", role: "leader", up: true } as const
  const items = [{ ...seat, matchIndex: "10", lag: 0, lastContactMs: 0 }]
  const status = { term: "3", leader: "a", commitIndex: "9", appliedIndex: "8", quorum: 2, canLose: 1, items }
  const refusal = { code: "CONFLICT", message: "no", details: { current: 3 } } as const
  fuzz(t, "and what is told", { samples: [{ status, refusal }], encode: encodeTold, decode: decodeTold })
})

test("no bytes make the readers of renewals and results throw", async (t) => {
  fuzz(t, "renewals", {
    samples: [{ host: HOST, boot: 2 ** 40, attempt: 7 }],
    encode: encodeRenewal,
    decode: decodeRenewal,
  })
  fuzz(t, "renewed", {
    samples: [{ host: HOST, attempt: 3, timeMs: 9, isCurrent: true, rev: 8 }],
    encode: encodeRenewed,
    decode: decodeRenewed,
  })
  fuzz(t, "indexes", { samples: [logIndex(2 ** 40)], encode: encodeReadIndex, decode: decodeReadIndex })
  fuzz(t, "results", {
    samples: [
      { result: { kind: "queued", position: 3, rev: 4 }, rev: 4, isRepeat: false },
      {
        result: { kind: "refused", refusal: { kind: "conflict", reason: "r", current: 2 }, rev: 4 },
        rev: 5,
        isRepeat: true,
      },
    ],
    encode: encodeApplied,
    decode: decodeApplied,
  })
})
