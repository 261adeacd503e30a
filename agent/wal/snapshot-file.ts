import { assert } from "@conclave/base"
import type { SnapshotMeta } from "@conclave/consensus"
import { decodeSnapshotMeta, encodeSnapshotMeta } from "@conclave/consensus/wire"
import { SNAPSHOT_CHUNK_BYTES_MAX } from "../log-store.ts"
import { ByteReader, ByteWriter } from "./bytes.ts"
import type { Files, LogFile } from "./files.ts"
import { FORMAT_VERSION } from "./segment-header.ts"

/**
 * A snapshot on disk: 0 magic · 4 version · 8 bytes of the meta · the meta · CRC of all that. Then chunks: length · CRC
 * · bytes. Then the end: length 0 · CRC · number of chunks. Each CRC goes on from the one before it, so nothing can be
 * left out.
 */
const MAGIC = 0x43534e50
const META_AT = 12
const META_BYTES_MAX = 64 * 1024
const CHUNK_HEADER_BYTES = 8
const END_BYTES = 8
/** Bytes that may wait for a sync: what a batch of the log may have to wait for. */
const UNSYNCED_BYTES_MAX = 1024 * 1024
const NAME = /^snapshot-([0-9a-f]{14})-([0-9a-f]{14})\.snap$/

export interface SnapshotPlace {
  readonly index: number
  readonly term: number
}

export function snapshotName({ index, term }: SnapshotPlace): string {
  const digits = (value: number): string => value.toString(16).padStart(14, "0")
  return `snapshot-${digits(index)}-${digits(term)}.snap`
}

/** What a snapshot of this name stands for; undefined when it is none. */
export function snapshotOf(name: string): SnapshotPlace | undefined {
  const [, index, term] = NAME.exec(name) ?? []
  if (index === undefined || term === undefined) return undefined
  return { index: Number.parseInt(index, 16), term: Number.parseInt(term, 16) }
}

/** Writes the file front to back. Everything throws what the system says. */
export class SnapshotFileWriter {
  readonly meta: SnapshotMeta
  readonly #file: LogFile
  readonly #crc32: Files["crc32"]
  #at: number
  #crc: number
  #chunks = 0
  #unsynced = 0

  constructor(files: Files, name: string, meta: SnapshotMeta) {
    this.meta = meta
    this.#crc32 = files.crc32
    this.#file = files.create(name)
    const encoded = encodeSnapshotMeta(meta)
    const head = new ByteWriter().u32(MAGIC).u32(FORMAT_VERSION).u32(encoded.length).bytes(encoded)
    this.#crc = files.crc32(head.finish())
    const bytes = head.u32(this.#crc).finish()
    this.#at = bytes.length
    try {
      this.#file.write(0, bytes)
    } catch (cause) {
      this.#file.close()
      throw cause
    }
  }

  append(chunk: Uint8Array): void {
    assert(chunk.length > 0 && chunk.length <= SNAPSHOT_CHUNK_BYTES_MAX, "a chunk has a length")
    this.#write(chunk.length, chunk)
    this.#chunks++
    this.#unsynced += chunk.length
    if (this.#unsynced < UNSYNCED_BYTES_MAX) return
    this.#file.sync()
    this.#unsynced = 0
  }

  /** All of it is durable on return; its name is not. */
  end(): void {
    this.#write(0, new ByteWriter(END_BYTES).u64(this.#chunks).finish())
    this.#file.sync()
    this.#file.close()
  }

  close(): void {
    this.#file.close()
  }

  #write(length: number, bytes: Uint8Array): void {
    this.#crc = chunkCrc(length, bytes, this.#crc, this.#crc32)
    const frame = new ByteWriter(CHUNK_HEADER_BYTES + bytes.length).u32(length).u32(this.#crc).bytes(bytes).finish()
    this.#file.write(this.#at, frame)
    this.#at += frame.length
  }
}

export type SnapshotPiece = Uint8Array | "end" | "damaged" | "newer-version"

/** Reads the file front to back; whatever it hands out is as it was written. Everything throws what the system says. */
export class SnapshotFileReader {
  readonly #file: LogFile
  readonly #crc32: Files["crc32"]
  readonly #size: number
  #at = 0
  #crc = 0
  #chunks = 0
  /** Undefined before `begin`, and when it cannot be read. */
  meta: SnapshotMeta | undefined

  constructor(files: Files, name: string) {
    this.#crc32 = files.crc32
    this.#file = files.open(name)
    this.#size = this.#file.size()
  }

  /** Reads the meta: "end" when it is sound. */
  begin(): Exclude<SnapshotPiece, Uint8Array> {
    const head = new ByteReader(this.#file.read(0, META_AT))
    const [magic, version, metaBytes] = [head.u32(), head.u32(), head.u32()]
    if (!head.ok || magic !== MAGIC || metaBytes > META_BYTES_MAX) return "damaged"
    const checked = META_AT + metaBytes
    const bytes = this.#file.read(0, checked + 4)
    if (bytes.length < checked + 4) return "damaged"
    this.#crc = this.#crc32(bytes.subarray(0, checked))
    if (new ByteReader(bytes.subarray(checked)).u32() !== this.#crc) return "damaged"
    if (version !== FORMAT_VERSION) return "newer-version"
    const meta = decodeSnapshotMeta(bytes.subarray(META_AT, checked))
    if (!meta.ok) return "damaged"
    this.meta = meta.value
    this.#at = checked + 4
    return "end"
  }

  next(): SnapshotPiece {
    const head = new ByteReader(this.#file.read(this.#at, CHUNK_HEADER_BYTES))
    const [length, crc] = [head.u32(), head.u32()]
    if (!head.ok || length > SNAPSHOT_CHUNK_BYTES_MAX) return "damaged"
    const wanted = length === 0 ? END_BYTES : length
    const bytes = this.#file.read(this.#at + CHUNK_HEADER_BYTES, wanted)
    this.#crc = chunkCrc(length, bytes, this.#crc, this.#crc32)
    if (bytes.length < wanted || this.#crc !== crc) return "damaged"
    this.#at += CHUNK_HEADER_BYTES + wanted
    if (length > 0) {
      this.#chunks++
      return bytes
    }
    return this.#at === this.#size && new ByteReader(bytes).u64() === this.#chunks ? "end" : "damaged"
  }

  close(): void {
    this.#file.close()
  }
}

/** The meta of a file that is sound to its end; or why it is not to be used. */
export function checkSnapshot(files: Files, place: SnapshotPlace): SnapshotMeta | "damaged" | "newer-version" {
  const reader = new SnapshotFileReader(files, snapshotName(place))
  try {
    const begun = reader.begin()
    if (begun !== "end") return begun
    for (;;) {
      const piece = reader.next()
      if (piece === "damaged" || piece === "newer-version") return piece
      if (piece !== "end") continue
      const { meta } = reader
      return meta?.index === place.index && meta.term === place.term ? meta : "damaged"
    }
  } finally {
    reader.close()
  }
}

function chunkCrc(length: number, bytes: Uint8Array, before: number, crc32: Files["crc32"]): number {
  return crc32(bytes, crc32(new ByteWriter(4).u32(length).finish(), before))
}
