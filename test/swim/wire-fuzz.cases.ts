import { deepStrictEqual } from "node:assert/strict"
import { hashBytes, Random } from "@conclave/base"
import { readRecord } from "@conclave/swim/record"
import {
  decodeMessage,
  decodeReply,
  decodeRequest,
  encodeMessage,
  encodeReply,
  encodeRequest,
} from "@conclave/swim/wire"
import fc from "fast-check"
import { test } from "tap"
import { anyMessage, anyRecord, anyReply, anyRequest } from "./arbitraries.ts"

const INPUTS = Number(process.env["CONCLAVE_FUZZ_INPUTS"] ?? 1_000_000)
const LABEL = 0x5eed
const FRAME_BYTES = 22
const SCRATCH = new Uint8Array(2048)
const VARINTS: readonly (readonly number[])[] = [
  [0],
  [127],
  [255, 255, 255, 255, 7],
  [255, 255, 255, 255, 15],
  [255, 255, 255, 255, 255, 255, 255, 15],
  [255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
]

interface Fuzz {
  readonly corpus: readonly Uint8Array[]
  /** True when the bytes were understood. Throws when an invariant is broken. */
  readonly decode: (bytes: Uint8Array) => boolean
}

/**
 * Damages valid inputs in one to four ways each and gives them to the decoder. Fixed seeds: the gate does the same
 * each time. Stack traces are off meanwhile, since a million errors are thrown and caught here.
 */
function fuzz(seed: number, { corpus, decode }: Fuzz): { refused: number; understood: number } {
  const random = new Random(seed)
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  let understood = 0
  for (let input = 0; input < INPUTS; input++) {
    const bytes = damaged(random, corpus)
    try {
      if (decode(bytes)) understood++
    } catch (error) {
      throw new Error(`seed ${seed} input ${input}: ${Buffer.from(bytes).toString("hex")}`, {
        cause: error,
      })
    }
  }
  Error.stackTraceLimit = limit
  return { refused: INPUTS - understood, understood }
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
  const at = random.below(length + 1)
  switch (random.below(10)) {
    case 0:
      return at
    case 1:
      for (let index = at; index < Math.min(at + 16, length); index++) SCRATCH[index] = random.below(256)
      return length
    case 2:
      return put(at, random.pick(VARINTS), length)
    case 3: {
      const other = random.pick(corpus)
      return put(at, other.subarray(random.below(other.length + 1)), length)
    }
    case 4:
      SCRATCH.copyWithin(at, random.below(length + 1), length)
      return length
    case 5:
      SCRATCH[at] = random.below(256)
      return length
    default:
      SCRATCH[at] = (SCRATCH[at] as number) ^ (1 << random.below(8))
      return length
  }
}

function put(at: number, bytes: ArrayLike<number>, length: number): number {
  const fits = Math.min(bytes.length, SCRATCH.length - at)
  for (let index = 0; index < fits; index++) SCRATCH[at + index] = bytes[index] as number
  return Math.max(length, at + fits)
}

/** Most of the corpus; what is longer says the same more often. */
function isShort(bytes: Uint8Array): boolean {
  return bytes.length <= 350
}

/** Puts a right frame around a damaged body, or nothing would get past the check. */
function reframed(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(FRAME_BYTES + bytes.length)
  whole.set(EMPTY.subarray(0, FRAME_BYTES))
  whole.set(bytes, FRAME_BYTES)
  const check = hashBytes(whole.subarray(6), LABEL) & 0xffff
  whole[4] = check >> 8
  whole[5] = check & 255
  return whole
}

const [record] = fc.sample(anyRecord, { numRuns: 1, seed: 1 })
if (record === undefined) throw new Error("no sample")
const EMPTY = encodeMessage({ kind: "gossip", from: record.id, digest: 0, updates: [] }, LABEL)
const datagrams = fc
  .sample(anyMessage, { numRuns: 400, seed: 2 })
  .map((message) => encodeMessage(message, LABEL))
  .filter(isShort)

test("no bytes at all make the decoder of datagrams throw", async (t) => {
  const counts = fuzz(101, { corpus: datagrams, decode: (bytes) => decodeMessage(bytes, LABEL).ok })
  t.ok(counts.refused > INPUTS / 2, `${counts.refused} refused, ${counts.understood} understood`)
})

test("no body in a right frame makes it throw, and what is understood can be said again", async (t) => {
  let checked = 0
  const decode = (body: Uint8Array): boolean => {
    const decoded = decodeMessage(reframed(body), LABEL)
    if (!decoded.ok || ++checked % 256 !== 0) return decoded.ok
    deepStrictEqual(decodeMessage(encodeMessage(decoded.message, LABEL), LABEL), decoded)
    return true
  }
  const corpus = datagrams.map((bytes) => bytes.subarray(FRAME_BYTES)).filter((bytes) => bytes.length > 0)
  const counts = fuzz(102, { corpus, decode })
  t.ok(counts.refused > INPUTS / 10, `${counts.refused} refused, ${counts.understood} understood`)
  t.ok(checked > INPUTS / 100, "enough was understood")
})

test("no bytes make the decoder of requests throw", async (t) => {
  let checked = 0
  const decode = (bytes: Uint8Array): boolean => {
    const decoded = decodeRequest(bytes)
    if (!decoded.ok || ++checked % 256 !== 0) return decoded.ok
    deepStrictEqual(decodeRequest(encodeRequest(decoded.request)), decoded)
    return true
  }
  const corpus = fc.sample(anyRequest, { numRuns: 400, seed: 3 }).map(encodeRequest).filter(isShort)
  const counts = fuzz(103, { corpus, decode })
  t.ok(counts.refused > INPUTS / 10, `${counts.refused} refused, ${counts.understood} understood`)
})

test("no bytes make the decoder of replies throw", async (t) => {
  let checked = 0
  const decode = (bytes: Uint8Array): boolean => {
    const decoded = decodeReply(bytes)
    if (!decoded.ok || ++checked % 256 !== 0) return decoded.ok
    deepStrictEqual(decodeReply(encodeReply(decoded.reply)), decoded)
    return true
  }
  const corpus = fc.sample(anyReply, { numRuns: 400, seed: 4 }).map(encodeReply).filter(isShort)
  const counts = fuzz(104, { corpus, decode })
  t.ok(counts.refused > INPUTS / 10, `${counts.refused} refused, ${counts.understood} understood`)
})

test("no bytes make the reader of records throw", async (t) => {
  const corpus = fc
    .sample(anyRecord, { numRuns: 400, seed: 5 })
    .map(({ bytes }) => bytes)
    .filter(isShort)
  const decode = (bytes: Uint8Array): boolean => {
    const read = readRecord(bytes)
    return read !== undefined && read.bytes.length === bytes.length
  }
  const counts = fuzz(105, { corpus, decode })
  t.ok(counts.refused > INPUTS / 10, `${counts.refused} refused, ${counts.understood} understood`)
})
