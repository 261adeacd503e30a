import { type Addr, hashText, type NodeId, nodeId } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import { isWildcard } from "../../host-port.ts"
import type { AcceptChannel, Channel, ChannelEvent, Links, RequestResult, Traffic, WatchLink } from "../../ports.ts"
import { Ways } from "../discovery/ways.ts"
import { Connector } from "./link-connect.ts"
import { LinkDialler } from "./link-dial.ts"
import { type LinkDoor, OPEN_DOOR } from "./link-door.ts"
import { type LinkRefusals, LinkServer, type RequestHandler } from "./link-server.ts"
import { LinkTraffic } from "./link-traffic.ts"

export interface LinksOptions {
  /** Numeric; where to listen, and the source of outgoing connections unless it means "all". */
  readonly host: string
  readonly port: number
  readonly id: NodeId
  readonly cluster: string
  /** What peers are told to be our address. */
  readonly advertised: Addr
  /** Default: everybody comes through. */
  readonly door?: LinkDoor | undefined
  /** Default: each address is reached at itself. */
  readonly ways?: Ways | undefined
  /** Who lives at an address; undefined = nobody that is known. */
  readonly memberAt?: ((addr: Addr) => NodeId | undefined) | undefined
  /** A living member has its address on this numeric host; default: nobody does. */
  readonly isHome?: ((host: string) => boolean) | undefined
  /** An operator has removed that member: it is not spoken with; default: nobody has been. */
  readonly isRemoved?: ((peer: NodeId) => boolean) | undefined
  /** An inbound stream was refused; `source` is where it came from. */
  readonly onRefused?: ((reason: keyof LinkRefusals, source: string) => void) | undefined
  /** An inbound stream must be finished by then; default 10 s. */
  readonly unfinishedMs?: number
}

export interface OpenLinks extends Links {
  readonly refusals: () => Readonly<LinkRefusals>
  /** Inbound streams that are open now. */
  readonly connections: () => number
  /** Ends all streams with that member. */
  readonly endPeer: (peer: NodeId) => void
  readonly close: () => Promise<void>
}

/** Opens the agent's TCP side. Rejects with the system's error when the port cannot be had. */
export async function openLinks(options: LinksOptions): Promise<OpenLinks> {
  const traffic = new LinkTraffic()
  const label = hashText(options.cluster)
  const { host, port, id, unfinishedMs, door = OPEN_DOOR } = options
  const { onRefused = () => {}, memberAt = () => undefined, isHome = () => false, ways = new Ways() } = options
  const { isRemoved = () => false } = options
  const server = new LinkServer({ host, port, id, label, traffic, door, isHome, isRemoved, onRefused, unfinishedMs })
  await server.listen()
  const localAddress = isWildcard(host) ? undefined : host
  const connector = new Connector({ localAddress, traffic, door, ways, isRemoved })
  const dialler = new LinkDialler({ connector, source: options.advertised, label, memberAt })
  return new TcpLinks({ server, connector, traffic, dialler })
}

interface Parts {
  readonly server: LinkServer
  readonly dialler: LinkDialler
  readonly connector: Connector
  readonly traffic: LinkTraffic
}

class TcpLinks implements OpenLinks {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  request(to: Addr, body: Uint8Array, limitMs: number, done: (result: RequestResult) => void): void {
    this.#parts.dialler.request(to, body, limitMs, done)
  }

  onRequest(handler: RequestHandler): void {
    this.#parts.server.onRequest(handler)
  }

  watch(to: Addr, id: string, on: (event: LinkEvent) => void): WatchLink {
    return this.#parts.dialler.watch(to, nodeId(id), on)
  }

  dial(to: Addr, on: (event: ChannelEvent) => void, meant?: NodeId): Channel {
    return this.#parts.dialler.dial(to, on, meant)
  }

  onDial(accept: AcceptChannel): void {
    this.#parts.server.onDial(accept)
  }

  traffic(): Traffic {
    return this.#parts.traffic.total()
  }

  refusals(): Readonly<LinkRefusals> {
    return { ...this.#parts.server.refusals }
  }

  connections(): number {
    return this.#parts.server.connections
  }

  endPeer(peer: NodeId): void {
    this.#parts.connector.endPeer(peer)
    this.#parts.server.endPeer(peer)
  }

  async close(): Promise<void> {
    this.#parts.connector.close()
    await this.#parts.server.close()
  }
}
