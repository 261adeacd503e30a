import type { Addr, NodeId } from "@conclave/base"
import type { Effect, Input, Message, StreamReply, StreamRequest, Swim } from "@conclave/swim"
import { JudgedAlarm } from "../judged-alarm.ts"
import type { Clock, Datagrams, Links, RequestFailure, WatchLink } from "../ports.ts"
import type { SealProblem } from "./seal/seal.ts"

/** A datagram that says nothing to us, and why. */
export interface Unreadable {
  readonly kind: "unreadable"
  readonly problem: SealProblem
}

/** Turns what the core says into bytes and back. Decoding refuses with undefined, never by throwing. */
export interface SwimCodec {
  readonly encodeMessage: (message: Message) => Uint8Array
  readonly decodeMessage: (bytes: Uint8Array) => Message | Unreadable
  readonly encodeRequest: (request: StreamRequest) => Uint8Array
  readonly decodeRequest: (bytes: Uint8Array) => StreamRequest | undefined
  readonly encodeReply: (reply: StreamReply) => Uint8Array
  readonly decodeReply: (bytes: Uint8Array) => StreamReply | undefined
  /** This process did nothing for so long. */
  readonly stood: (lostMs: number) => void
}

/** Why somebody does not listen to this host: the last word about it. */
export const REMOVED =
  "an operator has removed this host from the cluster: to let it in again start it with an empty data directory"

/** For people: a failing join is logged with these words. */
const FAILURES: Readonly<Record<RequestFailure, string>> = {
  refused: "nothing listens there",
  timeout: "no answer in time",
  reset: "it broke the connection off: where it has keys and this agent is insecure, give this one the same",
  unreachable: "it cannot be reached",
  protocol: "what answers there is no agent of this kind",
  noTls: "it breaks off the TLS handshake, as an agent does that runs open: give it the joinKeyFile of this one",
  removed: REMOVED,
  notAdmitted: "it does not let this agent in: compare the joinKeyFile and the cluster name of the two",
  otherCluster: "it belongs to another cluster",
  otherVersion: "it speaks another version of the protocol",
}

/** Effects that are not about the wire: the host deals with them. */
export type HostEffect = Exclude<Effect, { kind: "send" | "streamRequest" | "streamReply" | "dialLink" | "closeLink" }>

export interface SwimPorts {
  readonly clock: Clock
  readonly datagrams: Datagrams
  readonly links: Links
}

/**
 * Connects a `Swim` to an operating system: one alarm, datagrams, streams and links. Deadlines are judged when a turn
 * has brought no datagram, and the core is told how long this process did nothing.
 */
export class SwimDriver {
  readonly swim: Swim
  readonly #ports: SwimPorts
  readonly #codec: SwimCodec
  readonly #onEffect: (effect: HostEffect) => void
  readonly #onUnreadable: (source: Addr, problem: SealProblem) => void
  readonly #alarm: JudgedAlarm
  readonly #links: Map<NodeId, WatchLink> = new Map()
  readonly #replies: Map<number, (pages: readonly Uint8Array[]) => void> = new Map()
  readonly #waiting: Input[] = []
  #conn = 0
  #isStepping = false
  #stopped = false
  #drops = 0
  #malformed = 0

  constructor(options: {
    readonly swim: Swim
    readonly ports: SwimPorts
    readonly codec: SwimCodec
    readonly onEffect: (effect: HostEffect) => void
    readonly onUnreadable: (source: Addr, problem: SealProblem) => void
  }) {
    this.swim = options.swim
    this.#ports = options.ports
    this.#codec = options.codec
    this.#onEffect = options.onEffect
    this.#onUnreadable = options.onUnreadable
    const { clock, datagrams, links } = options.ports
    this.#alarm = new JudgedAlarm({
      clock,
      received: () => datagrams.received(),
      judge: (lostMs) => this.#judge(lostMs),
    })
    datagrams.onReceive((source, bytes) => this.#received(source, bytes))
    links.onRequest((_source, body, reply) => this.#requested(body, reply))
  }

  /** Datagrams and streams that were not what they should be. */
  get malformed(): number {
    return this.#malformed
  }

  /** The first tick; from here on the alarm keeps it going. */
  start(): void {
    this.input({ kind: "tick" })
  }

  /** Inputs that arrive while one is being worked on wait their turn. */
  input(input: Input): void {
    if (this.#stopped) return
    this.#waiting.push(input)
    if (this.#isStepping) return
    this.#isStepping = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const effects = this.swim.step(this.#ports.clock.now(), next)
      for (let index = 0; index < effects.length; index++) this.#perform(effects[index] as Effect)
    }
    this.#isStepping = false
    this.#alarm.arm(this.swim.nextDeadlineMs)
  }

  stop(): void {
    this.#stopped = true
    this.#alarm.stop()
    for (const link of this.#links.values()) link.close()
    this.#links.clear()
  }

  #judge(lostMs: number): void {
    if (lostMs === 0) return this.input({ kind: "tick" })
    this.#codec.stood(lostMs)
    this.input({ kind: "stalled", lostMs, drops: this.#dropped() })
  }

  #dropped(): boolean {
    const drops = this.#ports.datagrams.kernelDrops()
    const more = drops > this.#drops
    this.#drops = drops
    return more
  }

  #received(source: Addr, bytes: Uint8Array): void {
    const message = this.#codec.decodeMessage(bytes)
    if (message.kind === "unreadable") this.#unreadable(source, message.problem)
    else this.input({ kind: "message", source, message })
  }

  #unreadable(source: Addr, problem: SealProblem): void {
    this.#malformed++
    this.#onUnreadable(source, problem)
  }

  #requested(body: Uint8Array, reply: (pages: readonly Uint8Array[]) => void): void {
    const request = this.#codec.decodeRequest(body)
    if (request === undefined) {
      this.#malformed++
      return reply([this.#codec.encodeReply({ kind: "refused", reason: "the request cannot be read" })])
    }
    const conn = ++this.#conn
    this.#replies.set(conn, reply)
    this.input({ kind: "streamRequest", conn, request })
  }

  #perform(effect: Effect): void {
    const { datagrams } = this.#ports
    switch (effect.kind) {
      case "send":
        return datagrams.send(effect.to, this.#codec.encodeMessage(effect.message))
      case "streamRequest":
        return this.#request(effect)
      case "streamReply": {
        const reply = this.#replies.get(effect.conn)
        this.#replies.delete(effect.conn)
        reply?.(effect.pages.map((page) => this.#codec.encodeReply(page)))
        return
      }
      case "dialLink":
        return this.#dial(effect.id, effect.addr)
      case "closeLink":
        this.#links.get(effect.id)?.close()
        this.#links.delete(effect.id)
        return
      default:
        return this.#onEffect(effect)
    }
  }

  #request(effect: Extract<Effect, { kind: "streamRequest" }>): void {
    const { request } = effect
    const body = this.#codec.encodeRequest(effect.body)
    this.#ports.links.request(effect.to, body, effect.limitMs, (result) => {
      if (!result.ok) {
        return this.input({ kind: "streamReply", request, pages: undefined, failure: FAILURES[result.why] })
      }
      const pages: StreamReply[] = []
      for (const bytes of result.pages) {
        const page = this.#codec.decodeReply(bytes)
        if (page === undefined) {
          this.#malformed++
          return this.input({ kind: "streamReply", request, pages: undefined, failure: FAILURES.protocol })
        }
        pages.push(page)
      }
      this.input({ kind: "streamReply", request, pages, failure: "" })
    })
  }

  /** A new dial replaces the link before it; its late events are nobody's any more. */
  #dial(id: NodeId, addr: Addr): void {
    this.#links.get(id)?.close()
    const link: WatchLink = this.#ports.links.watch(addr, id, (event) => {
      if (this.#links.get(id) !== link) return
      if (event !== "up") this.#links.delete(id)
      this.input({ kind: "link", id, event })
    })
    this.#links.set(id, link)
  }
}
