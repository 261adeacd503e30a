import { assert, type NodeId, nodeIdBytes, unreachable } from "@conclave/base"
import protobuf from "protobufjs/minimal.js"
import { gossip } from "#wire/gossip"
import type { Message } from "./types.ts"
import { UPDATES_TAG, WireReader } from "./wire-reader.ts"
import { readId, readUpdates, wireUpdate } from "./wire-update.ts"

export const DATAGRAM_UPDATES_MAX = 64

/** The body of a datagram, with so many bytes of room before and after it for whatever frames it. */
export function encodePacket(message: Message, before: number, after: number): Uint8Array {
  assert(message.updates.length <= DATAGRAM_UPDATES_MAX, "a datagram has at most 64 updates")
  const writer = gossip.Packet.encode(packet(message), new protobuf.Writer())
  const bytes = new Uint8Array(before + writer.pos + after)
  writer.finishInto(bytes, before)
  return bytes
}

/** What a body says, or undefined where it breaks a rule. Total; the result holds on to none of the bytes. */
export function decodePacket(body: Uint8Array, from: NodeId): Message | undefined {
  return readPacket(packetOf(body), from)
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

function packetOf(body: Uint8Array): gossip.Packet | undefined {
  try {
    return gossip.Packet.decode(new WireReader(body, UPDATES_TAG, DATAGRAM_UPDATES_MAX))
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
