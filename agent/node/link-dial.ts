import { connect, type Socket } from "node:net"
import type { Addr, NodeId } from "@conclave/base"
import { frame } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import { numericHostPort } from "../host-port.ts"
import type { Channel, ChannelEnd, ChannelEvent, RequestResult, WatchLink } from "../ports.ts"
import { SocketChannel } from "./link-channel.ts"
import { ANSWERS, encodeOpening, type OpeningKind } from "./link-opening.ts"
import { PageReader, REQUEST_BYTES_MAX } from "./link-pages.ts"
import type { LinkTraffic } from "./link-traffic.ts"

/** Outgoing streams at once; the next one fails at once. */
export const OUTBOUND_MAX = 1024
/** A watch link or channel that is not up by then has failed. */
export const WATCH_OPEN_MS = 5000

export interface DialOptions {
  /** Source address of outgoing connections; undefined lets the system choose. */
  readonly localAddress: string | undefined
  /** The address that this agent advertises. */
  readonly source: Addr
  readonly label: number
  readonly traffic: LinkTraffic
}

type Failure = Extract<RequestResult, { ok: false }>["why"]

/** Makes outgoing streams. */
export class LinkDialler {
  readonly #options: DialOptions
  readonly #sockets: Set<Socket> = new Set()

  constructor(options: DialOptions) {
    this.#options = options
  }

  request(to: Addr, body: Uint8Array, limitMs: number, done: (result: RequestResult) => void): void {
    const fits = body.length <= REQUEST_BYTES_MAX
    const socket = fits ? this.#connect(to) : undefined
    if (socket === undefined) {
      const why: Failure = fits ? "unreachable" : "protocol"
      setImmediate(() => done({ ok: false, why }))
      return
    }
    const settle = once<RequestResult>((result) => {
      clearTimeout(timer)
      socket.destroy()
      done(result)
    })
    const fail = (why: Failure): void => settle({ ok: false, why })
    const timer = afterReading(Math.max(1, limitMs), () => fail("timeout"))
    const pages = new PageReader()
    let welcome = false
    socket.on("connect", () => {
      if (isOwnEcho(socket)) return fail("refused")
      socket.write(this.#opening("request", undefined))
      socket.write(frame(body))
    })
    socket.on("data", (chunk) => {
      if (!welcome && chunk[0] !== ANSWERS.welcome) return fail(whyNot(chunk[0]))
      const read = pages.push(welcome ? chunk : chunk.subarray(1))
      welcome = true
      if (read === "broken") fail("protocol")
      else if (read !== "more") settle({ ok: true, pages: read })
    })
    socket.on("error", (error) => fail(failureOf(error)))
    socket.on("close", () => fail("reset"))
  }

  watch(to: Addr, id: NodeId, on: (event: LinkEvent) => void): WatchLink {
    const socket = this.#connect(to)
    let over = false
    let up = false
    const end = (event: LinkEvent | undefined): void => {
      if (over) return
      over = true
      clearTimeout(timer)
      socket?.destroy()
      if (event !== undefined) on(event)
    }
    const timer = afterReading(WATCH_OPEN_MS, () => end("failed"))
    if (socket === undefined) {
      setImmediate(() => end("failed"))
      return { close: () => end(undefined) }
    }
    const lost = (): void => end(up ? "down" : "failed")
    socket.on("connect", () => {
      if (isOwnEcho(socket)) return end("refused")
      socket.setNoDelay(true)
      socket.setKeepAlive(false)
      socket.write(this.#opening("watch", id))
    })
    socket.on("data", (chunk) => {
      if (up || over) return
      // Whoever answers there, it is not the member that was meant, in this cluster.
      if (chunk[0] === ANSWERS.otherMember || chunk[0] === ANSWERS.otherCluster) return end("refused")
      if (chunk[0] !== ANSWERS.welcome) return end("failed")
      up = true
      clearTimeout(timer)
      on("up")
    })
    socket.on("error", (error) => (failureOf(error) === "refused" && !up ? end("refused") : lost()))
    socket.on("end", lost)
    socket.on("close", lost)
    return { close: () => end(undefined) }
  }

  dial(to: Addr, on: (event: ChannelEvent) => void): Channel {
    const socket = this.#connect(to)
    if (socket === undefined) return deadChannel(on)
    const channel = new SocketChannel(socket, on)
    const end = (why: ChannelEnd): void => {
      clearTimeout(timer)
      channel.end(why)
    }
    const timer = afterReading(WATCH_OPEN_MS, () => end("failed"))
    let up = false
    socket.on("connect", () => {
      if (isOwnEcho(socket)) end("refused")
    })
    socket.write(this.#opening("channel", undefined))
    socket.on("data", (chunk) => {
      if (channel.isOver) return
      if (up) return channel.read(chunk)
      if (chunk[0] !== ANSWERS.welcome) return end(channelRefusal(chunk[0]))
      up = true
      clearTimeout(timer)
      on({ kind: "up" })
      channel.read(chunk.subarray(1))
    })
    const lost = (): void => end(up ? "down" : "failed")
    socket.on("error", (error) => (failureOf(error) === "refused" && !up ? end("refused") : lost()))
    socket.on("end", lost)
    socket.on("close", lost)
    return channel
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

  #opening(kind: OpeningKind, target: NodeId | undefined): Uint8Array {
    const { label, source } = this.#options
    return encodeOpening({ kind, label, source, target })
  }
}

/**
 * On loopback a dial to a free port of the ephemeral range can get that very port as its source and meet
 * itself (RFC 9293 §3.5, simultaneous open). Nobody listens there.
 */
function isOwnEcho(socket: Socket): boolean {
  return socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress
}

/** After a stall of ours the answer may be waiting in the kernel: read it before time is called. */
function afterReading(limitMs: number, act: () => void): NodeJS.Timeout {
  return setTimeout(() => setImmediate(act), limitMs)
}

/** No connection could even be begun. */
function deadChannel(on: (event: ChannelEvent) => void): Channel {
  let isClosed = false
  setImmediate(() => {
    if (!isClosed) on({ kind: "over", why: "failed" })
  })
  return {
    send: () => false,
    waitingBytes: () => 0,
    close: () => {
      isClosed = true
    },
  }
}

function channelRefusal(answer: number | undefined): ChannelEnd {
  const why = whyNot(answer)
  return why === "otherCluster" || why === "otherVersion" ? why : "failed"
}

function whyNot(answer: number | undefined): Failure {
  switch (answer) {
    case ANSWERS.busy:
      return "reset"
    case ANSWERS.otherCluster:
      return "otherCluster"
    case ANSWERS.otherVersion:
      return "otherVersion"
    default:
      return "protocol"
  }
}

function failureOf(error: NodeJS.ErrnoException): Failure {
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

function once<T>(act: (value: T) => void): (value: T) => void {
  let done = false
  return (value) => {
    if (done) return
    done = true
    act(value)
  }
}
