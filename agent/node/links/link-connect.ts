import { connect, type Socket } from "node:net"
import type { Addr, NodeId } from "@conclave/base"
import { numericHostPort } from "../../host-port.ts"
import type { Ways } from "../discovery/ways.ts"
import type { EnterRefusal, Errand, LinkDoor } from "./link-door.ts"
import type { LinkTraffic } from "./link-traffic.ts"
import { PeerStreams } from "./peer-streams.ts"

/** Outgoing streams at once; the next one fails at once. */
export const OUTBOUND_MAX = 1024

/** Why a stream was not had, or did not last. */
export type StreamEnd = "refused" | "timeout" | "reset" | "unreachable" | EnterRefusal

export interface StreamEvents {
  readonly opened: (stream: Socket) => void
  /** At most once, opened or not; nothing is told after it. */
  readonly ended: (why: StreamEnd) => void
}

export interface ConnectorOptions {
  /** Source address of outgoing connections; undefined lets the system choose. */
  readonly localAddress: string | undefined
  readonly traffic: LinkTraffic
  readonly door: LinkDoor
  readonly ways: Ways
  /** An operator has removed that member. */
  readonly isRemoved: (peer: NodeId) => boolean
}

/** Makes outgoing streams: connects, and comes through the door. */
export class Connector {
  readonly #options: ConnectorOptions
  readonly #sockets: Set<Socket> = new Set()
  readonly #ofPeers: PeerStreams = new PeerStreams(OUTBOUND_MAX)

  constructor(options: ConnectorOptions) {
    this.#options = options
  }

  /**
   * Never tells anything from within; the result ends the stream, and nothing is told any more.
   */
  open(to: Addr, errand: Errand, on: StreamEvents): () => void {
    let isOver = false
    const end = (why: StreamEnd): void => {
      if (isOver) return
      isOver = true
      close()
      on.ended(why)
    }
    const through = (stream: Socket, peer: NodeId | undefined): void => {
      if (isOver) return
      if (peer !== undefined && this.#options.isRemoved(peer)) return end("refused")
      if (peer !== undefined) this.#ofPeers.add(peer, stream)
      stream.on("error", (error) => end(endOf(error)))
      stream.on("end", () => end("reset"))
      stream.on("close", () => end("reset"))
      on.opened(stream)
      stream.resume()
    }
    const close = this.#connect(to, end, (socket) =>
      this.#options.door.enter(socket, errand, { through, refused: end }),
    )
    return () => {
      isOver = true
      close()
    }
  }

  /** Whoever it is, nothing is said to it any more. */
  endPeer(peer: NodeId): void {
    this.#ofPeers.end(peer)
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  /** The result ends the connection, whatever became of it. */
  #connect(to: Addr, end: (why: StreamEnd) => void, connected: (socket: Socket) => void): () => void {
    const { localAddress, traffic, ways } = this.#options
    const via = ways.to(to)
    const target = numericHostPort(via)
    if (target === undefined || this.#sockets.size >= OUTBOUND_MAX) {
      setImmediate(() => end("unreachable"))
      return () => {}
    }
    const from = localAddress === undefined || via !== to ? {} : { localAddress }
    const socket = connect({ host: target.host, port: target.port, noDelay: true, ...from })
    traffic.count(socket)
    this.#sockets.add(socket)
    socket.once("close", () => this.#sockets.delete(socket))
    const failed = (error: NodeJS.ErrnoException): void => end(endOf(error))
    const closed = (): void => end("reset")
    socket.on("error", failed)
    socket.on("close", closed)
    socket.on("connect", () => {
      if (isOwnEcho(socket)) return end("refused")
      // From here on the door tells, or whoever has the stream.
      socket.off("error", failed)
      socket.off("close", closed)
      socket.on("error", () => {})
      connected(socket)
    })
    return () => socket.destroy()
  }
}

/**
 * On loopback a dial to a free port of the ephemeral range can get that very port as its source and meet
 * itself (RFC 9293 §3.5, simultaneous open). Nobody listens there.
 */
function isOwnEcho(socket: Socket): boolean {
  return socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress
}

function endOf(error: NodeJS.ErrnoException): StreamEnd {
  switch (error.code) {
    case "ECONNREFUSED":
      return "refused"
    case "ETIMEDOUT":
      return "timeout"
    case "ECONNRESET":
    case "EPIPE":
    case "ECONNABORTED":
      return "reset"
    default:
      return "unreachable"
  }
}
