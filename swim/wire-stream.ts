import { assert, nodeIdBytes, unreachable } from "@conclave/base"
import protobuf from "protobufjs/minimal.js"
import { gossip } from "#wire/gossip"
import { BUCKETS } from "./digest.ts"
import { readRecord } from "./record.ts"
import type { StreamReply, StreamRequest } from "./types.ts"
import { UPDATES_TAG, WireReader } from "./wire-reader.ts"
import { readId, readUpdates, wireUpdate } from "./wire-update.ts"

/** A request, or a page of a reply, in its frame. */
export const PAGE_BYTES_MAX = 262_144
export const PAGE_UPDATES_MAX = 16_384
export const REASON_CHARS_MAX = 256

/** `unknown` = of a later version; everything else that is wrong is `malformed`. */
export type StreamProblem = "oversize" | "malformed" | "unknown"
type Read<T> = T | Exclude<StreamProblem, "oversize">

export type DecodedRequest =
  | { readonly ok: true; readonly request: StreamRequest }
  | { readonly ok: false; readonly problem: StreamProblem }
export type DecodedReply =
  | { readonly ok: true; readonly reply: StreamReply }
  | { readonly ok: false; readonly problem: StreamProblem }

export function encodeRequest(request: StreamRequest): Uint8Array {
  return gossip.Request.encode(wireRequest(request), new protobuf.Writer()).finish()
}

/** Total: never throws, whatever the bytes. The result holds on to none of them. */
export function decodeRequest(bytes: Uint8Array): DecodedRequest {
  if (bytes.length > PAGE_BYTES_MAX) return { ok: false, problem: "oversize" }
  const read = readRequest(decoded(gossip.Request.decode, bytes))
  return typeof read === "string" ? { ok: false, problem: read } : { ok: true, request: read }
}

/** One page. */
export function encodeReply(reply: StreamReply): Uint8Array {
  return gossip.Reply.encode(wireReply(reply), new protobuf.Writer()).finish()
}

/** Total, as `decodeRequest`. */
export function decodeReply(bytes: Uint8Array): DecodedReply {
  if (bytes.length > PAGE_BYTES_MAX) return { ok: false, problem: "oversize" }
  const read = readReply(decoded(gossip.Reply.decode, bytes))
  return typeof read === "string" ? { ok: false, problem: read } : { ok: true, reply: read }
}

function decoded<T>(decode: (reader: protobuf.Reader) => T, bytes: Uint8Array): T | undefined {
  try {
    return decode(new WireReader(bytes, UPDATES_TAG, PAGE_UPDATES_MAX))
  } catch {
    return undefined
  }
}

function wireRequest(request: StreamRequest): gossip.Request.$Properties {
  switch (request.kind) {
    case "join":
      return { from: nodeIdBytes(request.record.id), join: request.record.bytes }
    case "ping":
      return { from: nodeIdBytes(request.from), ping: nodeIdBytes(request.target) }
    case "digest": {
      const digest = {
        buckets: wireBuckets(request.buckets),
        settled: wireBits((index) => request.settled[index] === true),
      }
      return { from: nodeIdBytes(request.from), digest }
    }
    case "rows":
      return { from: nodeIdBytes(request.from), rows: { updates: request.updates.map(wireUpdate) } }
    default:
      return unreachable(request)
  }
}

function readRequest(message: gossip.Request | undefined): Read<StreamRequest> {
  const from = readId(message?.from)
  if (message === undefined || from === undefined) return "malformed"
  if (message.ping) {
    const target = readId(message.ping)
    return target === undefined ? "malformed" : { kind: "ping", from, target }
  }
  if (message.join) {
    const record = readRecord(message.join)
    return record === undefined || record.id !== from ? "malformed" : { kind: "join", record }
  }
  if (message.digest) {
    const buckets = readBuckets(message.digest.buckets)
    const settled = readBits(message.digest.settled)
    return buckets && settled ? { kind: "digest", from, buckets, settled } : "malformed"
  }
  if (message.rows) {
    const updates = readUpdates(message.rows.updates ?? [])
    return updates === undefined ? "malformed" : { kind: "rows", from, updates }
  }
  return "unknown"
}

function wireReply(reply: StreamReply): gossip.Reply.$Properties {
  switch (reply.kind) {
    case "pong":
      return { pong: reply.upMs }
    case "wrongTarget":
      return { wrongTarget: true }
    case "nameTaken":
      return { nameTaken: reply.record.bytes }
    case "refused":
      return {
        refused: reply.reason.slice(0, REASON_CHARS_MAX).replace(/\p{Surrogate}/gu, "\ufffd"),
      }
    case "rows": {
      const wanted = new Set(reply.wanted)
      const rows = {
        updates: reply.updates.map(wireUpdate),
        wanted: wireBits((index) => wanted.has(index)),
      }
      return { from: nodeIdBytes(reply.from), rows }
    }
    default:
      return unreachable(reply)
  }
}

function readReply(message: gossip.Reply | undefined): Read<StreamReply> {
  if (message === undefined) return "malformed"
  if (message.pong) return { kind: "pong", upMs: message.pong }
  if (message.wrongTarget) return { kind: "wrongTarget" }
  if (message.nameTaken) {
    const record = readRecord(message.nameTaken)
    return record === undefined ? "malformed" : { kind: "nameTaken", record }
  }
  if (typeof message.refused === "string") {
    return message.refused.length > REASON_CHARS_MAX ? "malformed" : { kind: "refused", reason: message.refused }
  }
  if (!message.rows) return "unknown"
  const from = readId(message.from)
  const updates = readUpdates(message.rows.updates ?? [])
  const wanted = readBits(message.rows.wanted)
  if (from === undefined || updates === undefined || wanted === undefined) return "malformed"
  return {
    kind: "rows",
    from,
    updates,
    wanted: wanted.flatMap((isWanted, index) => (isWanted ? [index] : [])),
  }
}

function wireBuckets(buckets: readonly number[]): Uint8Array {
  assert(buckets.length === BUCKETS, "a digest has its number of buckets")
  const bytes = new Uint8Array(4 * BUCKETS)
  const view = new DataView(bytes.buffer)
  for (const [index, bucket] of buckets.entries()) view.setUint32(4 * index, bucket, true)
  return bytes
}

function readBuckets(bytes: Uint8Array | null | undefined): readonly number[] | undefined {
  if (bytes?.length !== 4 * BUCKETS) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const buckets: number[] = []
  for (let index = 0; index < BUCKETS; index++) buckets.push(view.getUint32(4 * index, true))
  return buckets
}

function wireBits(isSet: (index: number) => boolean): Uint8Array {
  const bytes = new Uint8Array(BUCKETS / 8)
  for (let index = 0; index < BUCKETS; index++) {
    if (isSet(index)) bytes[index >> 3] = (bytes[index >> 3] as number) | (1 << (index & 7))
  }
  return bytes
}

function readBits(bytes: Uint8Array | null | undefined): readonly boolean[] | undefined {
  if (bytes?.length !== BUCKETS / 8) return undefined
  const bits: boolean[] = []
  for (const byte of bytes) for (let bit = 0; bit < 8; bit++) bits.push((byte & (1 << bit)) !== 0)
  return bits
}
