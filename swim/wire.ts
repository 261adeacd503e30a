import { base32, hashBytes, type NodeId, nodeIdBytes } from "@conclave/base"
import type { Message } from "./types.ts"
import { decodePacket, encodePacket } from "./wire-packet.ts"

/** The largest payload of an Ethernet frame without fragments; we send less. */
export const DATAGRAM_BYTES_MAX = 1472

/**
 * The frame of an unsealed datagram: 0 magic and version, 1 key id (0 = unsealed), 2–3 label tag, 4–5 check, 6–21
 * sender, then the body. Label tag and check share 32 bits: the tag is the low half of the label's hash and says that
 * another cluster speaks; the check is 16 bits over sender and body, seeded with the whole hash. So a stranger's
 * datagram passes once in 2³², and one that was damaged behind the UDP checksum once in 2¹⁶. A sealed datagram begins
 * with the same four bytes; the rest of its frame belongs to whoever has the keys.
 */
const FRAME_BYTES = 22
const HEAD_BYTES = 4
/** High half: ours, and never 0x16, so that DTLS could share the port. Low half: version of the frame. */
const MAGIC = 0xc0
const VERSION = 1
const UNSEALED = 0
const SENDER_AT = 6

/**
 * Why bytes are no message:
 * - `truncated`, `oversize`: shorter than a frame, longer than we ever send;
 * - `foreign`: not our protocol; `version`: a later version of it; `sealed`: encrypted, and not to be read so;
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
  const bytes = encodePacket(message, FRAME_BYTES, 0)
  beginFrame(bytes, UNSEALED, label)
  bytes.set(nodeIdBytes(message.from), SENDER_AT)
  put16(bytes, 4, check(bytes, label))
  return bytes
}

/** What a datagram says. Total: never throws, whatever the bytes. The result holds on to none of them. */
export function decodeMessage(bytes: Uint8Array, label: number): Decoded {
  const problem = openProblem(bytes, label)
  if (problem !== undefined) return { ok: false, problem }
  const from = base32(bytes.subarray(SENDER_AT, FRAME_BYTES)) as NodeId
  const message = decodePacket(bytes.subarray(FRAME_BYTES), from)
  return message === undefined ? { ok: false, problem: "malformed" } : { ok: true, message }
}

/** The first four bytes of any datagram of ours. */
export function beginFrame(bytes: Uint8Array, keyId: number, label: number): void {
  bytes[0] = MAGIC | VERSION
  bytes[1] = keyId
  put16(bytes, 2, label)
}

/** What is wrong with these four bytes, or with the length; the key id is the caller's to judge. */
export function frameProblem(bytes: Uint8Array, label: number, bytesMin: number): DecodeProblem | undefined {
  if (bytes.length < Math.max(HEAD_BYTES, bytesMin)) return "truncated"
  if (bytes.length > DATAGRAM_BYTES_MAX) return "oversize"
  const first = bytes[0] as number
  if ((first & 0xf0) !== MAGIC) return "foreign"
  if (first !== (MAGIC | VERSION)) return "version"
  return get16(bytes, 2) === (label & 0xffff) ? undefined : "label"
}

/** The cheap checks first; the body is looked at when all of them hold. */
function openProblem(bytes: Uint8Array, label: number): DecodeProblem | undefined {
  const problem = frameProblem(bytes, label, FRAME_BYTES)
  if (problem !== undefined) return problem
  if (isSealed(bytes)) return "sealed"
  return get16(bytes, 4) === check(bytes, label) ? undefined : "damaged"
}

/** Whether a datagram says of itself that it is sealed. */
export function isSealed(bytes: Uint8Array): boolean {
  return bytes.length > 1 && bytes[1] !== UNSEALED
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

export { DATAGRAM_UPDATES_MAX, decodePacket, encodePacket } from "./wire-packet.ts"
export { decodeReply, decodeRequest, encodeReply, encodeRequest } from "./wire-stream.ts"
