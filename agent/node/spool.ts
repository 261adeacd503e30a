import { createHash, type Hash, randomBytes } from "node:crypto"
import { type FileHandle, open, rm } from "node:fs/promises"
import { join } from "node:path"

const FILE_MODE = 0o600
const READ_BYTES = 64 * 1024

/**
 * A place on disk for what is too large for memory, written once from front to back and then read. It has no name, so
 * that nothing is left of it whatever happens to the process.
 */
export class Spool {
  readonly #file: FileHandle
  readonly #hash: Hash = createHash("sha256")
  #bytes = 0

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async open(directory: string): Promise<Spool> {
    const path = join(directory, `spool-${randomBytes(8).toString("hex")}.tmp`)
    const file = await open(path, "wx+", FILE_MODE)
    await rm(path, { force: true })
    return new Spool(file)
  }

  get bytes(): number {
    return this.#bytes
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    let at = 0
    while (at < bytes.length) {
      const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, this.#bytes + at)
      at += bytesWritten
    }
    this.#bytes += bytes.length
  }

  /** Of all that was written; once, at the end. */
  sha256(): string {
    return this.#hash.digest("hex")
  }

  /** So many bytes from there on; throws where there are fewer. */
  async read(at: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let read = 0
    while (read < length) {
      const { bytesRead } = await this.#file.read(bytes, read, length - read, at + read)
      if (bytesRead === 0) throw new Error("a spool ends before what was written to it")
      read += bytesRead
    }
    return bytes
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < this.#bytes; at += READ_BYTES) {
      yield await this.read(at, Math.min(READ_BYTES, this.#bytes - at))
    }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}
