import type { Socket } from "node:net"
import type { NodeId } from "@conclave/base"

/** An agent has a handful to another; those that a broken network left behind are still counted for an hour. */
export const STREAMS_OF_ONE_MAX = 32

/** Streams by whom they are with: of too many with one the oldest ends. */
export class PeerStreams {
  readonly #max: number
  readonly #streams: Map<NodeId, Set<Socket>> = new Map()

  constructor(max: number) {
    this.#max = max
  }

  add(peer: NodeId, stream: Socket): void {
    const those = this.#streams.get(peer) ?? new Set()
    this.#streams.set(peer, those.add(stream))
    stream.once("close", () => this.#forget(peer, stream))
    const [oldest] = those
    if (those.size <= this.#max || oldest === undefined) return
    this.#forget(peer, oldest)
    oldest.destroy()
  }

  /** Ends all that there are with it. */
  end(peer: NodeId): void {
    for (const stream of [...(this.#streams.get(peer) ?? [])]) stream.destroy()
  }

  #forget(peer: NodeId, stream: Socket): void {
    const those = this.#streams.get(peer)
    those?.delete(stream)
    if (those?.size === 0) this.#streams.delete(peer)
  }
}
