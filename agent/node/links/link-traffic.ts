import type { Socket } from "node:net"
import type { Traffic } from "../../ports.ts"

/** Bytes over all streams, ended ones included. TCP has no packets that a program could count: they stay 0. */
export class LinkTraffic {
  readonly #open: Set<Socket> = new Set()
  #sentBytes = 0
  #receivedBytes = 0

  count(socket: Socket): void {
    this.#open.add(socket)
    socket.once("close", () => {
      this.#open.delete(socket)
      this.#sentBytes += socket.bytesWritten
      this.#receivedBytes += socket.bytesRead
    })
  }

  total(): Traffic {
    let sentBytes = this.#sentBytes
    let receivedBytes = this.#receivedBytes
    for (const socket of this.#open) {
      sentBytes += socket.bytesWritten
      receivedBytes += socket.bytesRead
    }
    return { sentPackets: 0, sentBytes, receivedPackets: 0, receivedBytes }
  }
}
