import { createSocket, type Socket as Datagrams } from "node:dgram"
import { once } from "node:events"
import { connect, createServer, isIPv6, type Server, type Socket } from "node:net"
import { type Duplex, pipeline } from "node:stream"
import { frame } from "@conclave/base"
import type { Connection } from "./connection.ts"
import { Mux } from "./mux.ts"

/** UDP and TCP of one number: the one that TCP gets may be taken for UDP. */
const TRIES_MAX = 16

export interface Place {
  readonly host: string
  readonly port: number
}

/**
 * Carries what goes between two agents: whoever connects or sends to the loopback address of this end comes to the
 * other end's agent. Streams share the one stream there is, datagrams go beside it and may be lost.
 */
export class Tunnel {
  readonly #connection: Connection
  readonly #server: Server
  readonly #datagrams: Datagrams
  readonly #mux: Mux

  private constructor(connection: Connection, agent: Place, own: { server: Server; datagrams: Datagrams }) {
    this.#connection = connection
    this.#server = own.server
    this.#datagrams = own.datagrams
    this.#mux = new Mux({
      isInitiator: connection.isInitiator,
      send: (bytes) => void connection.write(frame(bytes)),
      accept: (stream) =>
        join(connect({ host: agent.host, port: agent.port, noDelay: true, allowHalfOpen: true }), stream),
    })
    own.server.on("connection", (socket) => this.#dialled(socket))
    own.server.on("error", () => {})
    own.datagrams.on("message", (bytes, { port }) => {
      if (port === agent.port) connection.trySend(bytes)
    })
    own.datagrams.on("error", () => {})
    connection.on("message", (bytes) => own.datagrams.send(bytes, agent.port, agent.host, () => {}))
    connection.on("close", () => this.close())
  }

  /** `agent`: where this end's agent listens. */
  static async open(connection: Connection, agent: Place): Promise<Tunnel> {
    const host = isIPv6(agent.host) ? "::1" : "127.0.0.1"
    for (let tries = 1; ; tries++) {
      const server = createServer({ allowHalfOpen: true, noDelay: true })
      const datagrams = createSocket(isIPv6(host) ? "udp6" : "udp4")
      try {
        server.listen({ host, port: 0 })
        await once(server, "listening")
        datagrams.bind({ address: host, port: portOf(server), exclusive: true })
        await once(datagrams, "listening")
        return new Tunnel(connection, agent, { server, datagrams })
      } catch (cause) {
        server.close()
        datagrams.close()
        if (tries === TRIES_MAX) throw cause
      }
    }
  }

  /** The loopback address behind which the other agent is. */
  get via(): Place {
    const { address, port } = this.#datagrams.address()
    return { host: address, port }
  }

  /** False: what came makes no sense, and the connection is of no more use. */
  take(said: Uint8Array): boolean {
    return this.#mux.take(said)
  }

  close(): void {
    if (!this.#server.listening) return
    this.#mux.close()
    this.#server.close()
    this.#datagrams.close()
    this.#connection.destroy()
  }

  #dialled(socket: Socket): void {
    const stream = this.#mux.open()
    if (stream === undefined) socket.destroy()
    else join(socket, stream)
  }
}

function join(socket: Socket, stream: Duplex): void {
  // Each tells its end to the other, and so does either that breaks.
  pipeline(socket, stream, socket, () => {})
}

function portOf(server: Server): number {
  const at = server.address()
  return typeof at === "object" && at !== null ? at.port : 0
}
