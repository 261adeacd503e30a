import { base32, type NodeId, nodeIdBytes } from "@conclave/base"
import type { machine } from "#wire/machine"
import type { HoldKind, Liveness, Request, RestoreId, Revoking, SessionId } from "./types.ts"
import { UnknownField } from "./wire-reader.ts"

/** By number, from 1. */
export const HOLD_KINDS: readonly HoldKind[] = ["lock", "election", "semaphore", "group", "work", "barrier"]
export const LIVENESS: readonly Liveness[] = ["heartbeat", "connection"]

/** An id of a host, a session or a restore from its 16 bytes. */
export function idOf<Id extends NodeId | SessionId | RestoreId>(bytes: Uint8Array | null | undefined): Id {
  if (bytes?.length !== 16) throw new RangeError("an id has 16 bytes")
  const slot = ((bytes[0] as number) ^ (bytes[15] as number)) & (SLOTS - 1)
  const known = TEXTS[slot]
  if (known !== undefined && isSame(known.bytes, bytes)) return known.id as Id
  const id = base32(bytes) as Id
  TEXTS[slot] = { bytes: new Uint8Array(bytes), id }
  return id
}

/** Not to be changed. */
export function idBytes(id: NodeId | SessionId | RestoreId): Uint8Array {
  const slot = (id.charCodeAt(1) * 31 + id.charCodeAt(2)) & (SLOTS - 1)
  const known = BYTES[slot]
  if (known !== undefined && known.id === id) return known.bytes
  const bytes = nodeIdBytes(id as NodeId)
  BYTES[slot] = { bytes, id }
  return bytes
}

/**
 * Few sessions ask for much, and a text for their id must be made, be hashed and be compared each time: those of late
 * are kept, each at its place, both ways.
 */
const SLOTS = 256
interface Known {
  readonly bytes: Uint8Array
  readonly id: string
}
const TEXTS: (Known | undefined)[] = new Array(SLOTS).fill(undefined)
const BYTES: (Known | undefined)[] = new Array(SLOTS).fill(undefined)

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let at = 0; at < 16; at++) if (a[at] !== b[at]) return false
  return true
}

export function hashOf(bytes: Uint8Array | null | undefined): Uint8Array {
  if (bytes?.length !== 32) throw new RangeError("a hash of a secret has 32 bytes")
  return new Uint8Array(bytes)
}

/** The word with a number, from 1; a number without a word comes from a newer program. */
export function wordOf<Word>(words: readonly Word[], number: number | null | undefined): Word {
  const word = words[(number ?? 0) - 1]
  if (word === undefined) throw new UnknownField("a number has no word")
  return word
}

export function wireRequest({ session, seq, floor }: Request): machine.Request.$Properties {
  return { session: idBytes(session), seq, floor }
}

/** Requests count from 1. */
export function readRequest(wire: machine.Request.$Properties | null | undefined): Request {
  const seq = wire?.seq ?? 0
  if (seq < 1) throw new RangeError("a request has a number")
  return { session: idOf(wire?.session), seq, floor: wire?.floor ?? 0 }
}

export function wireRevoking(revoking: Revoking | undefined): machine.Revoking.$Properties | null {
  return revoking === undefined ? null : { ...revoking, untilMs: revoking.untilMs ?? null }
}

export function readRevoking(wire: machine.Revoking.$Properties | null | undefined): Revoking | undefined {
  if (!wire) return undefined
  return { by: wire.by ?? "", reason: wire.reason ?? "", untilMs: wire.untilMs ?? undefined }
}

/** Without one it is nobody's. */
export function readOwn(wire: machine.Request.$Properties | null | undefined): Request | undefined {
  return wire ? readRequest(wire) : undefined
}
