import type { Socket } from "node:net"
import type { NodeId } from "@conclave/base"

/** An agent has a handful to another; those that a broken network left behind are still counted for an hour. */
export const STREAMS_OF_ONE_MAX = 32

/** Inbound streams by whom they are of: one that opens too many loses its own oldest. */
export class PeerStreams {
  readonly #streams: Map<NodeId, Set<Socket>> = new Map()

  add(peer: NodeId, stream: Socket): void {
    const those = this.#streams.get(peer) ?? new Set()
    this.#streams.set(peer, those.add(stream))
    stream.once("close", () => this.#forget(peer, stream))
    const [oldest] = those
    if (those.size <= STREAMS_OF_ONE_MAX || oldest === undefined) return
    this.#forget(peer, oldest)
    oldest.destroy()
  }

  #forget(peer: NodeId, stream: Socket): void {
    const those = this.#streams.get(peer)
    those?.delete(stream)
    if (those?.size === 0) this.#streams.delete(peer)
  }
}
