import { createSocket, type RemoteInfo, type Socket } from "node:dgram"
import { once } from "node:events"
import type { Addr } from "@conclave/base"
import { formatHostPort, type HostPort, isIpv4, numericHostPort } from "../host-port.ts"
import type { Datagrams, Traffic } from "../ports.ts"
import { Ways } from "./discovery/ways.ts"
import { KernelDrops } from "./kernel-drops.ts"

export interface DatagramsOptions {
  /** Numeric; decides the family. */
  readonly host: string
  /** 0 asks the operating system. */
  readonly port: number
  /** Default: each address is reached at itself. */
  readonly ways?: Ways
}

export interface OpenDatagrams extends Datagrams {
  /** Where the socket is bound, with its real port. */
  readonly bound: HostPort
  /** What the kernel granted; it counts its own bookkeeping, too (socket(7)). */
  readonly receiveBufferBytes: number
  readonly close: () => Promise<void>
}

/** Holds a second of a busy cluster's packets while our loop is blocked. */
export const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024
/** Datagrams handed over and not yet reported; beyond either limit a send is dropped and counted. */
export const IN_FLIGHT_PACKETS_MAX = 4096
export const IN_FLIGHT_BYTES_MAX = 4 * 1024 * 1024
/** Parsed targets kept; at the limit all are forgotten. */
const TARGETS_MAX = 16_384

/** Opens the agent's UDP socket. Rejects with the system's error when it cannot be bound. */
export async function openDatagrams(options: DatagramsOptions): Promise<OpenDatagrams> {
  const family = isIpv4(options.host) ? 4 : 6
  // Without a lookup of our own every send would go through the resolver, even for numeric hosts.
  const socket = createSocket({
    type: family === 4 ? "udp4" : "udp6",
    lookup: (host, _options, done) => done(null, host, family),
  })
  const listening = once(socket, "listening")
  socket.bind({ address: options.host, port: options.port, exclusive: true })
  try {
    await listening
  } catch (cause) {
    socket.close()
    throw cause
  }
  return new UdpDatagrams(socket, family, options.ways ?? new Ways())
}

class UdpDatagrams implements OpenDatagrams {
  readonly bound: HostPort
  readonly receiveBufferBytes: number
  readonly #socket: Socket
  readonly #family: 4 | 6
  readonly #ways: Ways
  readonly #drops: KernelDrops
  readonly #targets: Map<Addr, HostPort | undefined> = new Map()
  #handler: ((source: Addr, bytes: Uint8Array) => void) | undefined
  #inFlightPackets = 0
  #inFlightBytes = 0
  #sendErrors = 0
  #closed = false
  #traffic = { sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0 }

  constructor(socket: Socket, family: 4 | 6, ways: Ways) {
    this.#socket = socket
    this.#family = family
    this.#ways = ways
    const { address, port } = socket.address()
    this.bound = { host: address, port }
    this.receiveBufferBytes = askReceiveBuffer(socket)
    this.#drops = new KernelDrops(this.bound)
    socket.on("message", (bytes, source) => this.#receive(bytes, source))
    // A receive error (ICMP, out of memory) says nothing about the next datagram.
    socket.on("error", () => {
      this.#sendErrors++
    })
  }

  send(to: Addr, bytes: Uint8Array): void {
    const target = this.#target(this.#ways.to(to))
    const full =
      this.#inFlightPackets >= IN_FLIGHT_PACKETS_MAX || this.#inFlightBytes + bytes.length > IN_FLIGHT_BYTES_MAX
    if (target === undefined || full || this.#closed) {
      this.#sendErrors++
      return
    }
    const size = bytes.length
    this.#inFlightPackets++
    this.#inFlightBytes += size
    // Without a callback a failed send (EMSGSIZE, EPERM) would be an uncaught error event.
    this.#socket.send(bytes, target.port, target.host, (error) => {
      this.#inFlightPackets--
      this.#inFlightBytes -= size
      if (error !== null) this.#sendErrors++
    })
    this.#traffic.sentPackets++
    this.#traffic.sentBytes += size
  }

  onReceive(handler: (source: Addr, bytes: Uint8Array) => void): void {
    this.#handler = handler
  }

  received(): number {
    return this.#traffic.receivedPackets
  }

  kernelDrops(): number {
    return this.#drops.read()
  }

  sendErrors(): number {
    return this.#sendErrors
  }

  traffic(): Traffic {
    return { ...this.#traffic }
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#handler = undefined
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()))
  }

  #receive(bytes: Uint8Array, source: RemoteInfo): void {
    this.#traffic.receivedPackets++
    this.#traffic.receivedBytes += bytes.length
    // Port 0 cannot be answered (RFC 768), so nothing may come from there.
    if (source.port === 0) return
    this.#handler?.(this.#ways.from(formatHostPort(unmapped(source.address), source.port)), bytes)
  }

  #target(to: Addr): HostPort | undefined {
    if (this.#targets.has(to)) return this.#targets.get(to)
    if (this.#targets.size >= TARGETS_MAX) this.#targets.clear()
    const target = inFamily(numericHostPort(to), this.#family)
    this.#targets.set(to, target)
    return target
  }
}

/** What `to` is called on a socket of this family; undefined when it cannot be reached from there. */
function inFamily(to: HostPort | undefined, family: 4 | 6): HostPort | undefined {
  if (to === undefined || isIpv4(to.host) === (family === 4)) return to
  return family === 6 ? { host: `::ffff:${to.host}`, port: to.port } : undefined
}

/** An IPv4 peer of a dual-stack socket is the same member as over IPv4 (RFC 4291 §2.5.5.2). */
export function unmapped(host: string): string {
  return host.startsWith("::ffff:") && host.includes(".") ? host.slice(7) : host
}

function askReceiveBuffer(socket: Socket): number {
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES)
  } catch {
    // Some sandboxes forbid it; the default stays and is reported.
  }
  try {
    return socket.getRecvBufferSize()
  } catch {
    return 0
  }
}
