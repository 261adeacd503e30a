import { isNodeId, type NodeId } from "@conclave/base"
import { type ClusterId, isClusterId, isReplicaId, type ReplicaId } from "@conclave/consensus"
import { ByteReader, ByteWriter } from "./bytes.ts"
import type { Files } from "./files.ts"

/** The first sector of a segment is its own: nothing is ever written beside it. */
export const SEGMENT_HEADER_BYTES = 512
const MAGIC = 0x43574c47
export const FORMAT_VERSION = 1
const CRC_AT = SEGMENT_HEADER_BYTES - 4

/** Whose a segment is, and where it stands in the log. */
export interface SegmentHeader {
  /** 16 bytes of this file alone: a batch of another file is never taken for one of this. */
  readonly fileId: Uint8Array
  readonly cluster: ClusterId
  readonly replica: ReplicaId
  readonly owner: NodeId
  /** Of the directory that it was written in; "" = not known. */
  readonly inode: string
  /** Counts from 1. */
  readonly segment: number
  /** The first segment whose place it takes: its own number, or that of the one that it was rewritten from. */
  readonly replaces: number
  /** What the batches before it end with; see `frame.ts`. */
  readonly chain: number
}

export type ReadHeader = SegmentHeader | "damaged" | "newer-version"

export function encodeHeader(header: SegmentHeader, crc32: Files["crc32"]): Uint8Array {
  const { fileId, cluster, replica, owner, inode, segment, replaces, chain } = header
  const writer = new ByteWriter(SEGMENT_HEADER_BYTES).u32(MAGIC).u32(FORMAT_VERSION).bytes(fileId)
  writer.u64(segment).u64(replaces).u32(chain).text(cluster).text(replica).text(owner).text(inode)
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES)
  bytes.set(writer.finish())
  new DataView(bytes.buffer).setUint32(CRC_AT, crc32(bytes.subarray(0, CRC_AT)))
  return bytes
}

export function readHeader(bytes: Uint8Array, crc32: Files["crc32"]): ReadHeader {
  if (bytes.length < SEGMENT_HEADER_BYTES) return "damaged"
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(CRC_AT) !== crc32(bytes.subarray(0, CRC_AT))) return "damaged"
  const reader = new ByteReader(bytes.subarray(0, CRC_AT))
  if (reader.u32() !== MAGIC) return "damaged"
  // A later format keeps magic, version and check where they are.
  if (reader.u32() !== FORMAT_VERSION) return "newer-version"
  const fileId = reader.bytes(16).slice()
  const place = { segment: reader.u64(), replaces: reader.u64(), chain: reader.u32() }
  const [cluster, replica, owner, inode] = [reader.text(), reader.text(), reader.text(), reader.text()]
  if (!reader.ok || !isClusterId(cluster) || !isReplicaId(replica) || !isNodeId(owner)) return "damaged"
  return { fileId, ...place, cluster, replica, owner, inode }
}
