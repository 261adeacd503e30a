import { connect, type Socket } from "node:net"
import type { Addr } from "@conclave/base"
import { numericHostPort } from "../host-port.ts"
import type { LinkTraffic } from "./link-traffic.ts"

/** Outgoing streams at once; the next one fails at once. */
export const OUTBOUND_MAX = 1024

/** Why a stream was not had, or did not last. */
export type StreamEnd = "refused" | "timeout" | "reset" | "unreachable"

export interface StreamEvents {
  readonly opened: (stream: Socket) => void
  /** At most once, opened or not; nothing is told after it. */
  readonly ended: (why: StreamEnd) => void
}

export interface ConnectorOptions {
  /** Source address of outgoing connections; undefined lets the system choose. */
  readonly localAddress: string | undefined
  readonly traffic: LinkTraffic
}

/** Makes outgoing connections. */
export class Connector {
  readonly #options: ConnectorOptions
  readonly #sockets: Set<Socket> = new Set()

  constructor(options: ConnectorOptions) {
    this.#options = options
  }

  /** Never tells anything from within; the result ends the stream, and nothing is told any more. */
  open(to: Addr, on: StreamEvents): () => void {
    let isOver = false
    let socket: Socket | undefined
    const close = (): void => {
      isOver = true
      socket?.destroy()
    }
    const end = (why: StreamEnd): void => {
      if (isOver) return
      close()
      on.ended(why)
    }
    socket = this.#connect(to)
    if (socket === undefined) {
      setImmediate(() => end("unreachable"))
      return close
    }
    const stream = socket
    stream.on("connect", () => {
      if (isOwnEcho(stream)) end("refused")
      else if (!isOver) on.opened(stream)
    })
    stream.on("error", (error) => end(endOf(error)))
    stream.on("end", () => end("reset"))
    stream.on("close", () => end("reset"))
    return close
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #connect(to: Addr): Socket | undefined {
    const target = numericHostPort(to)
    if (target === undefined || this.#sockets.size >= OUTBOUND_MAX) return undefined
    const { localAddress, traffic } = this.#options
    const from = localAddress === undefined ? {} : { localAddress }
    const socket = connect({ host: target.host, port: target.port, noDelay: true, ...from })
    traffic.count(socket)
    this.#sockets.add(socket)
    socket.once("close", () => this.#sockets.delete(socket))
    return socket
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
