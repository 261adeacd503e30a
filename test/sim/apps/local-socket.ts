import type { Random } from "@conclave/base"
import type { SimProcess } from "../process.ts"
import type { World } from "../world.ts"

/** One way through a Unix socket, scheduling included. */
const DELAY_US_MIN = 20
const DELAY_US_MORE = 180
/** Where processes wait for their turn: what both sides say crosses each other. */
const DELAY_US_MORE_BUSY = 4000
/** What the kernel holds for a reader that does not read (net.core.wmem_default). */
const KERNEL_BYTES = 212_992

export interface EndEvents {
  readonly data: (bytes: Uint8Array) => void
  /** Room again for what was not taken. */
  readonly drained?: () => void
  readonly closed: () => void
}

/** One end of a connection, in one process. */
export class SocketEnd {
  readonly process: SimProcess
  readonly #socket: LocalSocket
  peer: SocketEnd | undefined
  on: EndEvents | undefined
  isOpen = true
  /** Sent to the peer and not read by it yet. */
  outstanding = 0
  lastUs = 0

  constructor(socket: LocalSocket, process: SimProcess) {
    this.#socket = socket
    this.process = process
  }

  get unsentBytes(): number {
    return Math.max(0, this.outstanding - KERNEL_BYTES)
  }

  write(bytes: Uint8Array): void {
    const { peer } = this
    if (!this.isOpen || peer === undefined) return
    this.outstanding += bytes.length
    this.#socket.deliver(peer, () => {
      const wasFull = this.unsentBytes > 0
      this.outstanding -= bytes.length
      if (peer.isOpen) peer.on?.data(bytes)
      if (wasFull && this.unsentBytes === 0 && this.isOpen) this.process.task(() => this.on?.drained?.())
    })
  }

  /** What was written still arrives. */
  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#socket.forget(this)
    const { peer } = this
    if (peer !== undefined) this.#socket.deliver(peer, () => peer.#ended())
    this.process.afterTurn(() => this.on?.closed())
  }

  #ended(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#socket.forget(this)
    this.on?.closed()
  }
}

type Accept = (end: SocketEnd) => void

/** The Unix socket of one machine: who listens there, and the connections that are open. */
export class LocalSocket {
  readonly #world: World
  readonly #random: Random
  readonly #delayUsMore: number
  readonly #open: Set<SocketEnd> = new Set()
  #listener: { readonly process: SimProcess; readonly accept: Accept } | undefined

  constructor(world: World, random: Random, isBusy: boolean) {
    this.#world = world
    this.#random = random
    this.#delayUsMore = isBusy ? DELAY_US_MORE_BUSY : DELAY_US_MORE
  }

  listen(process: SimProcess, accept: Accept): void {
    this.#listener = { process, accept }
  }

  /** Calls back with the end of this process; undefined: nobody listens. */
  connect(process: SimProcess, done: (end: SocketEnd | undefined) => void): void {
    const listener = this.#listener
    if (listener === undefined) return this.#later(() => process.task(() => done(undefined)))
    const own = new SocketEnd(this, process)
    const other = new SocketEnd(this, listener.process)
    own.peer = other
    other.peer = own
    this.#open.add(own).add(other)
    // The kernel takes the connection, whatever the process that listens is about.
    this.deliver(other, () => listener.accept(other))
    this.#later(() => process.task(() => done(own)))
  }

  /** The process is gone: nothing of it is open any more. */
  gone(process: SimProcess): void {
    if (this.#listener?.process === process) this.#listener = undefined
    for (const end of [...this.#open]) if (end.process === process) end.close()
  }

  forget(end: SocketEnd): void {
    this.#open.delete(end)
  }

  /** In the order in which it was sent. */
  deliver(to: SocketEnd, run: () => void): void {
    to.lastUs = Math.max(to.lastUs, this.#world.nowUs + this.#delayUs())
    this.#world.after(to.lastUs - this.#world.nowUs, () => to.process.task(run))
  }

  #later(run: () => void): void {
    this.#world.after(this.#delayUs(), run)
  }

  #delayUs(): number {
    return DELAY_US_MIN + this.#random.below(this.#delayUsMore)
  }
}
