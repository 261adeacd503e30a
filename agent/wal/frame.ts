import { isZero } from "./bytes.ts"
import type { Files } from "./files.ts"

/**
 * A batch on disk: what one write brings and one sync makes durable, all of it or nothing.
 *
 *    0 magic · 4 bytes of the body · 8 number of the batch · 16 chain: the check of the batch before it
 *   20 sectors of the frame that hold zeros alone · 24 CRC of body and padding · 28 CRC of all that, file and place
 * included   32 eight end bytes · 40 body · padding to a multiple of 8, which ends in an end byte
 *
 * A log that was cut short by a crash must be told from one that was changed afterwards: the first may lose its last
 * batch, which nobody was told of; the second must never be made shorter. A segment is full of zeros before it is used,
 * a disk writes sectors whole, and a batch is begun only when the one before it is durable. So what a crash leaves of a
 * batch has a sector that still holds zeros, and nothing behind it; whatever else does not add up is damage. The number
 * of sectors that hold zeros by right stands in the header, and an end byte has more than one bit, so that one bit that
 * tips over is never taken for a crash. (Refused: to take any bad checksum at the end for a crash, as most logs do. One
 * flipped bit in the last batch then forgets a vote.)
 */
export const FRAME_HEADER_BYTES = 40
export const SECTOR_BYTES = 512
const MAGIC = 0x43424154
const END = 0xa5
const ALIGNMENT = 8
const AT = { length: 4, batch: 8, chain: 16, zeroSectors: 20, bodyCrc: 24, check: 28, end: 32 } as const

/** What a frame is checked against besides its bytes. */
export interface FramePlace {
  readonly fileId: Uint8Array
  /** In the file. */
  readonly at: number
}

export interface FrameHeader {
  readonly bodyBytes: number
  readonly batch: number
  readonly chain: number
  readonly zeroSectors: number
  readonly bodyCrc: number
  /** What the next batch names as its chain. */
  readonly check: number
}

/** What a body of so many bytes takes. */
export function frameBytes(bodyBytes: number): number {
  return Math.ceil((FRAME_HEADER_BYTES + bodyBytes + 1) / ALIGNMENT) * ALIGNMENT
}

export function encodeFrame(
  body: readonly Uint8Array[],
  { batch, chain }: { readonly batch: number; readonly chain: number },
  place: FramePlace,
  crc32: Files["crc32"],
): { readonly bytes: Uint8Array; readonly check: number } {
  const bodyBytes = body.reduce((sum, each) => sum + each.length, 0)
  const bytes = new Uint8Array(frameBytes(bodyBytes))
  let at = FRAME_HEADER_BYTES
  for (const each of body) {
    bytes.set(each, at)
    at += each.length
  }
  bytes[bytes.length - 1] = END
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC)
  view.setUint32(AT.length, bodyBytes)
  view.setBigUint64(AT.batch, BigInt(batch))
  view.setUint32(AT.chain, chain)
  bytes.fill(END, AT.end, FRAME_HEADER_BYTES)
  view.setUint32(AT.zeroSectors, zeroSectors(bytes, place.at))
  view.setUint32(AT.bodyCrc, crc32(bytes.subarray(FRAME_HEADER_BYTES)))
  const check = checkOf(bytes, place, crc32)
  view.setUint32(AT.check, check)
  return { bytes, check }
}

/** The header at the beginning of `bytes`; undefined when it is none of this file and place. */
export function readFrameHeader(bytes: Uint8Array, place: FramePlace, crc32: Files["crc32"]): FrameHeader | undefined {
  if (bytes.length < FRAME_HEADER_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, FRAME_HEADER_BYTES)
  if (view.getUint32(0) !== MAGIC) return undefined
  const check = view.getUint32(AT.check)
  if (check !== checkOf(bytes, place, crc32)) return undefined
  for (let at = AT.end; at < FRAME_HEADER_BYTES; at++) if (bytes[at] !== END) return undefined
  return {
    bodyBytes: view.getUint32(AT.length),
    batch: Number(view.getBigUint64(AT.batch)),
    chain: view.getUint32(AT.chain),
    zeroSectors: view.getUint32(AT.zeroSectors),
    bodyCrc: view.getUint32(AT.bodyCrc),
    check,
  }
}

/** Not even its header was written whole. `bytes` are those from its place on. */
export function isTornHeader(bytes: Uint8Array, at: number): boolean {
  const header = bytes.subarray(0, FRAME_HEADER_BYTES)
  return header.at(-1) === 0 || pieces(header, at).some(isZero)
}

/** `frame` is what lies where a frame with this header should. */
export function isWhole(frame: Uint8Array, header: FrameHeader, crc32: Files["crc32"]): boolean {
  return frame.length === frameBytes(header.bodyBytes) && crc32(frame.subarray(FRAME_HEADER_BYTES)) === header.bodyCrc
}

/** A part of it still holds the zeros that were there before. */
export function isTornFrame(frame: Uint8Array, header: FrameHeader, at: number): boolean {
  return frame.at(-1) === 0 || zeroSectors(frame, at) > header.zeroSectors
}

export function bodyOf(frame: Uint8Array, { bodyBytes }: FrameHeader): Uint8Array {
  return frame.subarray(FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + bodyBytes)
}

/** The header of any later batch of this file: whoever wrote it knew that all before it were durable. */
export function hasLaterFrame(
  bytes: Uint8Array,
  from: number,
  batch: number,
  options: {
    readonly fileId: Uint8Array
    readonly crc32: Files["crc32"]
  },
): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = from; at + FRAME_HEADER_BYTES <= bytes.length; at += ALIGNMENT) {
    if (view.getUint32(at) !== MAGIC) continue
    const header = readFrameHeader(bytes.subarray(at), { fileId: options.fileId, at }, options.crc32)
    if (header !== undefined && header.batch > batch) return true
  }
  return false
}

/** A frame that was copied to another place or file does not pass. */
function checkOf(bytes: Uint8Array, { fileId, at }: FramePlace, crc32: Files["crc32"]): number {
  const place = new Uint8Array(8)
  new DataView(place.buffer).setBigUint64(0, BigInt(at))
  return crc32(bytes.subarray(0, AT.check), crc32(place, crc32(fileId)))
}

function zeroSectors(frame: Uint8Array, at: number): number {
  return pieces(frame, at).filter(isZero).length
}

/** Cut where the sectors of the file end. */
function pieces(bytes: Uint8Array, at: number): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + SECTOR_BYTES - ((at + from) % SECTOR_BYTES))
    found.push(bytes.subarray(from, to))
    from = to
  }
  return found
}
