import { type Addr, isNodeId, type NodeId } from "@conclave/base"
import { numericHostPort } from "../../host-port.ts"

/**
 * What a stream opens with, and the one byte that answers it.
 *
 *   magic 4 · version 1 · kind 1 · label 4 · address length 1, address · id length 1, id
 *
 * The first byte is not 0x16, the first byte of a TLS hello, so that TLS can share the port later.
 */
const MAGIC = [0xc7, 0x4e, 0x43, 0x4c] as const
const VERSION = 1
const KINDS = ["request", "watch", "channel"] as const
const FIXED_BYTES = 11
/** Longest opening there is: anything longer is not one. */
const OPENING_BYTES_MAX = FIXED_BYTES + 255 + 1 + 255

export type OpeningKind = (typeof KINDS)[number]

export interface Opening {
  readonly kind: OpeningKind
  /** Hash of the cluster's label. */
  readonly label: number
  /** The address that the dialler advertises. */
  readonly source: Addr
  /** Whom a watch link is meant for; undefined for the others. */
  readonly target: NodeId | undefined
}

/** The byte that answers an opening. */
export const ANSWERS = { welcome: 1, otherMember: 2, otherCluster: 3, otherVersion: 4, busy: 5, removed: 6 } as const

export type OpeningRead =
  | { readonly kind: "opening"; readonly opening: Opening; readonly rest: Uint8Array }
  | { readonly kind: "more" }
  | { readonly kind: "otherVersion" }
  | { readonly kind: "garbage" }

export function encodeOpening(opening: Opening): Uint8Array {
  const encoder = new TextEncoder()
  const source = encoder.encode(opening.source)
  const target = encoder.encode(opening.target ?? "")
  const bytes = new Uint8Array(FIXED_BYTES + source.length + 1 + target.length)
  bytes.set(MAGIC)
  bytes[4] = VERSION
  bytes[5] = KINDS.indexOf(opening.kind) + 1
  new DataView(bytes.buffer).setUint32(6, opening.label)
  bytes[10] = source.length
  bytes.set(source, FIXED_BYTES)
  bytes[FIXED_BYTES + source.length] = target.length
  bytes.set(target, FIXED_BYTES + source.length + 1)
  return bytes
}

/** Reads the start of a stream; "garbage" as soon as a byte cannot be part of an opening. */
export function readOpening(bytes: Uint8Array): OpeningRead {
  for (const [index, expected] of MAGIC.entries()) {
    if (index >= bytes.length) return { kind: "more" }
    if (bytes[index] !== expected) return { kind: "garbage" }
  }
  if (bytes.length > 4 && bytes[4] !== VERSION) return { kind: "otherVersion" }
  const sourceEnd = FIXED_BYTES + (bytes[10] ?? 0)
  const end = sourceEnd + 1 + (bytes[sourceEnd] ?? 0)
  if (bytes.length < FIXED_BYTES || bytes.length <= sourceEnd || bytes.length < end) {
    return bytes.length >= OPENING_BYTES_MAX ? { kind: "garbage" } : { kind: "more" }
  }
  const kind = KINDS[(bytes[5] ?? 0) - 1]
  const source = text(bytes.subarray(FIXED_BYTES, sourceEnd))
  const target = text(bytes.subarray(sourceEnd + 1, end))
  const label = new DataView(bytes.buffer, bytes.byteOffset).getUint32(6)
  const complete = kind === "watch" ? isNodeId(target) : target === ""
  if (kind === undefined || !complete || numericHostPort(source) === undefined) return { kind: "garbage" }
  const opening = { kind, label, source: source as Addr, target: isNodeId(target) ? target : undefined }
  return { kind: "opening", opening, rest: bytes.subarray(end) }
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
