import { once } from "node:events"
import { createServer, type Server, type Socket } from "node:net"
import { type Addr, FrameReader, type NodeId, unreachable } from "@conclave/base"
import { canonicalHost, networkOf } from "../../host-port.ts"
import type { AcceptChannel } from "../../ports.ts"
import { SocketChannel } from "./link-channel.ts"
import type { AcceptRefusal, Caller, LinkDoor } from "./link-door.ts"
import { ANSWERS, type Opening, readOpening } from "./link-opening.ts"
import { REQUEST_BYTES_MAX, replyFits, replyFrames } from "./link-pages.ts"
import type { LinkTraffic } from "./link-traffic.ts"
import { Lobby, type Waiting } from "./lobby.ts"
import { PeerStreams, STREAMS_OF_ONE_MAX } from "./peer-streams.ts"

/** Inbound streams, channels left out; the next one is closed. */
export const INBOUND_MAX = 1024
/** Inbound channels; the next one is told "busy" and closed. Two for each of 2,000 agents that one relay serves. */
export const CHANNELS_MAX = 4096
/** Of them those that have not opened rightly yet, and as many of those that come from where a member lives. */
export const STRANGERS_MAX = 256
export const STRANGERS_OF_ONE_MAX = 16
/** A stream that has not said what it wants, or has not taken its reply, by then is closed. */
export const UNFINISHED_MS = 10_000
/** Replies waiting for slow readers, all together; beyond it a request is closed without one. */
export const REPLIES_BYTES_MAX = 128 * 1024 * 1024
/** The accepting side asks after an hour whether a silent watcher still exists, so that none stays for ever. */
const WATCHER_KEEPALIVE_MS = 3_600_000

export type RequestHandler = (source: Addr, body: Uint8Array, reply: (pages: readonly Uint8Array[]) => void) => void

export interface LinkServerOptions {
  readonly host: string
  readonly port: number
  readonly id: NodeId
  /** Hash of the cluster's label. */
  readonly label: number
  readonly traffic: LinkTraffic
  readonly door: LinkDoor
  /** A living member has its address on this numeric host. */
  readonly isHome: (host: string) => boolean
  /** An operator has removed that member. */
  readonly isRemoved: (peer: NodeId) => boolean
  readonly onRefused: (reason: keyof LinkRefusals, source: string) => void
  /** After this an unfinished stream is closed. Default `UNFINISHED_MS`. */
  readonly unfinishedMs: number | undefined
}

/** What the server refused since its start. */
export interface LinkRefusals extends Record<AcceptRefusal, number> {
  garbage: number
  otherCluster: number
  otherMember: number
  removed: number
  unfinished: number
}

/** A connection that was accepted, and what is known of it. */
interface Guest {
  /** As accepted. */
  readonly socket: Socket
  /** What is said on it: the same, or what is under its seal. */
  readonly stream: Socket
  readonly peer: NodeId | undefined
  readonly waiting: Waiting
  readonly timer: NodeJS.Timeout
  readonly refuse: (reason: keyof LinkRefusals) => void
}

/** Accepts streams: reads each one's opening and then serves the request or keeps the watch link open. */
export class LinkServer {
  readonly refusals: LinkRefusals = {
    garbage: 0,
    otherCluster: 0,
    otherMember: 0,
    removed: 0,
    busy: 0,
    unfinished: 0,
    open: 0,
    handshake: 0,
    unproven: 0,
  }
  readonly #options: LinkServerOptions
  readonly #server: Server
  readonly #sockets: Set<Socket> = new Set()
  readonly #strangers: Lobby = new Lobby({ all: STRANGERS_MAX, one: STRANGERS_OF_ONE_MAX })
  readonly #fromHomes: Lobby = new Lobby({ all: STRANGERS_MAX, one: STRANGERS_MAX })
  readonly #ofPeers: PeerStreams = new PeerStreams(STREAMS_OF_ONE_MAX)
  readonly #channels: Set<Socket> = new Set()
  #handler: RequestHandler | undefined
  #accept: AcceptChannel | undefined
  #replyBytes = 0

  constructor(options: LinkServerOptions) {
    this.#options = options
    this.#server = createServer({ noDelay: true }, (socket) => this.#arrived(socket))
  }

  /** Rejects with the system's error when the port cannot be had. */
  async listen(): Promise<void> {
    const { host, port } = this.#options
    const listening = once(this.#server, "listening")
    this.#server.listen({ host, port, exclusive: true })
    await listening
    // EMFILE and the like end one accept, never the server.
    this.#server.on("error", () => {
      this.refusals.busy++
    })
  }

  onRequest(handler: RequestHandler): void {
    this.#handler = handler
  }

  onDial(accept: AcceptChannel): void {
    this.#accept = accept
  }

  get connections(): number {
    return this.#sockets.size + this.#channels.size
  }

  /** Whoever it is has no streams here any more. */
  endPeer(peer: NodeId): void {
    this.#ofPeers.end(peer)
  }

  async close(): Promise<void> {
    for (const socket of [...this.#sockets, ...this.#channels]) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #arrived(socket: Socket): void {
    this.#options.traffic.count(socket)
    // A reset is the peer's affair; "close" follows and tidies up.
    socket.on("error", () => {})
    const { remoteAddress = "", remotePort } = socket
    const source = `${remoteAddress}:${remotePort}`
    let isRefused = false
    const refuse = (reason: keyof LinkRefusals): void => {
      if (isRefused) return
      isRefused = true
      this.refusals[reason]++
      this.#options.onRefused(reason, source)
    }
    // Broken off, and not ended: whoever dials knows then that it may try again.
    const breakOff = (reason: "busy" | "unfinished"): void => {
      refuse(reason)
      socket.resetAndDestroy()
    }
    if (this.#sockets.size >= INBOUND_MAX) return breakOff("busy")
    this.#sockets.add(socket)
    const from = this.#callerAt(remoteAddress)
    const waiting = (from.isMember ? this.#fromHomes : this.#strangers).enter(from.place, () => breakOff("busy"))
    const timer = setTimeout(() => breakOff("unfinished"), this.#options.unfinishedMs ?? UNFINISHED_MS)
    socket.on("close", () => {
      clearTimeout(timer)
      waiting.leave()
      this.#sockets.delete(socket)
      this.#channels.delete(socket)
    })
    this.#options.door.accept(socket, from, {
      shaking: waiting.shakesHands,
      through: (stream, peer) => {
        if (peer !== undefined) {
          waiting.leave()
          this.#ofPeers.add(peer, socket)
        }
        this.#readOpening({ socket, stream, peer, waiting, timer, refuse })
      },
      refused: (why) => {
        if (why === "busy") return breakOff(why)
        refuse(why)
        socket.destroy()
      },
    })
  }

  #callerAt(remoteAddress: string): Caller {
    const host = canonicalHost(remoteAddress)
    return this.#options.isHome(host)
      ? { place: host, isMember: true }
      : { place: networkOf(remoteAddress), isMember: false }
  }

  #readOpening(guest: Guest): void {
    const { stream, refuse } = guest
    let held: Uint8Array = new Uint8Array(0)
    const onData = (chunk: Uint8Array): void => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      const read = readOpening(held)
      if (read.kind === "more") return
      stream.off("data", onData)
      switch (read.kind) {
        case "garbage":
          refuse("garbage")
          stream.destroy()
          return
        case "otherVersion":
          refuse("garbage")
          answerAndEnd(stream, ANSWERS.otherVersion)
          return
        case "opening":
          this.#serve(guest, read.opening, read.rest)
          return
        default:
          unreachable(read)
      }
    }
    stream.on("data", onData)
    stream.on("end", () => stream.destroy())
    stream.resume()
  }

  #serve(guest: Guest, opening: Opening, rest: Uint8Array): void {
    const { stream, peer, waiting, timer, refuse } = guest
    if (opening.label !== this.#options.label) {
      refuse("otherCluster")
      answerAndEnd(stream, ANSWERS.otherCluster)
      return
    }
    if (peer !== undefined && this.#options.isRemoved(peer)) {
      refuse("removed")
      answerAndEnd(stream, ANSWERS.removed)
      return
    }
    if (opening.kind === "request") {
      waiting.leave()
      stream.write(Uint8Array.of(ANSWERS.welcome))
      this.#serveRequest(guest, opening.source, rest)
      return
    }
    if (opening.kind === "channel") return this.#serveChannel(guest, opening.source, rest)
    if (opening.target !== this.#options.id) {
      refuse("otherMember")
      answerAndEnd(stream, ANSWERS.otherMember)
      return
    }
    waiting.leave()
    clearTimeout(timer)
    stream.setKeepAlive(true, WATCHER_KEEPALIVE_MS)
    stream.write(Uint8Array.of(ANSWERS.welcome))
    stream.resume()
  }

  #serveChannel({ socket, stream, peer, waiting, timer, refuse }: Guest, source: Addr, rest: Uint8Array): void {
    if (this.#accept === undefined || this.#channels.size >= CHANNELS_MAX) {
      refuse("busy")
      answerAndEnd(stream, ANSWERS.busy)
      return
    }
    waiting.leave()
    clearTimeout(timer)
    this.#sockets.delete(socket)
    this.#channels.add(socket)
    stream.setKeepAlive(true, WATCHER_KEEPALIVE_MS)
    stream.write(Uint8Array.of(ANSWERS.welcome))
    const channel = new SocketChannel((event) => handle(event))
    channel.attach(stream)
    const handle = this.#accept(source, channel, peer)
    stream.on("data", (chunk) => channel.read(chunk))
    stream.on("close", () => channel.end("down"))
    channel.read(rest)
  }

  #serveRequest({ stream, refuse }: Guest, source: Addr, rest: Uint8Array): void {
    const reader = new FrameReader(REQUEST_BYTES_MAX)
    let asked = false
    const onBytes = (chunk: Uint8Array): void => {
      // One request a stream: what follows it is read and dropped, so that the end is noticed.
      if (asked) return
      const frames = reader.push(chunk)
      if (frames === "oversize") {
        refuse("garbage")
        stream.destroy()
        return
      }
      const body = frames[0]
      if (body === undefined) return
      asked = true
      this.#handler?.(source, body, (pages) => this.#reply(stream, pages))
    }
    stream.on("data", onBytes)
    onBytes(rest)
  }

  #reply(socket: Socket, pages: readonly Uint8Array[]): void {
    if (socket.destroyed || socket.writableEnded) return
    let bytes = 0
    for (const page of pages) bytes += page.length
    if (!replyFits(pages) || this.#replyBytes + bytes > REPLIES_BYTES_MAX) {
      this.refusals.busy++
      socket.destroy()
      return
    }
    this.#replyBytes += bytes
    socket.on("close", () => {
      this.#replyBytes -= bytes
    })
    socket.cork()
    for (const each of replyFrames(pages)) socket.write(each)
    socket.end()
  }
}

function answerAndEnd(socket: Socket, answer: number): void {
  socket.end(Uint8Array.of(answer))
  socket.resume()
}
