import type { LogEntry } from "@conclave/consensus"

/**
 * What a relay tells a mirror, in the bodies of chunks: 1 the state as of an entry begins, 2 some of its records, 3 it
 * is whole, 4 entries that follow, 5 how old all that was told may be.
 */
export type MirrorFrame =
  | { readonly kind: "begin"; readonly index: number }
  | { readonly kind: "records"; readonly chunk: Uint8Array }
  | { readonly kind: "whole" }
  | { readonly kind: "entries"; readonly entries: readonly LogEntry[] }
  /** The relay has told all that it has, and was told of all that the group had agreed on no longer ago than this. */
  | { readonly kind: "pulse"; readonly ageMs: number }

/**
 * What a mirror says first: the last entry that it has, 0 = none, and how often the group had been recovered or
 * restored by then. Entries may be lost by a recovery, and others have come to their places since.
 */
export interface MirrorWish {
  readonly index: number
  readonly epoch: number
}

const BEGIN = 1
const RECORDS = 2
const WHOLE = 3
const ENTRIES = 4
const PULSE = 5
const NUMBER_BYTES = 8
const NONE = 0xffffffff

export function encodeMirrorWish({ index, epoch }: MirrorWish): Uint8Array {
  const bytes = new Uint8Array(2 * NUMBER_BYTES)
  bytes.set(numberBytes(index))
  bytes.set(numberBytes(epoch), NUMBER_BYTES)
  return bytes
}

/** undefined for what is none. */
export function decodeMirrorWish(bytes: Uint8Array): MirrorWish | undefined {
  const index = readNumber(bytes.subarray(0, NUMBER_BYTES))
  const epoch = readNumber(bytes.subarray(NUMBER_BYTES))
  return index === undefined || epoch === undefined ? undefined : { index, epoch }
}

export function encodeMirror(frame: MirrorFrame): Uint8Array {
  switch (frame.kind) {
    case "begin":
      return tagged(BEGIN, [numberBytes(frame.index)])
    case "records":
      return tagged(RECORDS, [frame.chunk])
    case "whole":
      return tagged(WHOLE, [])
    case "entries":
      return tagged(ENTRIES, frame.entries.flatMap(entryParts))
    case "pulse":
      return tagged(PULSE, [numberBytes(Math.min(Math.ceil(frame.ageMs), Number.MAX_SAFE_INTEGER))])
  }
}

/** undefined for what no relay says. Total, whatever the bytes. */
export function decodeMirror(bytes: Uint8Array): MirrorFrame | undefined {
  const body = bytes.subarray(1)
  switch (bytes[0]) {
    case BEGIN: {
      const index = readNumber(body)
      return index === undefined ? undefined : { kind: "begin", index }
    }
    case RECORDS:
      return { kind: "records", chunk: body }
    case WHOLE:
      return { kind: "whole" }
    case ENTRIES: {
      const entries = readEntries(body)
      return entries === undefined ? undefined : { kind: "entries", entries }
    }
    case PULSE: {
      const ageMs = readNumber(body)
      return ageMs === undefined ? undefined : { kind: "pulse", ageMs }
    }
    default:
      return undefined
  }
}

function numberBytes(number: number): Uint8Array {
  const bytes = new Uint8Array(NUMBER_BYTES)
  new DataView(bytes.buffer).setFloat64(0, number)
  return bytes
}

function readNumber(bytes: Uint8Array): number | undefined {
  if (bytes.length !== NUMBER_BYTES) return undefined
  const number = viewOf(bytes).getFloat64(0)
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

/** Index 8 · stamp 8 · length 4 (all ones = no command) · command. */
function entryParts({ index, stampMs, data }: LogEntry): readonly Uint8Array[] {
  const head = new Uint8Array(2 * NUMBER_BYTES + 4)
  const view = new DataView(head.buffer)
  view.setFloat64(0, index)
  view.setFloat64(NUMBER_BYTES, stampMs)
  view.setUint32(2 * NUMBER_BYTES, data?.length ?? NONE)
  return data === undefined ? [head] : [head, data]
}

function readEntries(bytes: Uint8Array): readonly LogEntry[] | undefined {
  const view = viewOf(bytes)
  const entries: LogEntry[] = []
  let at = 0
  while (at < bytes.length) {
    const dataAt = at + 2 * NUMBER_BYTES + 4
    if (dataAt > bytes.length) return undefined
    const index = view.getFloat64(at)
    const stampMs = view.getFloat64(at + NUMBER_BYTES)
    const length = view.getUint32(at + 2 * NUMBER_BYTES)
    const end = dataAt + (length === NONE ? 0 : length)
    if (end > bytes.length || !Number.isSafeInteger(index) || !Number.isSafeInteger(stampMs)) return undefined
    entries.push({ index, stampMs, data: length === NONE ? undefined : bytes.subarray(dataAt, end) })
    at = end
  }
  return entries
}

function tagged(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  let length = 1
  for (const part of parts) length += part.length
  const bytes = new Uint8Array(length)
  bytes[0] = tag
  let at = 1
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
