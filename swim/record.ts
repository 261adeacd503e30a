import {
  assert,
  base32,
  GENERATION_MAX,
  type Generation,
  hashBytes,
  type Incarnation,
  type NodeId,
  nodeIdBytes,
} from "@conclave/base"
import protobuf from "protobufjs/minimal.js"
import { gossip } from "#wire/gossip"
import { isNumericAddr } from "./numeric-addr.ts"
import { isSameSeat, readSeat, wireSeat } from "./seat.ts"
import type { MemberRecord } from "./types.ts"
import { TAGS_TAG, WireReader } from "./wire-reader.ts"

/** What an owner says of itself before it is encoded. */
export type RecordFields = Omit<MemberRecord, "bytes" | "hash">

/** So that a record and its envelope fit a datagram, with room for fields to come. */
export const RECORD_BYTES_MAX = 1214
/** Sum of keys and values, in UTF-8. */
export const TAG_BYTES_MAX = 512
export const TAGS_MAX = 64
/** Longest time away that a planned restart may announce: members believe in no longer one. */
export const RESTART_MS_MAX = 3_600_000
export const ZONE_BYTES_MAX = 96
export const VERSION_BYTES_MAX = 32

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
const UINT32_MAX = 2 ** 32 - 1
const NO_TAGS: MemberRecord["tags"] = Object.freeze({})

/**
 * Encodes an own record. Only the owner does: everybody else keeps `bytes` as received. Halves of surrogate pairs
 * become U+FFFD, since UTF-8 has no form for them; everything else must be within its limits.
 */
export function makeRecord(fields: RecordFields): MemberRecord {
  const { health, protocolMin, protocolMax, generation, incarnation } = fields
  const message: gossip.Record.$Properties = {
    id: nodeIdBytes(fields.id),
    name: fields.name,
    addr: fields.addr,
    generation,
    incarnation,
    tags: Object.entries(fields.tags).flat().map(wellFormed),
    zone: wellFormed(fields.zone),
    version: wellFormed(fields.version),
    protocolMin,
    protocolMax,
    health,
    restartingForMs: Math.min(UINT32_MAX, Math.max(0, Math.round(fields.restartingForMs))),
    ...wireSeat(fields.seat),
  }
  const record = readRecord(gossip.Record.encode(message, new protobuf.Writer()).finish())
  assert(record !== undefined, "an own record is within its limits")
  assert(record.id === fields.id, "a node id is the canonical text of its 16 bytes")
  assert(isSameSeat(record.seat, fields.seat), "the ids of a seat are canonical texts of 16 bytes")
  return record
}

/** A record as its owner encoded it, or undefined when it is damaged or over a limit. Copies what it keeps. */
export function readRecord(encoded: Uint8Array): MemberRecord | undefined {
  if (encoded.length > RECORD_BYTES_MAX) return undefined
  const bytes = new Uint8Array(encoded)
  const fields = decodeRecord(bytes)
  if (fields === undefined || !isWithinLimits(fields) || !isNumericAddr(fields.addr)) return undefined
  const tags = readTags(fields.tags)
  const generation = readGeneration(fields.generation)
  const seat = readSeat(fields)
  if (tags === undefined || generation === undefined || seat === "malformed") return undefined
  return {
    id: base32(fields.id) as NodeId,
    name: fields.name,
    addr: fields.addr,
    generation,
    incarnation: fields.incarnation as Incarnation,
    tags,
    zone: fields.zone,
    version: fields.version,
    protocolMin: fields.protocolMin,
    protocolMax: fields.protocolMax,
    health: fields.health,
    restartingForMs: fields.restartingForMs,
    ...(seat === undefined ? {} : { seat }),
    bytes,
    hash: hashBytes(bytes),
  }
}

/**
 * True when `next` says of its member what `held` said, in a higher incarnation of the same boot: it answers an
 * accusation, wherever that may be.
 */
export function isRenewal(held: MemberRecord, next: MemberRecord): boolean {
  return (
    next.generation === held.generation &&
    next.incarnation > held.incarnation &&
    next.name === held.name &&
    next.addr === held.addr &&
    next.zone === held.zone &&
    next.version === held.version &&
    next.health === held.health &&
    next.protocolMin === held.protocolMin &&
    next.protocolMax === held.protocolMax &&
    next.restartingForMs === held.restartingForMs &&
    isSameSeat(held.seat, next.seat) &&
    hasSameTags(held.tags, next.tags)
  )
}

/** What keeps `tags` from being published, in words for people; undefined when nothing does. */
export function tagsProblem(tags: Readonly<Record<string, string>>): string | undefined {
  const texts = Object.entries(tags).flat()
  if (texts.length > 2 * TAGS_MAX) return `at most ${TAGS_MAX} tags, got ${texts.length / 2}`
  const bytes = sumBytes(texts)
  if (bytes > TAG_BYTES_MAX) return `keys and values at most ${TAG_BYTES_MAX} bytes together, got ${bytes}`
  return undefined
}

function decodeRecord(bytes: Uint8Array): gossip.Record | undefined {
  try {
    return gossip.Record.decode(new WireReader(bytes, TAGS_TAG, 2 * TAGS_MAX))
  } catch {
    return undefined
  }
}

function isWithinLimits(fields: gossip.Record): boolean {
  return (
    fields.id.length === 16 &&
    NAME.test(fields.name) &&
    fields.protocolMin >= 1 &&
    fields.protocolMin <= fields.protocolMax &&
    utf8Bytes(fields.zone) <= ZONE_BYTES_MAX &&
    utf8Bytes(fields.version) <= VERSION_BYTES_MAX
  )
}

/** A generation in its range. */
export function readGeneration(value: number | null | undefined): Generation | undefined {
  return value && value <= GENERATION_MAX ? (value as Generation) : undefined
}

function readTags(texts: readonly string[]): MemberRecord["tags"] | undefined {
  if (texts.length === 0) return NO_TAGS
  if (texts.length % 2 !== 0 || sumBytes(texts) > TAG_BYTES_MAX) return undefined
  const entries: [string, string][] = []
  for (let at = 0; at < texts.length; at += 2) entries.push([texts[at] ?? "", texts[at + 1] ?? ""])
  // Not by assignment: a tag may be called __proto__.
  return Object.fromEntries(entries)
}

/** The same keys with the same values. */
export function hasSameTags(held: MemberRecord["tags"], next: MemberRecord["tags"]): boolean {
  const keys = Object.keys(held)
  return keys.length === Object.keys(next).length && keys.every((key) => held[key] === next[key])
}

function sumBytes(texts: readonly string[]): number {
  let bytes = 0
  for (const text of texts) bytes += utf8Bytes(text)
  return bytes
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd")
}

/** Bytes of a text in UTF-8. */
function utf8Bytes(text: string): number {
  return protobuf.util.utf8.length(text)
}
