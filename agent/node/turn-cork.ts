import type { Socket } from "node:net"

/** More is not kept back for the rest of a turn. */
const KEPT_BYTES_MAX = 16 * 1024

/** What is written to a socket in one turn leaves in as few calls and packets as it fits in. */
export class TurnCork {
  readonly #socket: Socket
  #isCorked = false

  constructor(socket: Socket) {
    this.#socket = socket
  }

  write(bytes: Uint8Array): void {
    if (!this.#isCorked) {
      this.#isCorked = true
      this.#socket.cork()
      process.nextTick(() => this.#uncork())
    }
    this.#socket.write(bytes)
    if (this.#socket.writableLength > KEPT_BYTES_MAX) this.#uncork()
  }

  #uncork(): void {
    if (!this.#isCorked) return
    this.#isCorked = false
    this.#socket.uncork()
  }
}
