/** Records of a snapshot travel and rest in chunks of about so many bytes; one larger record has a chunk of its own. */
export const CHUNK_BYTES: number = 64 * 1024
const HEADER_BYTES = 4

/** Gathers records until a chunk is full: each behind its length. */
export class ChunkWriter {
  readonly #bytesMax: number
  #records: Uint8Array[] = []
  #bytes = 0

  constructor(bytesMax: number = CHUNK_BYTES) {
    this.#bytesMax = bytesMax
  }

  /** A full chunk, without this record; undefined while there is room. */
  add(record: Uint8Array): Uint8Array | undefined {
    const isFull = this.#bytes > 0 && this.#bytes + HEADER_BYTES + record.length > this.#bytesMax
    const chunk = isFull ? this.take() : undefined
    this.#records.push(record)
    this.#bytes += HEADER_BYTES + record.length
    return chunk
  }

  /** What is gathered; undefined when nothing is. */
  take(): Uint8Array | undefined {
    if (this.#bytes === 0) return undefined
    const chunk = new Uint8Array(this.#bytes)
    const view = new DataView(chunk.buffer)
    let at = 0
    for (const record of this.#records) {
      view.setUint32(at, record.length)
      chunk.set(record, at + HEADER_BYTES)
      at += HEADER_BYTES + record.length
    }
    this.#records = []
    this.#bytes = 0
    return chunk
  }
}

/** The records of one chunk; undefined when it is none. */
export function recordsOf(chunk: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
  const records: Uint8Array[] = []
  let at = 0
  while (at < chunk.length) {
    if (at + HEADER_BYTES > chunk.length) return undefined
    const end = at + HEADER_BYTES + view.getUint32(at)
    if (end > chunk.length) return undefined
    records.push(chunk.subarray(at + HEADER_BYTES, end))
    at = end
  }
  return records
}
