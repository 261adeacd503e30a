import { base32, type NodeId, nodeIdBytes } from "@conclave/base"
import type { LogIndex, Renewal, RenewalOutcome } from "@conclave/consensus"
import protobuf from "protobufjs/minimal.js"
import { calls } from "#wire/calls"
import { readCall } from "../../streams/call-reader.ts"

const ID_BYTES = 16

/** What became of a renewal, and the revision of the state after it. */
export interface Renewed extends RenewalOutcome {
  readonly rev: number
}

export function encodeRenewal({ host, boot, attempt }: Renewal): Uint8Array {
  return calls.Renewal.encode({ host: nodeIdBytes(host), boot, attempt }, new protobuf.Writer()).finish()
}

/** undefined for what is no renewal. Total, as all that reads here. */
export function decodeRenewal(bytes: Uint8Array): Renewal | undefined {
  return readCall(bytes, calls.Renewal, ({ host, boot, attempt }) => ({
    host: hostOf(host),
    boot: boot ?? 0,
    attempt: attempt ?? 0,
  }))
}

export function encodeRenewed(renewed: Renewed): Uint8Array {
  const wire = { ...wireRenewalOutcome(renewed), rev: renewed.rev }
  return calls.RenewalOutcome.encode(wire, new protobuf.Writer()).finish()
}

export function decodeRenewed(bytes: Uint8Array): Renewed | undefined {
  return readCall(bytes, calls.RenewalOutcome, (wire) => ({ ...readRenewalOutcome(wire), rev: wire.rev ?? 0 }))
}

export function wireRenewalOutcome(outcome: RenewalOutcome): calls.RenewalOutcome.$Properties {
  const { host, attempt, timeMs, isCurrent } = outcome
  return { host: nodeIdBytes(host), attempt, timeMs, isCurrent }
}

/** Throws for what is none, as the readers of protobuf do. */
export function readRenewalOutcome(wire: calls.RenewalOutcome.$Properties): RenewalOutcome {
  const timeMs = wireTimeMs(wire.timeMs)
  return { host: hostOf(wire.host), attempt: wire.attempt ?? 0, timeMs, isCurrent: wire.isCurrent ?? false }
}

/** What was not said may be anything: as late as can be. */
export function wireTimeMs(timeMs: number | null | undefined): number {
  return timeMs ?? Number.MAX_SAFE_INTEGER
}

export function encodeReadIndex(index: LogIndex): Uint8Array {
  return calls.ReadIndex.encode({ index }, new protobuf.Writer()).finish()
}

export function decodeReadIndex(bytes: Uint8Array): LogIndex | undefined {
  return readCall(bytes, calls.ReadIndex, ({ index }) => (index ? (index as LogIndex) : undefined))
}

function hostOf(bytes: Uint8Array | null | undefined): NodeId {
  if (bytes?.length !== ID_BYTES) throw new RangeError("an id has 16 bytes")
  return base32(bytes) as NodeId
}
