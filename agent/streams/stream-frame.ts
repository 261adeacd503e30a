/**
 * What agents say to each other on a channel, beside Raft's own messages, which have a frame of their own
 * (`consensus/wire.ts`) and begin with 0x52. The first byte is the kind:
 *
 *   1 ping, 2 pong     number 4
 *   3 hello            version 1 · purpose 1 · cluster, from, to: each length 1 and text
 *   4 refusal          text
 *   5 call             number 4 · left ms 4 · what 1 · body
 *   6 answer           number 4 · how 1 · body
 *   7 chunk            body; 8 end; 9 taken
 *   10 twice           the acceptor's word to a replica: another process speaks for it, too
 */
export type StreamFrame =
  | { readonly kind: "ping" | "pong"; readonly number: number }
  | Hello
  /** The acceptor's last word: why it will not. */
  | { readonly kind: "refusal"; readonly reason: string }
  | {
      readonly kind: "call"
      readonly number: number
      /** How long the caller still waits. */
      readonly leftMs: number
      readonly what: number
      readonly body: Uint8Array
    }
  | { readonly kind: "answer"; readonly number: number; readonly how: number; readonly body: Uint8Array }
  | { readonly kind: "chunk"; readonly body: Uint8Array }
  | { readonly kind: "end" | "taken" | "twice" }
  /** A message of Raft, still in its own frame. */
  | { readonly kind: "raft"; readonly body: Uint8Array }

/** The dialler's first word: what for, and who it thinks speaks to whom. */
export interface Hello {
  readonly kind: "hello"
  readonly version: number
  readonly purpose: Purpose
  /** Empty = the dialler belongs to none yet. */
  readonly cluster: string
  readonly from: string
  readonly to: string
}

const PURPOSES = ["replica", "snapshot", "calls", "mirror", "reign", "keys", "founding"] as const
export type Purpose = (typeof PURPOSES)[number]

export const STREAM_VERSION = 1
const RAFT = 0x52
const PING = 1
const PONG = 2
const HELLO = 3
const REFUSAL = 4
const CALL = 5
const ANSWER = 6
const CHUNK = 7
const END = 8
const TAKEN = 9
const TWICE = 10
const REASON_BYTES_MAX = 512

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function encodeFrame(frame: StreamFrame): Uint8Array {
  switch (frame.kind) {
    case "ping":
      return numbered(PING, frame.number, 5)
    case "pong":
      return numbered(PONG, frame.number, 5)
    case "hello":
      return helloBytes(frame)
    case "refusal":
      return joined([REFUSAL], encoder.encode(frame.reason).subarray(0, REASON_BYTES_MAX))
    case "call": {
      const { number, leftMs, what, body } = frame
      const bytes = numbered(CALL, number, 10 + body.length)
      setUint32(bytes, 5, Math.min(0xffffffff, Math.max(0, Math.round(leftMs))))
      bytes[9] = what
      bytes.set(body, 10)
      return bytes
    }
    case "answer": {
      const { number, how, body } = frame
      const bytes = numbered(ANSWER, number, 6 + body.length)
      bytes[5] = how
      bytes.set(body, 6)
      return bytes
    }
    case "chunk":
      return joined([CHUNK], frame.body)
    case "end":
      return Uint8Array.of(END)
    case "taken":
      return Uint8Array.of(TAKEN)
    case "twice":
      return Uint8Array.of(TWICE)
    case "raft":
      return frame.body
  }
}

/** undefined for what no agent says. Total, whatever the bytes. */
export function decodeFrame(bytes: Uint8Array): StreamFrame | undefined {
  if (bytes[0] === RAFT) return { kind: "raft", body: bytes }
  const number = bytes.length >= 5 ? uint32At(bytes, 1) : 0
  switch (bytes[0]) {
    case PING:
      return bytes.length === 5 ? { kind: "ping", number } : undefined
    case PONG:
      return bytes.length === 5 ? { kind: "pong", number } : undefined
    case HELLO:
      return readHello(bytes)
    case REFUSAL:
      return { kind: "refusal", reason: decoder.decode(bytes.subarray(1, 1 + REASON_BYTES_MAX)) }
    case CALL: {
      if (bytes.length < 10) return undefined
      const leftMs = uint32At(bytes, 5)
      return { kind: "call", number, leftMs, what: bytes[9] as number, body: bytes.subarray(10) }
    }
    case ANSWER:
      if (bytes.length < 6) return undefined
      return { kind: "answer", number, how: bytes[5] as number, body: bytes.subarray(6) }
    case CHUNK:
      return bytes.length > 1 ? { kind: "chunk", body: bytes.subarray(1) } : undefined
    case END:
      return bytes.length === 1 ? { kind: "end" } : undefined
    case TAKEN:
      return bytes.length === 1 ? { kind: "taken" } : undefined
    case TWICE:
      return bytes.length === 1 ? { kind: "twice" } : undefined
    default:
      return undefined
  }
}

function helloBytes({ version, purpose, cluster, from, to }: Hello): Uint8Array {
  const texts = [cluster, from, to].map((text) => {
    const bytes = encoder.encode(text).subarray(0, 255)
    return joined([bytes.length], bytes)
  })
  return joined([HELLO, version, PURPOSES.indexOf(purpose) + 1], joined(...texts))
}

function readHello(bytes: Uint8Array): Hello | undefined {
  const purpose = PURPOSES[(bytes[2] ?? 0) - 1]
  const texts: string[] = []
  let at = 3
  while (texts.length < 3) {
    const end = at + 1 + (bytes[at] ?? 0)
    if (at >= bytes.length || end > bytes.length) return undefined
    texts.push(decoder.decode(bytes.subarray(at + 1, end)))
    at = end
  }
  // What a later version adds at the end is not for us.
  const [cluster = "", from = "", to = ""] = texts
  return purpose && { kind: "hello", version: bytes[1] as number, purpose, cluster, from, to }
}

function numbered(kind: number, number: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  bytes[0] = kind
  setUint32(bytes, 1, number)
  return bytes
}

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** By hand, since a `DataView` for one number costs more than the number. */
function setUint32(bytes: Uint8Array, at: number, value: number): void {
  for (let byte = 0; byte < 4; byte++) bytes[at + byte] = value >>> (24 - 8 * byte)
}

function uint32At(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let byte = 0; byte < 4; byte++) value = value * 256 + (bytes[at + byte] as number)
  return value
}
