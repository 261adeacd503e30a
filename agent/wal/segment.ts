import { assert } from "@conclave/base"
import { isZero } from "./bytes.ts"
import type { Files, LogFile } from "./files.ts"
import { encodeFrame, FRAME_HEADER_BYTES, frameBytes } from "./frame.ts"
import { encodeRecords } from "./records.ts"
import { encodeHeader, SEGMENT_HEADER_BYTES, type SegmentHeader } from "./segment-header.ts"

/** Not yet what its name will say: whatever bears it when a log is opened is of no use. */
export const TEMPORARY = ".tmp"
const NAME = /^wal-([0-9a-f]{14})\.log$/
const SEAL = encodeRecords([{ kind: "sealed" }])
const SEAL_BYTES = frameBytes(SEAL.length)

export function segmentName(segment: number): string {
  return `wal-${segment.toString(16).padStart(14, "0")}.log`
}

/** Its number; undefined when it is no segment. */
export function segmentOf(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1]
  return digits === undefined ? undefined : Number.parseInt(digits, 16)
}

/** What a segment must have to begin with a head and go on with a batch of so many bytes. */
export function segmentBytesFor(headBytes: number, bodyBytes: number): number {
  return SEGMENT_HEADER_BYTES + frameBytes(headBytes) + frameBytes(bodyBytes) + SEAL_BYTES
}

/** Where a segment ends that was read. */
export interface SegmentEnd {
  /** The index of the entry before it. */
  readonly base: number
  /** Behind its last batch, in bytes. */
  readonly at: number
  readonly batches: number
  /** The check of the last batch. */
  readonly chain: number
}

/** The segment that is written to. */
export class Segment {
  readonly number: number
  /** The index of the entry before it. */
  readonly base: number
  readonly #files: Files
  readonly #file: LogFile
  readonly #fileId: Uint8Array
  readonly #size: number
  #at = SEGMENT_HEADER_BYTES
  #batch = 1
  #chain: number

  private constructor(files: Files, file: LogFile, header: SegmentHeader, base: number) {
    this.#files = files
    this.#file = file
    this.#fileId = header.fileId
    this.#size = file.size()
    this.#chain = header.chain
    this.number = header.segment
    this.base = base
  }

  /**
   * In a file full of zeros. Header and head are durable before the file gets its name, so whatever bears the name of a
   * segment is one.
   */
  static begin(
    files: Files,
    fresh: { readonly file: LogFile; readonly name: string },
    header: SegmentHeader,
    head: { readonly base: number; readonly body: Uint8Array },
  ): Segment {
    const segment = new Segment(files, fresh.file, header, head.base)
    fresh.file.write(0, encodeHeader(header, files.crc32))
    segment.#write([head.body])
    fresh.file.sync()
    files.rename(fresh.name, segmentName(header.segment))
    files.sync()
    return segment
  }

  /**
   * Goes on behind the last batch of a segment that is there. That its bytes read right does not prove that they are
   * durable: each is written again, as it is, so whatever a crash leaves of that reads as before. What is left of a
   * batch behind them goes first, and remains what a crash leaves of one until nothing of it is there: see
   * `isTornHeader`.
   */
  static resume(files: Files, header: SegmentHeader, { base, at, batches, chain }: SegmentEnd): Segment {
    const file = files.edit(segmentName(header.segment))
    try {
      const segment = new Segment(files, file, header, base)
      const rest = file.read(at, segment.#size - at)
      if (!isZero(rest)) {
        file.write(at + FRAME_HEADER_BYTES - 1, new Uint8Array(1))
        file.sync()
        file.write(at, new Uint8Array(rest.length))
      }
      file.write(0, file.read(0, at))
      file.sync()
      segment.#at = at
      segment.#batch = batches + 1
      segment.#chain = chain
      return segment
    } catch (cause) {
      file.close()
      throw cause
    }
  }

  get size(): number {
    return this.#size
  }

  get chain(): number {
    return this.#chain
  }

  /** Bytes that are left for frames. */
  get left(): number {
    return this.#size - this.#at - SEAL_BYTES
  }

  fits(bodyBytes: number): boolean {
    return frameBytes(bodyBytes) <= this.left
  }

  /** One batch, durable on return. */
  append(body: readonly Uint8Array[]): void {
    const bodyBytes = body.reduce((sum, each) => sum + each.length, 0)
    assert(this.fits(bodyBytes), "a segment keeps room for its seal")
    this.#write(body)
    this.#file.sync()
  }

  /** The next segment is durable: should it be missed one day, it is known that it was there. */
  seal(): void {
    this.#write([SEAL])
    this.#file.sync()
    this.#file.close()
  }

  close(): void {
    this.#file.close()
  }

  #write(body: readonly Uint8Array[]): void {
    const place = { fileId: this.#fileId, at: this.#at }
    const { bytes, check } = encodeFrame(body, { batch: this.#batch, chain: this.#chain }, place, this.#files.crc32)
    this.#file.write(this.#at, bytes)
    this.#at += bytes.length
    this.#batch++
    this.#chain = check
  }
}
