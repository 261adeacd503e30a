import type { NodeId } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import type { Links, RequestResult, WatchLink } from "conclave/ports"
import type { Machine } from "./machine.ts"
import type { Network } from "./network.ts"
import type { SimProcess } from "./process.ts"
import { SimChannels } from "./sim-channels.ts"
import type { World } from "./world.ts"

/** First retransmission of a lost segment; doubles up to the maximum, as TCP's does. */
const RETRY_US = 200_000
const RETRY_MAX_US = 3_200_000
/** A dial that nobody answers is given up after this. */
const DIAL_LIMIT_US = 5_000_000

type Reply = (pages: readonly Uint8Array[]) => void
type OnRequest = (source: string, body: Uint8Array, reply: Reply) => void
type Failure = Extract<RequestResult, { ok: false }>["why"]

/** One connection, as both ends see it. `over` at its first end; nothing travels on it afterwards. */
interface Stream {
  over: boolean
  readonly client: SimProcess
  readonly server: Machine
  /** Tells the client that its peer is gone. */
  readonly reset: () => void
}

export interface SimLinksOptions {
  readonly network: Network
  readonly world: World
  readonly machine: Machine
  readonly process: SimProcess
  readonly owner: (machine: Machine) => SimLinks | undefined
  /** An operator has removed whoever has that key, as far as this process knows: it speaks with nobody who has. */
  readonly isRemoved?: (key: NodeId) => boolean
}

/** The streams of one process: requests that it makes and answers, links that it holds and that are held to it. */
export class SimLinks {
  readonly #world: World
  readonly #network: Network
  readonly #machine: Machine
  readonly #process: SimProcess
  readonly #owner: (machine: Machine) => SimLinks | undefined
  readonly #isRemoved: (key: NodeId) => boolean
  readonly #inbound: Set<Stream> = new Set()
  readonly #outbound: Set<Stream> = new Set()
  readonly channels: SimChannels
  #onRequest: OnRequest | undefined = undefined
  #requests = 0

  constructor({ network, world, machine, process, owner, isRemoved = () => false }: SimLinksOptions) {
    this.#world = world
    this.#network = network
    this.#machine = machine
    this.#process = process
    this.#owner = owner
    this.#isRemoved = isRemoved
    this.channels = new SimChannels({
      world,
      network,
      machine,
      process,
      channelsOf: (other) => owner(other)?.channels,
      isRemoved,
    })
  }

  /** Links that stand, counted where they were dialled. */
  get standing(): number {
    return this.#outbound.size
  }

  /** Requests made so far. */
  get requests(): number {
    return this.#requests
  }

  port(): Links {
    return {
      request: (to, body, limitMs, done) => this.#request(to, body, limitMs, done),
      onRequest: (handler) => {
        this.#onRequest = handler as OnRequest
      },
      watch: (to, id, on) => this.#watch(to, id, on),
      dial: (to, on, meant) => this.channels.dial(to, on, meant),
      onDial: (accept) => this.channels.onDial(accept),
      traffic: () => ({ sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0 }),
    }
  }

  /** The process ended on a machine that lives: its kernel resets every stream. */
  resetAll(): void {
    this.channels.resetAll()
    for (const stream of [...this.#inbound]) this.#resetFrom(stream)
    this.#inbound.clear()
    for (const stream of this.#outbound) stream.over = true
    this.#outbound.clear()
  }

  /** Both ends lose every stream while both live, as a firewall that restarts does it. */
  breakAll(): void {
    this.channels.breakAll()
    for (const stream of [...this.#inbound, ...this.#outbound]) this.#resetFrom(stream)
    this.#inbound.clear()
  }

  /** Whoever has that key: nothing is said to it any more, and nothing is heard of it. */
  endPeer(key: NodeId): void {
    this.channels.endPeer(key)
    for (const stream of [...this.#inbound]) {
      if (this.#network.machines[stream.client.index]?.key !== key) continue
      this.#inbound.delete(stream)
      this.#resetFrom(stream)
    }
    for (const stream of this.#outbound) if (stream.server.key === key) this.#world.after(0, stream.reset)
  }

  /** The machine lost its power: nobody hears of it, and an idle stream of a live peer hangs. */
  silence(): void {
    this.channels.silence()
    this.#inbound.clear()
    for (const stream of this.#outbound) stream.over = true
    this.#outbound.clear()
  }

  #forget(stream: Stream): void {
    stream.over = true
    this.#outbound.delete(stream)
    const server = this.#owner(stream.server)
    if (server !== undefined) server.#inbound.delete(stream)
  }

  /** A reset that a cut swallows is not sent again: the peer's stream hangs. */
  #resetFrom(stream: Stream): void {
    const client = this.#network.machines[stream.client.index]
    if (client === undefined || stream.over) return
    if (!this.#network.streamsPass(stream.server, client)) return
    this.#world.after(this.#network.delayUs(), () => stream.reset())
  }

  #request(to: string, body: Uint8Array, limitMs: number, done: (result: RequestResult) => void): void {
    this.#requests++
    const server = this.#network.at(to)
    const end = (result: RequestResult): void => {
      if (stream.over) return
      this.#forget(stream)
      this.#process.task(() => done(result))
    }
    const fail = (why: Failure): void => end({ ok: false, why })
    const stream: Stream = {
      over: false,
      client: this.#process,
      server: server ?? this.#machine,
      reset: () => fail("reset"),
    }
    this.#outbound.add(stream)
    this.#world.after(limitMs * 1000, () => fail("timeout"))
    if (server === undefined) {
      this.#world.after(this.#network.delayUs(), () => fail("unreachable"))
      return
    }
    if (this.#isRemoved(server.key)) return this.#travel(stream, this.#machine, server, 2, () => fail("refused"))
    // Connect, accept, request: three ways before the handler runs.
    this.#travel(stream, this.#machine, server, 3, () => {
      const links = server.powered ? this.#owner(server) : undefined
      if (!server.powered) return
      const back = (why: Failure): void => this.#travel(stream, server, this.#machine, 1, () => fail(why))
      if (links === undefined) back("refused")
      else if (links.#isRemoved(this.#machine.key)) back("removed")
      else links.#answer(stream, this.#machine, body, (pages) => end({ ok: true, pages }))
    })
  }

  #answer(stream: Stream, client: Machine, body: Uint8Array, end: (pages: readonly Uint8Array[]) => void): void {
    this.#inbound.add(stream)
    this.#process.task(() => {
      this.#onRequest?.(client.addr, body, (pages) => {
        this.#inbound.delete(stream)
        this.#travel(stream, this.#machine, client, 1, () => end(pages))
      })
    })
  }

  #watch(to: string, id: string, on: (event: LinkEvent) => void): WatchLink {
    const server = this.#network.at(to)
    const tell = (event: LinkEvent): void => {
      if (stream.over) return
      if (event !== "up") this.#forget(stream)
      this.#process.task(() => {
        if (!closed) on(event)
      })
    }
    let closed = false
    let answered = false
    const answer = (event: LinkEvent): void => {
      if (answered) return
      answered = true
      tell(event)
    }
    const stream: Stream = {
      over: false,
      client: this.#process,
      server: server ?? this.#machine,
      reset: () => {
        if (answered) tell("down")
        else answer("failed")
      },
    }
    this.#outbound.add(stream)
    this.#world.after(DIAL_LIMIT_US, () => answer("failed"))
    if (server !== undefined) this.#dial(stream, server, id, answer)
    return {
      close: () => {
        closed = true
        this.#forget(stream)
      },
    }
  }

  #dial(stream: Stream, server: Machine, id: string, answer: (event: LinkEvent) => void): void {
    const back = (event: LinkEvent): void => this.#travel(stream, server, this.#machine, 1, () => answer(event))
    this.#travel(stream, this.#machine, server, 3, () => {
      if (!server.powered) return
      const links = this.#owner(server)
      if (links === undefined || server.id !== id || this.#isRemoved(server.key)) return back("refused")
      if (links.#isRemoved(this.#machine.key)) return back("failed")
      links.#inbound.add(stream)
      // A stopped process still accepts, but its hello needs its loop.
      links.#process.task(() => back("up"))
    })
  }

  /** Goes `legs` ways; a lost segment or a cut costs retransmissions, never the order. */
  #travel(stream: Stream, from: Machine, to: Machine, legs: number, arrive: () => void): void {
    let us = 0
    const loss = this.#network.lossPermille(from, to)
    for (let leg = 0; leg < legs; leg++) {
      us += this.#network.delayUs()
      for (let retry = RETRY_US; loss > 0 && this.#world.random.below(1000) < loss; retry *= 2) {
        us += Math.min(retry, RETRY_MAX_US)
        if (us > RETRY_MAX_US * 10) return
      }
    }
    this.#world.after(us, () => this.#attempt(stream, from, to, RETRY_US, arrive))
  }

  #attempt(stream: Stream, from: Machine, to: Machine, retryUs: number, arrive: () => void): void {
    if (stream.over || stream.client.over) return
    if (this.#network.streamsPass(from, to) && this.#network.streamsPass(to, from)) {
      arrive()
      return
    }
    const next = Math.min(retryUs * 2, RETRY_MAX_US)
    this.#world.after(retryUs, () => this.#attempt(stream, from, to, next, arrive))
  }
}
