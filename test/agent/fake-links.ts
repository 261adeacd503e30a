import type { Addr, NodeId } from "@conclave/base"
import type { AcceptChannel, Channel, ChannelEvent, Clock, Links } from "conclave/ports"
import type { FakeClock } from "./fake-clock.ts"

/** A clock whose turns end at once. */
export function clockOf(time: FakeClock): Clock {
  const { now, bootMs, alarm } = time
  const wallMs = (): number => 1_700_000_000_000 + now()
  return { now, bootMs, alarm, wallMs, afterTurn: (done) => done(), afterSlice: (done) => done() }
}

type Handler = (event: ChannelEvent) => void

/** One end of a channel in memory. */
class End implements Channel {
  peer: End | undefined
  handler: Handler = () => {}
  readonly sent: Uint8Array[] = []
  isClosed = false
  /** What `waitingBytes` says. */
  waiting = 0
  isFull = false

  readonly send = (body: Uint8Array): boolean => {
    if (this.isClosed || this.isFull) return false
    this.sent.push(body)
    this.peer?.hear({ kind: "frame", body })
    return true
  }

  readonly waitingBytes = (): number => this.waiting

  readonly close = (): void => {
    if (this.isClosed) return
    this.isClosed = true
    this.peer?.hear({ kind: "over", why: "down" })
  }

  hear(event: ChannelEvent): void {
    if (this.isClosed) return
    if (event.kind === "over") this.isClosed = true
    this.handler(event)
  }
}

/** A dial that the test decides about. */
export interface Dial {
  readonly to: Addr
  /** Who must be there. */
  readonly meant: NodeId | undefined
  readonly end: End
  /** The peer's end, once it is up. */
  readonly accept: () => End
  readonly fail: (why: "refused" | "failed") => void
}

/** Channels between those who dial and those who listen, at once and in order; dials to nobody wait for the test. */
export class FakeLinks {
  readonly dials: Dial[] = []
  readonly #listeners: Map<Addr, AcceptChannel> = new Map()

  /** `id` is who the dialler shows to be, where anybody asks. */
  port(own: Addr, id?: NodeId): Pick<Links, "dial" | "onDial"> {
    return {
      dial: (to, on, meant) => this.#dial({ own, id }, { to, meant }, on),
      onDial: (accept) => void this.#listeners.set(own, accept),
    }
  }

  #dial(
    { own, id }: { readonly own: Addr; readonly id: NodeId | undefined },
    { to, meant }: Pick<Dial, "to" | "meant">,
    on: Handler,
  ): Channel {
    const end = new End()
    end.handler = on
    const accept = (): End => {
      const peer = new End()
      peer.peer = end
      const listener = this.#listeners.get(to)
      if (listener !== undefined) peer.handler = listener(own, peer, id)
      end.hear({ kind: "up" })
      // What is sent meanwhile goes behind what was sent before.
      for (let at = 0; at < end.sent.length; at++) peer.hear({ kind: "frame", body: end.sent[at] as Uint8Array })
      end.peer = peer
      if (end.isClosed) peer.hear({ kind: "over", why: "down" })
      return peer
    }
    this.dials.push({ to, meant, end, accept, fail: (why) => end.hear({ kind: "over", why }) })
    return end
  }
}
