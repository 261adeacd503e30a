import { type Addr, millis, type NodeId } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import { FaultyChannel } from "./faulty-channels.ts"
import type { Channel, ChannelEvent, Clock, Datagrams, Links, RequestResult, WatchLink } from "./ports.ts"

export type Direction = "in" | "out"

type IsDropped = (addr: Addr, direction: Direction) => boolean

/** How long a dial across a cut seems to take; a real one fails after the same time. */
const DIAL_MS = 5000

/**
 * Datagrams and links with a cut in them: traffic with chosen addresses is silenced in chosen directions, as a broken
 * network would. A stream needs both directions, so that either cut ends it: requests run into their time limit, open
 * watch links and channels fall silent, and what happened behind the cut is told when it is healed.
 */
export class FaultyPorts {
  readonly datagrams: Datagrams
  readonly links: Links
  readonly #clock: Clock
  readonly #silenced: Set<() => void> = new Set()
  readonly #channels: Set<FaultyChannel> = new Set()
  #isDropped: IsDropped = () => false

  constructor(ports: { readonly clock: Clock; readonly datagrams: Datagrams; readonly links: Links }) {
    this.#clock = ports.clock
    this.datagrams = this.#cutDatagrams(ports.datagrams)
    this.links = this.#cutLinks(ports.links)
  }

  /** Replaces the rule; links that are silent no more tell what became of them. */
  set(isDropped: IsDropped): void {
    this.#isDropped = isDropped
    for (const tell of [...this.#silenced]) tell()
    for (const channel of [...this.#channels]) channel.heal()
  }

  #isCut(addr: Addr): boolean {
    return this.#isDropped(addr, "in") || this.#isDropped(addr, "out")
  }

  #cutDatagrams(real: Datagrams): Datagrams {
    return {
      send: (to, bytes) => {
        if (!this.#isDropped(to, "out")) real.send(to, bytes)
      },
      onReceive: (handler) => {
        real.onReceive((source, bytes) => {
          if (!this.#isDropped(source, "in")) handler(source, bytes)
        })
      },
      received: () => real.received(),
      kernelDrops: () => real.kernelDrops(),
      sendErrors: () => real.sendErrors(),
      traffic: () => real.traffic(),
    }
  }

  #cutLinks(real: Links): Links {
    return {
      request: (to, body, limitMs, done) => this.#request(real, { to, body, limitMs }, done),
      onRequest: (handler) => {
        real.onRequest((source, body, reply) => {
          if (this.#isCut(source)) return
          handler(source, body, (pages) => {
            if (!this.#isCut(source)) reply(pages)
          })
        })
      },
      watch: (to, id, on) => this.#watch(real, { to, id }, on),
      dial: (to, on, meant) => this.#dial(real, { to, meant }, on),
      onDial: (accept) => {
        real.onDial((source, real, peer) => {
          const channel = this.#channelWith(source)
          channel.connect(real, accept(source, channel, peer))
          return channel.hear
        })
      },
      traffic: () => real.traffic(),
    }
  }

  #channelWith(addr: Addr): FaultyChannel {
    const isCut = (each: Addr): boolean => this.#isCut(each)
    const channel = new FaultyChannel(addr, isCut, (over) => this.#channels.delete(over))
    this.#channels.add(channel)
    return channel
  }

  #dial(
    real: Links,
    { to, meant }: { readonly to: Addr; readonly meant: NodeId | undefined },
    on: (event: ChannelEvent) => void,
  ): Channel {
    if (this.#isCut(to)) {
      const close = this.#at(this.#clock.now() + DIAL_MS, () => on({ kind: "over", why: "failed" }))
      return { send: () => true, waitingBytes: () => 0, close }
    }
    const channel = this.#channelWith(to)
    channel.connect(real.dial(to, channel.hear, meant), on)
    return channel
  }

  #request(
    real: Links,
    { to, body, limitMs }: { readonly to: Addr; readonly body: Uint8Array; readonly limitMs: number },
    done: (result: RequestResult) => void,
  ): void {
    const endsAt = this.#clock.now() + limitMs
    const timeOut = (): void => {
      this.#at(endsAt, () => done({ ok: false, why: "timeout" }))
    }
    if (this.#isCut(to)) return timeOut()
    real.request(to, body, limitMs, (result) => {
      if (this.#isCut(to)) timeOut()
      else done(result)
    })
  }

  #watch(
    real: Links,
    { to, id }: { readonly to: Addr; readonly id: string },
    on: (event: LinkEvent) => void,
  ): WatchLink {
    if (this.#isCut(to)) return { close: this.#at(this.#clock.now() + DIAL_MS, () => on("failed")) }
    let withheld: LinkEvent | undefined
    let isUp = false
    const tell = (): void => {
      if (this.#isCut(to) || withheld === undefined) return
      const event = withheld
      withheld = undefined
      this.#silenced.delete(tell)
      if (event === "up") isUp = true
      // A link that came up and went down behind a cut never was up for those who could not see it.
      on(event === "down" && !isUp ? "failed" : event)
    }
    const link = real.watch(to, id, (event) => {
      // Of several events behind one cut only the last matters.
      withheld = event
      this.#silenced.add(tell)
      tell()
    })
    return {
      close: () => {
        this.#silenced.delete(tell)
        link.close()
      },
    }
  }

  /** Acts at `at`; the result calls it off. */
  #at(at: number, act: () => void): () => void {
    const alarm = this.#clock.alarm(act)
    alarm.set(millis(at))
    return () => alarm.clear()
  }
}
