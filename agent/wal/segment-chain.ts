import type { NodeId } from "@conclave/base"
import type { ReplicaIdentity } from "../log-store.ts"
import { Contents } from "./contents.ts"
import type { Files } from "./files.ts"
import { readRecords } from "./records.ts"
import { Refusal } from "./refusal.ts"
import { type Scan, scanSegment } from "./scan.ts"
import { type SegmentEnd, segmentName, segmentOf } from "./segment.ts"
import { readHeader, SEGMENT_HEADER_BYTES, type SegmentHeader } from "./segment-header.ts"

/** The segments of a log, read. */
export interface SegmentChain {
  readonly identity: ReplicaIdentity
  readonly contents: Contents
  /** All but the last, in order. */
  readonly earlier: readonly { readonly number: number; readonly base: number }[]
  readonly last: SegmentHeader
  /** Where the last one ends. */
  readonly end: SegmentEnd
  /** Files that are not needed: a crash came before they were deleted. */
  readonly leftovers: readonly string[]
  readonly remarks: readonly string[]
}

/**
 * Reads all segments; undefined when there is none. `owner` undefined: whose they are does not matter. Throws
 * `Refusal`, or what the system says.
 */
export function readSegments(files: Files, owner: NodeId | undefined): SegmentChain | undefined {
  const headers = files
    .list()
    .map(segmentOf)
    .filter((each) => each !== undefined)
    .sort((a, b) => a - b)
    .map((each) => headerOf(files, each))
  const newest = headers.at(-1)
  if (newest === undefined) return undefined
  const identity = { cluster: newest.cluster, replica: newest.replica }
  refuseForeign(files, headers, newest, owner)
  const chain = contiguous(headers)
  const leftovers = headers.filter((each) => !chain.includes(each)).map((each) => segmentName(each.segment))
  try {
    return { identity, ...readChain(files, chain), last: newest, leftovers }
  } catch (cause) {
    throw cause instanceof Refusal ? new Refusal(cause.reason, cause.message, identity) : cause
  }
}

function headerOf(files: Files, segment: number): SegmentHeader {
  const name = segmentName(segment)
  const file = files.open(name)
  try {
    const header = readHeader(file.read(0, SEGMENT_HEADER_BYTES), files.crc32)
    if (header === "newer-version") throw new Refusal(header, `${name} was written by a newer program`)
    if (header === "damaged" || header.segment !== segment) {
      throw new Refusal("damaged", `${name} does not begin as a segment of the log does`)
    }
    return header
  } finally {
    file.close()
  }
}

function refuseForeign(
  files: Files,
  headers: readonly SegmentHeader[],
  newest: SegmentHeader,
  owner: NodeId | undefined,
): void {
  const { cluster, replica } = newest
  const stranger = headers.find((each) => each.replica !== replica || each.cluster !== cluster)
  if (stranger !== undefined) {
    const names = `${segmentName(stranger.segment)} and ${segmentName(newest.segment)}`
    throw new Refusal("damaged", `${names} belong to two replicas`, { cluster, replica })
  }
  if (owner !== undefined && newest.owner !== owner) {
    throw new Refusal("copy", `the log belongs to the agent ${newest.owner}, and this is ${owner}`, {
      cluster,
      replica,
    })
  }
  const inode = files.inode()
  if (inode !== undefined && newest.inode !== "" && inode !== newest.inode) {
    const message = `the log was written in another directory (inode ${newest.inode}, now ${inode}): this is a copy of it`
    throw new Refusal("data-directory-moved", message, { cluster, replica })
  }
}

/** From the newest back, without those that were rewritten, as far as none is missing. */
function contiguous(headers: readonly SegmentHeader[]): readonly SegmentHeader[] {
  const chain: SegmentHeader[] = []
  for (const header of headers.toReversed()) {
    const next = chain[0]
    if (next !== undefined && header.segment >= next.replaces) continue
    if (next !== undefined && header.segment !== next.replaces - 1) break
    chain.unshift(header)
  }
  return chain
}

function readChain(
  files: Files,
  chain: readonly SegmentHeader[],
): Pick<SegmentChain, "contents" | "earlier" | "end" | "remarks"> {
  const contents = new Contents()
  const earlier: { number: number; base: number }[] = []
  const remarks: string[] = []
  let end: SegmentEnd = { base: 0, at: 0, batches: 0, chain: 0 }
  for (const [place, header] of chain.entries()) {
    const name = segmentName(header.segment)
    const scan = scanSegment(readWhole(files, name), header, files.crc32)
    const next = chain[place + 1]
    // What was acknowledged ends with what the next one names; behind it stands a seal, or what a crash left of one.
    if (next === undefined) refuseDamage(name, scan)
    const { base, check } = take(contents, header, scan)
    if (next === undefined) {
      end = { base, at: scan.at, batches: scan.batches.length, chain: check }
      if (contents.isSealed) throw new Refusal("damaged", `the segment behind ${name} is missing`)
      if (scan.ends === "torn") remarks.push(`cut what a crash left of a batch at the end of ${name} (byte ${scan.at})`)
    } else {
      if (next.chain !== check) throw new Refusal("damaged", `${name} is damaged near byte ${scan.at}`)
      earlier.push({ number: header.segment, base })
    }
  }
  return { contents, earlier, end, remarks }
}

function readWhole(files: Files, name: string): Uint8Array {
  const file = files.open(name)
  try {
    return file.read(0, file.size())
  } finally {
    file.close()
  }
}

function refuseDamage(name: string, { ends, batches, at }: Scan): void {
  // A segment has its name once its head is durable.
  if (ends === "damaged" || batches.length === 0) throw new Refusal("damaged", `${name} is damaged at byte ${at}`)
}

/** What the segment adds; `check` is that of its last batch, the seal left aside. */
function take(contents: Contents, header: SegmentHeader, scan: Scan): { base: number; check: number } {
  const name = segmentName(header.segment)
  let check = header.chain
  let base = 0
  for (const [place, batch] of scan.batches.entries()) {
    const records = readRecords(batch.body)
    if (records === "newer-version") throw new Refusal(records, `${name} has records of a newer program`)
    if (records === "damaged") throw new Refusal("damaged", `${name} has a batch that does not read`)
    const problem = contents.take(records)
    if (problem !== undefined) throw new Refusal("damaged", `${name}: ${problem}`)
    if (place === 0) base = contents.tailBase
    if (!contents.isSealed) check = batch.check
  }
  return { base, check }
}
