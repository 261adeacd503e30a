import { connect, createServer, type Server, type Socket } from "node:net"
import type { Addr, NodeId } from "@conclave/base"
import { hashText } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import type { LinkDoor } from "conclave/node/links/link-door"
import { encodeOpening } from "conclave/node/links/link-opening"
import { type LinksOptions, type OpenLinks, openLinks } from "conclave/node/links/links"
import type { RequestResult } from "conclave/ports"
import { memberId } from "./member-id.ts"

export const LIMIT_MS = 30_000
export const CLUSTER = "test"
export const A: NodeId = memberId("a")
export const B: NodeId = memberId("b")

export interface Peer {
  readonly links: OpenLinks
  readonly addr: Addr
  readonly port: number
}

/** A free port: bound and given back. TCP listens on the number that UDP got, so links take no port 0. */
export async function freePort(): Promise<number> {
  const server = await listening(() => {})
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

type Wish = Omit<LinksOptions, "host" | "port" | "advertised">

export function openPeer(
  id: NodeId,
  options: { cluster?: string; unfinishedMs?: number; isHome?: (host: string) => boolean } = {},
): Promise<Peer> {
  return openAt({ id, cluster: CLUSTER, ...options })
}

/** Links behind a door of their own. */
export function openBehind(door: LinkDoor): Promise<Peer> {
  return openAt({ id: A, cluster: CLUSTER, door })
}

/** Links at a free port of this machine. */
export async function openAt(wish: Wish): Promise<Peer> {
  for (let tries = 0; ; tries++) {
    const port = await freePort()
    const addr = `127.0.0.1:${port}` as Addr
    try {
      const links = await openLinks({ host: "127.0.0.1", port, advertised: addr, ...wish })
      return { links, addr, port }
    } catch (cause) {
      if (tries === 20) throw cause
    }
  }
}

export function listening(serve: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      socket.on("error", () => {})
      // Else the end of the other side is never seen, and the socket stays.
      socket.resume()
      serve(socket)
    })
    server.listen({ host: "127.0.0.1", port: 0 }, () => resolve(server))
  })
}

export function addrOf(server: Server): Addr {
  return `127.0.0.1:${(server.address() as { port: number }).port}` as Addr
}

export function request(from: Peer, to: Addr, body: Uint8Array, limitMs: number = LIMIT_MS): Promise<RequestResult> {
  return new Promise((resolve) => from.links.request(to, body, limitMs, resolve))
}

/** A bare connection, and what came back on it. */
export function raw(
  peer: Peer,
  bytes: Uint8Array,
  localAddress = "127.0.0.1",
): { socket: Socket; got: number[]; closed: () => boolean } {
  const got: number[] = []
  let closed = false
  const socket = connect({ host: "127.0.0.1", port: peer.port, localAddress }, () => socket.write(bytes))
  socket.on("data", (chunk) => got.push(...chunk))
  socket.on("error", () => {})
  socket.on("close", () => {
    closed = true
  })
  return { socket, got, closed: () => closed }
}

export const opening: Uint8Array = encodeOpening({
  kind: "request",
  label: hashText(CLUSTER),
  source: "127.0.0.1:9" as Addr,
  target: undefined,
})

export function watch(from: Peer, to: Addr, id: NodeId): { events: LinkEvent[]; close: () => void } {
  const events: LinkEvent[] = []
  const link = from.links.watch(to, id, (event) => events.push(event))
  return { events, close: link.close }
}
