import { isZero } from "./bytes.ts"
import type { Files } from "./files.ts"
import {
  bodyOf,
  FRAME_HEADER_BYTES,
  frameBytes,
  hasLaterFrame,
  isTornFrame,
  isTornHeader,
  isWhole,
  readFrameHeader,
} from "./frame.ts"
import { SEGMENT_HEADER_BYTES, type SegmentHeader } from "./segment-header.ts"

export interface Batch {
  readonly body: Uint8Array
  /** What the next batch names as its chain. */
  readonly check: number
}

export interface Scan {
  readonly batches: readonly Batch[]
  /**
   * `end`: nothing but zeros behind the last batch; `torn`: a crash left a part of one that nobody was told of;
   * `damaged`: neither.
   */
  readonly ends: "end" | "torn" | "damaged"
  /** Where, in bytes. */
  readonly at: number
}

/**
 * The batches of a segment, front to back, as far as they are whole. See `frame.ts` for how a crash is told from
 * damage.
 */
export function scanSegment(bytes: Uint8Array, header: SegmentHeader, crc32: Files["crc32"]): Scan {
  const { fileId } = header
  const batches: Batch[] = []
  let at = SEGMENT_HEADER_BYTES
  let chain = header.chain
  for (;;) {
    const done = (ends: Scan["ends"]): Scan => ({ batches, ends, at })
    const rest = bytes.subarray(at)
    const batch = batches.length + 1
    const torn = (): Scan => done(hasLaterFrame(bytes, at, batch, { fileId, crc32 }) ? "damaged" : "torn")
    if (rest.length < FRAME_HEADER_BYTES) return done(isZero(rest) ? "end" : "damaged")
    const frameHeader = readFrameHeader(rest, { fileId, at }, crc32)
    if (frameHeader === undefined) {
      if (isZero(rest)) return done("end")
      return isTornHeader(rest, at) ? torn() : done("damaged")
    }
    if (frameHeader.batch !== batch || frameHeader.chain !== chain) return done("damaged")
    const length = frameBytes(frameHeader.bodyBytes)
    const frame = rest.subarray(0, length)
    if (!isWhole(frame, frameHeader, crc32)) {
      return frame.length === length && isTornFrame(frame, frameHeader, at) ? torn() : done("damaged")
    }
    batches.push({ body: bodyOf(frame, frameHeader), check: frameHeader.check })
    chain = frameHeader.check
    at += length
  }
}
