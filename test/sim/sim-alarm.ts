import type { Millis } from "@conclave/base"
import type { Alarm } from "conclave/ports"
import type { EventOwner, SimEvent } from "./event-heap.ts"
import type { SimProcess } from "./process.ts"
import type { World } from "./world.ts"

/**
 * One alarm of one process. Setting it later than an entry that is already queued queues nothing:
 * the old entry fires, sees that it is early, and queues itself again.
 */
export class SimAlarm implements Alarm, EventOwner {
  readonly tag = 2
  readonly #world: World
  readonly #process: SimProcess
  readonly ring: () => void
  #wantUs = Number.POSITIVE_INFINITY
  #queuedUs = Number.POSITIVE_INFINITY

  constructor(world: World, process: SimProcess, ring: () => void) {
    this.#world = world
    this.#process = process
    this.ring = ring
  }

  readonly set: (at: Millis) => void = (at) => {
    this.#want(this.#process.worldUs(at))
  }

  readonly clear: () => void = () => {
    this.#wantUs = Number.POSITIVE_INFINITY
  }

  /** The machine slept: what was due then is due that much later. */
  postpone(byUs: number): void {
    if (Number.isFinite(this.#wantUs)) this.#want(this.#wantUs + byUs)
  }

  fire(event: SimEvent): void {
    if (event.atUs !== this.#queuedUs) return
    this.#queuedUs = Number.POSITIVE_INFINITY
    if (this.#process.over) return
    if (this.#wantUs > this.#world.nowUs) this.#queue()
    else this.#process.alarmDue(this)
  }

  /** Rings, unless it was set anew or cleared while it waited for its turn. */
  ringIfDue(): void {
    if (this.#wantUs > this.#world.nowUs) return
    this.#wantUs = Number.POSITIVE_INFINITY
    this.ring()
  }

  #want(us: number): void {
    this.#wantUs = us
    this.#queue()
  }

  #queue(): void {
    if (this.#wantUs >= this.#queuedUs) return
    this.#queuedUs = Math.max(this.#wantUs, this.#world.nowUs)
    this.#world.schedule(this.#queuedUs, this, 0, this.#process.index)
  }
}
