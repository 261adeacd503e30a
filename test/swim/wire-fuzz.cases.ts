import { deepStrictEqual } from "node:assert/strict"
import { hashBytes } from "@conclave/base"
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
import { FUZZ_INPUTS, understoodOf } from "../fuzz.ts"
import { anyMessage, anyRecord, anyReply, anyRequest } from "./arbitraries.ts"

const LABEL = 0x5eed
const FRAME_BYTES = 22

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
  const understood = understoodOf(101, { corpus: datagrams, decode: (bytes) => decodeMessage(bytes, LABEL).ok })
  t.ok(understood < FUZZ_INPUTS / 2, `${understood} understood`)
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
  const understood = understoodOf(102, { corpus, decode })
  t.ok(understood < 0.9 * FUZZ_INPUTS, `${understood} understood`)
  t.ok(checked > FUZZ_INPUTS / 100, "enough was understood")
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
  const understood = understoodOf(103, { corpus, decode })
  t.ok(understood < 0.9 * FUZZ_INPUTS, `${understood} understood`)
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
  const understood = understoodOf(104, { corpus, decode })
  t.ok(understood < 0.9 * FUZZ_INPUTS, `${understood} understood`)
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
  const understood = understoodOf(105, { corpus, decode })
  t.ok(understood < 0.9 * FUZZ_INPUTS, `${understood} understood`)
})
