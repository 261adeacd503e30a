import type { Files, LogFile } from "./files.ts"
import { TEMPORARY } from "./segment.ts"

/** Written and synced at once: what a batch of the log may have to wait for. */
const STEP_BYTES = 512 * 1024
const ZEROS = new Uint8Array(STEP_BYTES)

/** A file of zeros that becomes the next segment: its place on the disk is taken before it is needed. */
export class Reserve {
  readonly name: string
  readonly file: LogFile
  readonly bytes: number
  readonly #files: Files
  #filled = 0

  constructor(files: Files, segment: number, bytes: number) {
    this.name = `segment-${segment}${TEMPORARY}`
    this.bytes = bytes
    this.#files = files
    this.file = files.create(this.name)
  }

  get isReady(): boolean {
    return this.#filled === this.bytes
  }

  /** One step; throws what the system says. */
  fill(): void {
    const bytes = Math.min(STEP_BYTES, this.bytes - this.#filled)
    this.file.write(this.#filled, ZEROS.subarray(0, bytes))
    this.file.sync()
    this.#filled += bytes
  }

  fillUp(): void {
    while (!this.isReady) this.fill()
  }

  /** Gives its place back. */
  drop(): void {
    this.file.close()
    this.#files.remove(this.name)
  }
}

/** No place is left, for this user or at all; what was there before is as it was. */
export function isFull(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === "ENOSPC" || code === "EDQUOT"
}
