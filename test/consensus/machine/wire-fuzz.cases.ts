import { deepStrictEqual } from "node:assert/strict"
import { ChunkWriter, decodeCommand, encodeCommand, recordsOf } from "@conclave/consensus"
import { decodeRecord, encodeRecord } from "@conclave/consensus/machine/wire-record"
import fc from "fast-check"
import { test } from "tap"
import { again, fuzz } from "../../fuzz.ts"
import { EVERY_COMMAND } from "./every-command.ts"
import { EVERY_RECORD } from "./every-record.ts"
import { anyCommand } from "./history.ts"
import { EVERY_WORK_COMMAND, EVERY_WORK_RECORD } from "./work/every-work.ts"

const RECORDS = [...EVERY_RECORD, ...EVERY_WORK_RECORD].map(encodeRecord)

test("no bytes make the decoder of commands throw, and what is understood can be said again", (t) => {
  const sent = fc.sample(anyCommand, { numRuns: 200, seed: 1 })
  const corpus = [...EVERY_COMMAND, ...EVERY_WORK_COMMAND, ...sent].map(encodeCommand)
  const problems = new Set<string>()
  const decode = (bytes: Uint8Array) => {
    const decoded = decodeCommand(bytes)
    if (decoded.ok) return decoded.command
    problems.add(decoded.problem)
    return undefined
  }
  fuzz(t, 201, { corpus, decode: again(decode, encodeCommand) })
  t.same([...problems].sort(), ["malformed", "unknown"])
  t.end()
})

test("no bytes make the decoder of records throw, and what is understood can be said again", (t) => {
  const problems = new Set<string>()
  const decode = (bytes: Uint8Array) => {
    const record = decodeRecord(bytes)
    if (typeof record !== "string") return record
    problems.add(record)
    return undefined
  }
  fuzz(t, 202, { corpus: RECORDS, decode: again(decode, encodeRecord) })
  t.same([...problems].sort(), ["malformed", "unknown"])
  t.end()
})

test("a chunk is understood where it is records to its last byte", (t) => {
  const corpus = [1, 2, 5, 9].map((count) => chunkOf(RECORDS.slice(count, 2 * count)))
  const decode = (bytes: Uint8Array): boolean => {
    const records = recordsOf(bytes)
    if (records !== undefined) deepStrictEqual(chunkOf(records), bytes)
    return records !== undefined
  }
  fuzz(t, 203, { corpus, decode })
  t.end()
})

function chunkOf(records: readonly Uint8Array[]): Uint8Array {
  const writer = new ChunkWriter(Number.POSITIVE_INFINITY)
  for (const each of records) writer.add(each)
  return writer.take() ?? new Uint8Array(0)
}
