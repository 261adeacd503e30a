import { assert, base32, hashBytes, type NodeId, nodeIdBytes, unreachable } from "@conclave/base"
import protobuf from "protobufjs/minimal.js"
import { gossip } from "#wire/gossip"
import type { Message } from "./types.ts"
import { UPDATES_TAG, WireReader } from "./wire-reader.ts"
import { readId, readUpdates, wireUpdate } from "./wire-update.ts"

/** The largest payload of an Ethernet frame without fragments; we send less. */
export const DATAGRAM_BYTES_MAX = 1472
export const DATAGRAM_UPDATES_MAX = 64

/**
 * The frame of a datagram: 0 magic and version, 1 key id (0 = unsealed), 2–3 label tag, 4–5 check, 6–21 sender, then
 * the body. Label tag and check share 32 bits: the tag is the low half of the label's hash and says that another
 * cluster speaks; the check is 16 bits over sender and body, seeded with the whole hash. So a stranger's datagram
 * passes once in 2³², and one that was damaged behind the UDP checksum once in 2¹⁶.
 */
const FRAME_BYTES = 22
/** High half: ours, and never 0x16, so that DTLS could share the port. Low half: version of the frame. */
const MAGIC = 0xc0
const VERSION = 1
const UNSEALED = 0
const SENDER_AT = 6

/**
 * Why bytes are no message:
 * - `truncated`, `oversize`: shorter than a frame, longer than we ever send;
 * - `foreign`: not our protocol; `version`: a later version of it; `sealed`: encrypted with a key that we lack;
 * - `label`: another cluster; `damaged`: changed on its way; `malformed`: well framed, but not what may be said.
 */
export type DecodeProblem =
  | "truncated"
  | "oversize"
  | "foreign"
  | "version"
  | "sealed"
  | "label"
  | "damaged"
  | "malformed"

export type Decoded =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly problem: DecodeProblem }

/** One datagram. `label` is the 32-bit hash of the cluster's label. */
export function encodeMessage(message: Message, label: number): Uint8Array {
  assert(message.updates.length <= DATAGRAM_UPDATES_MAX, "a datagram has at most 64 updates")
  const writer = gossip.Packet.encode(packet(message), new protobuf.Writer())
  const bytes = new Uint8Array(FRAME_BYTES + writer.pos)
  bytes[0] = MAGIC | VERSION
  bytes[1] = UNSEALED
  put16(bytes, 2, label)
  bytes.set(nodeIdBytes(message.from), SENDER_AT)
  writer.finishInto(bytes, FRAME_BYTES)
  put16(bytes, 4, check(bytes, label))
  return bytes
}

/** What a datagram says. Total: never throws, whatever the bytes. The result holds on to none of them. */
export function decodeMessage(bytes: Uint8Array, label: number): Decoded {
  const problem = frameProblem(bytes, label)
  if (problem !== undefined) return { ok: false, problem }
  const message = readPacket(decodePacket(bytes), base32(bytes.subarray(SENDER_AT, FRAME_BYTES)) as NodeId)
  return message === undefined ? { ok: false, problem: "malformed" } : { ok: true, message }
}

function packet(message: Message): gossip.Packet.$Properties {
  const { kind, digest } = message
  const updates = message.updates.map(wireUpdate)
  switch (kind) {
    case "ping":
      return { ping: message.nonce, target: nodeIdBytes(message.target), digest, updates }
    case "pingReq": {
      const { nonce, timeoutMs } = message
      return {
        pingReq: nonce,
        target: nodeIdBytes(message.target),
        timeoutMs: Math.max(0, Math.round(timeoutMs)),
        digest,
        updates,
      }
    }
    case "ack":
      return { ack: message.nonce, digest, updates }
    case "nack":
      return { nack: message.nonce, digest, updates }
    case "gossip":
      return { digest, updates }
    default:
      return unreachable(kind)
  }
}

/** The cheap checks first; the body is looked at when all of them hold. */
function frameProblem(bytes: Uint8Array, label: number): DecodeProblem | undefined {
  if (bytes.length < FRAME_BYTES) return "truncated"
  if (bytes.length > DATAGRAM_BYTES_MAX) return "oversize"
  const first = bytes[0] as number
  if ((first & 0xf0) !== MAGIC) return "foreign"
  if (first !== (MAGIC | VERSION)) return "version"
  if (bytes[1] !== UNSEALED) return "sealed"
  if (get16(bytes, 2) !== (label & 0xffff)) return "label"
  return get16(bytes, 4) === check(bytes, label) ? undefined : "damaged"
}

function decodePacket(bytes: Uint8Array): gossip.Packet | undefined {
  try {
    return gossip.Packet.decode(new WireReader(bytes.subarray(FRAME_BYTES), UPDATES_TAG, DATAGRAM_UPDATES_MAX))
  } catch {
    return undefined
  }
}

function readPacket(body: gossip.Packet | undefined, from: NodeId): Message | undefined {
  const updates = body && readUpdates(body.updates)
  if (body === undefined || updates === undefined) return undefined
  const { digest } = body
  switch (body.kind) {
    case "ping": {
      const target = readId(body.target)
      return target && { kind: "ping", from, digest, updates, nonce: body.ping ?? 0, target }
    }
    case "pingReq": {
      const target = readId(body.target)
      const { timeoutMs } = body
      return (
        target && {
          kind: "pingReq",
          from,
          digest,
          updates,
          nonce: body.pingReq ?? 0,
          target,
          timeoutMs,
        }
      )
    }
    case "ack":
      return { kind: "ack", from, digest, updates, nonce: body.ack ?? 0 }
    case "nack":
      return { kind: "nack", from, digest, updates, nonce: body.nack ?? 0 }
    case undefined:
      return { kind: "gossip", from, digest, updates }
    default:
      return unreachable(body.kind)
  }
}

function check(bytes: Uint8Array, label: number): number {
  return hashBytes(bytes.subarray(SENDER_AT), label) & 0xffff
}

function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value >>> 8) & 255
  bytes[at + 1] = value & 255
}

function get16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}

export { decodeReply, decodeRequest, encodeReply, encodeRequest } from "./wire-stream.ts"
