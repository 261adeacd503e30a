/** What most writes of many streams fit into; a longer one has room of its own. */
const ROOM_BYTES = 32 * 1024
/** Shorter ones cost less when they are new. */
const SHARED_BYTES_MIN = 4 * 1024
/** Kept for the next writes: two megabytes. */
const KEPT_MAX = 64

/**
 * Room for what is written, used again when it has left. A thousand watchers are told some ten megabytes a second: were
 * each write's bytes new, the collector, which counts them, would go through the whole heap every second.
 */
export class WriteRoom {
  readonly #kept: ArrayBuffer[] = []

  /** So many bytes that nobody else has, whatever is in them. */
  take(bytes: number): Uint8Array {
    if (bytes < SHARED_BYTES_MIN || bytes > ROOM_BYTES) return new Uint8Array(bytes)
    return new Uint8Array(this.#kept.pop() ?? new ArrayBuffer(ROOM_BYTES), 0, bytes)
  }

  /** They have left, and nobody looks at them any more. */
  giveBack({ buffer }: Uint8Array): void {
    const isShared = buffer instanceof ArrayBuffer && buffer.byteLength === ROOM_BYTES
    if (isShared && this.#kept.length < KEPT_MAX) this.#kept.push(buffer)
  }
}
