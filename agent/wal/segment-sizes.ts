import { segmentBytesFor } from "./segment.ts"

/**
 * A log that is hardly written to stays small: its first segment has the least size, and each further one twice that of
 * the one before, up to the most. So a member on a laptop takes 3 MiB, and a busy one rotates seldom.
 */
export interface SegmentSizes {
  readonly leastBytes: number
  readonly mostBytes: number
}

export const SEGMENT_SIZES: SegmentSizes = { leastBytes: 1024 * 1024, mostBytes: 16 * 1024 * 1024 }

/** For a head and a batch behind it of these lengths; larger than the most where they would not fit. */
export function sizeFor(headBytes: number, bodyBytes: number, { leastBytes }: SegmentSizes): number {
  let bytes = leastBytes
  while (bytes < segmentBytesFor(headBytes, bodyBytes)) bytes *= 2
  return bytes
}
