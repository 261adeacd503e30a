import type { NodeId } from "@conclave/base"
import type { AcceptChannel, Channel, ChannelEnd, ChannelEvent } from "conclave/ports"
import type { Machine } from "./machine.ts"
import type { Network } from "./network.ts"
import type { SimProcess } from "./process.ts"
import type { World } from "./world.ts"

const RETRY_US = 200_000
const RETRY_MAX_US = 3_200_000
const DIAL_LIMIT_US = 5_000_000
const WAITING_BYTES_MAX = 8 * 1024 * 1024

type Handler = (event: ChannelEvent) => void

interface InFlight {
  readonly readyUs: number
  readonly event: ChannelEvent
  readonly bytes: number
}

/** One side of a channel: what it sends arrives in order, as late as the slowest before it. */
class End implements Channel {
  readonly owner: SimChannels
  peer: End | undefined
  handler: Handler = () => {}
  isOver = false
  isUp = false
  #queue: InFlight[] = []
  #bytes = 0
  #isMoving = false
  #isClosed = false

  constructor(owner: SimChannels) {
    this.owner = owner
  }

  readonly send = (body: Uint8Array): boolean => {
    if (this.isOver || this.owner.process.over || this.#bytes + body.length > WAITING_BYTES_MAX) return false
    this.owner.network.onFrame(this.owner.machine, body)
    this.post({ kind: "frame", body: body.slice() }, body.length)
    return true
  }

  readonly waitingBytes = (): number => this.#bytes

  readonly close = (): void => {
    this.#isClosed = true
    if (this.isOver) return
    this.finish()
    this.post({ kind: "over", why: "down" }, 0)
  }

  /** Over at both ends, which hear of it later. */
  sever(): void {
    if (this.isOver) return
    const event = { kind: "over", why: "down" } as const
    this.finish()
    this.post(event, 0)
    this.owner.world.after(0, () =>
      this.owner.process.task(() => {
        if (!this.#isClosed) this.handler(event)
      }),
    )
  }

  /** Nothing is told here any more. */
  finish(): void {
    this.isOver = true
    this.owner.ends.delete(this)
  }

  tell(event: ChannelEvent): void {
    if (this.isOver) return
    if (event.kind === "over") this.finish()
    if (event.kind === "up") this.isUp = true
    this.owner.process.task(() => {
      if (!this.#isClosed) this.handler(event)
    })
  }

  post(event: ChannelEvent, bytes: number): void {
    const { world, network } = this.owner
    const lastUs = this.#queue.at(-1)?.readyUs ?? 0
    this.#queue.push({ readyUs: Math.max(lastUs, world.nowUs + network.delayUs()), event, bytes })
    this.#bytes += bytes
    if (this.peer !== undefined) this.move()
  }

  /** Brings what is ready to the peer; a cut holds everything up, as the kernel's retransmissions do. */
  move(): void {
    const first = this.#queue[0]
    if (first === undefined || this.#isMoving) return
    this.#isMoving = true
    const { world } = this.owner
    world.after(Math.max(0, first.readyUs - world.nowUs) + this.#lossUs(), () => this.#attempt(RETRY_US))
  }

  #attempt(retryUs: number): void {
    const { peer } = this
    const { world } = this.owner
    if (peer === undefined) return
    if (!this.owner.passesTo(peer.owner)) {
      // A good-bye that is swallowed is not sent again.
      if (this.isOver) return
      const next = Math.min(retryUs * 2, RETRY_MAX_US)
      world.after(retryUs, () => this.#attempt(next))
      return
    }
    this.#isMoving = false
    while ((this.#queue[0]?.readyUs ?? Number.POSITIVE_INFINITY) <= world.nowUs) {
      const { event, bytes } = this.#queue.shift() as InFlight
      this.#bytes -= bytes
      // The kernel over there knows no such connection any more, and says so.
      if (peer.isOver && event.kind === "frame") return this.#reset()
      peer.tell(event)
    }
    this.move()
  }

  #reset(): void {
    this.#queue = []
    this.#bytes = 0
    const { world, network } = this.owner
    world.after(network.delayUs(), () => this.tell({ kind: "over", why: "down" }))
  }

  #lossUs(): number {
    const { peer, owner } = this
    const loss = peer === undefined ? 0 : owner.network.lossPermille(owner.machine, peer.owner.machine)
    let us = 0
    for (let retry = RETRY_US; loss > 0 && owner.world.random.below(1000) < loss; retry *= 2) {
      us += Math.min(retry, RETRY_MAX_US)
      if (us > RETRY_MAX_US * 10) break
    }
    return us
  }
}

/** The channels of one process, dialled here and elsewhere. */
export class SimChannels {
  readonly world: World
  readonly network: Network
  readonly machine: Machine
  readonly process: SimProcess
  readonly ends: Set<End> = new Set()
  readonly #channelsOf: (machine: Machine) => SimChannels | undefined
  readonly #isRemoved: (key: NodeId) => boolean
  #accept: AcceptChannel | undefined

  constructor(options: {
    readonly world: World
    readonly network: Network
    readonly machine: Machine
    readonly process: SimProcess
    readonly channelsOf: (machine: Machine) => SimChannels | undefined
    /** This process speaks with nobody who has that key. */
    readonly isRemoved: (key: NodeId) => boolean
  }) {
    this.world = options.world
    this.network = options.network
    this.machine = options.machine
    this.process = options.process
    this.#channelsOf = options.channelsOf
    this.#isRemoved = options.isRemoved
  }

  onDial(accept: AcceptChannel): void {
    this.#accept = accept
  }

  /** `meant`: whom the dialler wants there; anybody else it lets go. */
  dial(to: string, handler: Handler, meant?: string): End {
    const end = new End(this)
    end.handler = handler
    this.ends.add(end)
    const over = (why: ChannelEnd): void => {
      if (!end.isUp) end.tell({ kind: "over", why })
    }
    this.world.after(DIAL_LIMIT_US, () => over("failed"))
    const server = this.network.at(to)
    if (server !== undefined && meant !== undefined && server.key !== meant) {
      this.world.after(2 * this.network.delayUs(), () => over("refused"))
    } else if (server !== undefined) this.#knock(end, server, over)
    return end
  }

  /** What no agent of the product says: whoever looks at what agents say does not see it. The result ends it. */
  forge(to: string, frames: readonly Uint8Array[], handler: Handler): () => void {
    const end = this.dial(to, handler)
    for (const body of frames) end.post({ kind: "frame", body }, body.length)
    return () => end.close()
  }

  /** The process ended on a machine that lives: its kernel resets every connection. */
  resetAll(): void {
    for (const end of [...this.ends]) {
      end.finish()
      end.post({ kind: "over", why: "down" }, 0)
    }
  }

  /** Both ends lose every channel while both live. */
  breakAll(): void {
    for (const end of [...this.ends]) {
      end.peer?.tell({ kind: "over", why: "down" })
      end.tell({ kind: "over", why: "down" })
    }
  }

  /** All that there are with whoever has that key. */
  endPeer(key: NodeId): void {
    for (const end of this.#with(key)) end.sever()
  }

  /** A channel with whoever has that key stands. */
  speaksWith(key: NodeId): boolean {
    return this.#with(key).length > 0
  }

  #with(key: NodeId): readonly End[] {
    return [...this.ends].filter(({ peer }) => peer?.owner.machine.key === key)
  }

  /** The machine lost its power: nobody hears of it. */
  silence(): void {
    for (const end of [...this.ends]) end.finish()
  }

  /** True when a segment gets there and its acknowledgement back. */
  passesTo(other: SimChannels): boolean {
    const { network, machine } = this
    if (!machine.powered || !other.machine.powered) return false
    return network.streamsPass(machine, other.machine) && network.streamsPass(other.machine, machine)
  }

  /** Connect and accept: two ways before the peer's loop hears of it, one more until it is up here. */
  #knock(end: End, server: Machine, over: (why: ChannelEnd) => void, retryUs: number = RETRY_US): void {
    const delayUs = this.network.delayUs() + this.network.delayUs()
    this.world.after(delayUs, () => {
      if (end.isOver || this.process.over) return
      const isOpen = this.network.streamsPass(this.machine, server) && this.network.streamsPass(server, this.machine)
      if (!server.powered || !isOpen) {
        this.world.after(retryUs, () => this.#knock(end, server, over, Math.min(retryUs * 2, RETRY_MAX_US)))
        return
      }
      const channels = this.#channelsOf(server)
      if (channels === undefined || this.#isRemoved(server.key)) over("refused")
      else if (channels.#isRemoved(this.machine.key)) over("failed")
      else channels.#answer(end)
    })
  }

  #answer(from: End): void {
    const end = new End(this)
    this.ends.add(end)
    end.peer = from
    from.peer = end
    this.process.task(() => {
      if (end.isOver) return
      if (this.#accept === undefined) {
        end.finish()
        return end.post({ kind: "over", why: "failed" }, 0)
      }
      end.isUp = true
      end.post({ kind: "up" }, 0)
      end.handler = this.#accept(from.owner.machine.addr, end, from.owner.machine.key)
      from.move()
    })
  }
}
