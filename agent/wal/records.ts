import type { Entry, HardState, SnapshotMeta, Write } from "@conclave/consensus"
import {
  decodeEntry,
  decodeHardState,
  decodeSnapshotMeta,
  encodeEntry,
  encodeHardState,
  encodeSnapshotMeta,
} from "@conclave/consensus/wire"
import { ByteReader, ByteWriter } from "./bytes.ts"

/** What the body of a batch consists of, in order. */
export type LogRecord =
  /** First in a segment: where the log ends before it; a term of 0 is not known. */
  | { readonly kind: "base"; readonly index: number; readonly term: number }
  | { readonly kind: "hardState"; readonly hardState: HardState }
  /** A foreign snapshot: the log begins anew behind it. */
  | { readonly kind: "snapshot"; readonly meta: SnapshotMeta }
  | { readonly kind: "truncate"; readonly from: number }
  | { readonly kind: "entry"; readonly entry: Entry }
  /** Last in a segment: the next one has begun. */
  | { readonly kind: "sealed" }

const TYPES = ["base", "hardState", "snapshot", "truncate", "entry", "sealed"] as const
const HEADER_BYTES = 5
const NO_BYTES = new Uint8Array(0)

/** One write: a snapshot, a cut, entries, hard state, in the order in which they count. */
export function encodeWrite({ snapshot, truncateFrom, entries, hardState }: Write): Uint8Array {
  return encodeRecords([
    ...(snapshot === undefined ? [] : [{ kind: "snapshot" as const, meta: snapshot }]),
    ...(truncateFrom === undefined ? [] : [{ kind: "truncate" as const, from: truncateFrom }]),
    ...entries.map((entry) => ({ kind: "entry" as const, entry })),
    { kind: "hardState", hardState },
  ])
}

export function encodeRecords(records: readonly LogRecord[]): Uint8Array {
  const writer = new ByteWriter()
  for (const record of records) {
    const payload = payloadOf(record)
    writer
      .u8(TYPES.indexOf(record.kind) + 1)
      .u32(payload.length)
      .bytes(payload)
  }
  return writer.finish()
}

/** Their checksum was right, so what does not read was not written by this program, or by a newer one. */
export function readRecords(body: Uint8Array): readonly LogRecord[] | "damaged" | "newer-version" {
  const records: LogRecord[] = []
  const reader = new ByteReader(body)
  while (reader.left >= HEADER_BYTES) {
    const type = reader.u8()
    const payload = reader.bytes(reader.u32())
    if (!reader.ok) return "damaged"
    const record = recordOf(type, payload)
    if (typeof record === "string") return record
    records.push(record)
  }
  return reader.left === 0 ? records : "damaged"
}

function payloadOf(record: LogRecord): Uint8Array {
  switch (record.kind) {
    case "base":
      return new ByteWriter(16).u64(record.index).u64(record.term).finish()
    case "truncate":
      return new ByteWriter(8).u64(record.from).finish()
    case "snapshot":
      return encodeSnapshotMeta(record.meta)
    case "hardState":
      return encodeHardState(record.hardState)
    case "entry":
      return encodeEntry(record.entry)
    case "sealed":
      return NO_BYTES
  }
}

function recordOf(type: number, payload: Uint8Array): LogRecord | "damaged" | "newer-version" {
  const kind = TYPES[type - 1]
  if (kind === undefined) return "newer-version"
  switch (kind) {
    case "base":
      return numbered(payload, (reader) => ({ kind, index: reader.u64(), term: reader.u64() }))
    case "truncate":
      return numbered(payload, (reader) => ({ kind, from: reader.u64() }))
    case "snapshot":
      return decoded(decodeSnapshotMeta(payload), (meta) => ({ kind, meta }))
    case "hardState":
      return decoded(decodeHardState(payload), (hardState) => ({ kind, hardState }))
    case "entry":
      return decoded(decodeEntry(payload), (entry) => ({ kind, entry }))
    case "sealed":
      return { kind }
  }
}

function numbered(payload: Uint8Array, read: (reader: ByteReader) => LogRecord): LogRecord | "damaged" {
  const reader = new ByteReader(payload)
  const record = read(reader)
  return reader.ok && reader.left === 0 ? record : "damaged"
}

function decoded<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: string },
  record: (value: Value) => LogRecord,
): LogRecord | "damaged" | "newer-version" {
  if (result.ok) return record(result.value)
  return result.problem === "entry-kind" ? "newer-version" : "damaged"
}
