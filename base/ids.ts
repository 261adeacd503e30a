import { assert } from "./assert.ts"

/** A type that cannot be confused with another of the same representation. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }

/** Milliseconds on a monotonic clock whose zero means nothing. Never a wall-clock time. */
export type Millis = Brand<number, "Millis">

/** A member's identity: 26 lower-case base32 characters, the first 128 bits of SHA-256 of its public key. */
export type NodeId = Brand<string, "NodeId">

/** A network address as `host:port`, host numeric, IPv6 in brackets. */
export type Addr = Brand<string, "Addr">

/** How often a member has booted, raised and persisted at each start; 1 ≤ generation < 2⁵². */
export type Generation = Brand<number, "Generation">

/** A member's refutation counter within one generation; 0 ≤ incarnation < 2³². */
export type Incarnation = Brand<number, "Incarnation">

export const GENERATION_MAX: number = 2 ** 52 - 1
export const INCARNATION_MAX: number = 2 ** 32 - 1

/** The last character carries three bits: others do not survive the way through 16 bytes. */
const NODE_ID_PATTERN = /^[a-z2-7]{25}[aeimquy4]$/

export function millis(value: number): Millis {
  assert(Number.isFinite(value), "a time is a finite number")
  return value as Millis
}

export function isNodeId(value: string): value is NodeId {
  return NODE_ID_PATTERN.test(value)
}

export function nodeId(value: string): NodeId {
  assert(isNodeId(value), "a node id is 26 base32 characters")
  return value
}

export function addr(value: string): Addr {
  assert(value.lastIndexOf(":") > 0, "an address is host:port")
  return value as Addr
}

export function generation(value: number): Generation {
  assert(Number.isSafeInteger(value) && value >= 1 && value <= GENERATION_MAX, "a generation is in range")
  return value as Generation
}

export function incarnation(value: number): Incarnation {
  assert(Number.isSafeInteger(value) && value >= 0 && value <= INCARNATION_MAX, "an incarnation is in range")
  return value as Incarnation
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
const BASE32_VALUE = new Uint8Array(128).fill(255)
for (let index = 0; index < BASE32.length; index++) BASE32_VALUE[BASE32.charCodeAt(index)] = index

/** RFC 4648 base32, lower case, without padding: 16 bytes give 26 characters. */
export function base32(bytes: Uint8Array): string {
  const codes: number[] = []
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      codes.push(BASE32.charCodeAt((held >>> bits) & 31))
      held &= (1 << bits) - 1
    }
  }
  if (bits > 0) codes.push(BASE32.charCodeAt((held << (5 - bits)) & 31))
  return String.fromCharCode(...codes)
}

/** The 16 bytes behind a node id. */
export function nodeIdBytes(id: NodeId): Uint8Array {
  const bytes = new Uint8Array(16)
  let bits = 0
  let held = 0
  let at = 0
  for (let index = 0; index < id.length && at < 16; index++) {
    held = (held << 5) | (BASE32_VALUE[id.charCodeAt(index)] ?? 0)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >>> bits) & 255
      held &= (1 << bits) - 1
    }
  }
  return bytes
}
