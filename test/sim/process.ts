import { assert, type Millis } from "@conclave/base"
import type { EventOwner, SimEvent } from "./event-heap.ts"
import type { SimAlarm } from "./sim-alarm.ts"
import type { World } from "./world.ts"

/** Datagrams that libuv reads of one socket before it looks at timers again (research: measured). */
const READS_A_TURN = 32
/** The shortest turn of an event loop with work to do. */
const TURN_US = 20
/** `afterTurn` callbacks in one instant after which the host is held to be in an endless loop. */
const TURNS_AN_INSTANT_MAX = 10_000

const TURN = 0

interface Datagram {
  readonly source: string
  readonly bytes: Uint8Array
}

type Receive = (source: string, bytes: Uint8Array) => void

/** How a process's machine treats it. */
export interface ProcessLimits {
  /** Datagrams that the kernel holds for it; what comes on top is dropped and counted. */
  readonly inboxMax: number
  /** How much faster than true time its machine's clocks go, in millionths; default 0. */
  readonly clockPpm?: number
}

/**
 * One life of one agent: an event loop with a receive buffer, alarms and callbacks.
 * Healthy, it handles each event at the instant of its arrival. Frozen or throttled, it works off its backlog
 * as libuv does: up to 32 datagrams, then `afterTurn` callbacks, then due alarms, then the next turn.
 */
export class SimProcess implements EventOwner {
  readonly tag = 3
  readonly index: number
  readonly #world: World
  readonly #inboxMax: number
  readonly #rate: number
  readonly #inbox: Datagram[] = []
  readonly #tasks: (() => void)[] = []
  readonly #dueAlarms: Set<SimAlarm> = new Set()
  #immediates: (() => void)[] = []
  #receive: Receive = () => {}
  #over = false
  /** Since when it executes nothing. */
  #frozenAtUs: number | undefined
  #frozenUs = 0
  #stalls = 0
  #turnQueued = false
  #costUs = 0
  #busyUntilUs = 0
  #lagUs = 0
  #received = 0
  #drops = 0

  constructor(world: World, index: number, limits: ProcessLimits) {
    this.#world = world
    this.index = index
    this.#inboxMax = limits.inboxMax
    this.#rate = 1 + (limits.clockPpm ?? 0) / 1e6
  }

  /** True once it was killed or has exited: nothing of it runs any more. */
  get over(): boolean {
    return this.#over
  }

  get frozen(): boolean {
    return this.#frozenAtUs !== undefined
  }

  /** How often it stood still. */
  get stalls(): number {
    return this.#stalls
  }

  /** True time, without that in which it stood still. */
  get ranUs(): number {
    return (this.#frozenAtUs ?? this.#world.nowUs) - this.#frozenUs
  }

  get received(): number {
    return this.#received
  }

  get kernelDrops(): number {
    return this.#drops
  }

  get nowMs(): number {
    return ((this.#world.nowUs - this.#lagUs) * this.#rate) / 1000
  }

  /** The first microsecond at which this process's clock shows `at` or later. */
  worldUs(at: Millis): number {
    let us = Math.ceil((at * 1000) / this.#rate)
    while ((us * this.#rate) / 1000 < at) us++
    return us + this.#lagUs
  }

  onReceive(receive: Receive): void {
    this.#receive = receive
  }

  afterTurn(done: () => void): void {
    this.#immediates.push(done)
    if (this.#isBehind()) this.#queueTurn()
  }

  end(): void {
    this.#over = true
    this.#inbox.length = 0
    this.#tasks.length = 0
    this.#immediates.length = 0
    this.#dueAlarms.clear()
  }

  freeze(): void {
    if (this.frozen) return
    this.#frozenAtUs = this.#world.nowUs
    this.#stalls++
  }

  thaw(): void {
    if (this.#frozenAtUs !== undefined) this.#frozenUs += this.#world.nowUs - this.#frozenAtUs
    this.#frozenAtUs = undefined
    this.#queueTurn()
  }

  /** The machine slept for this long: its monotonic clock did not move. */
  addLag(us: number): void {
    this.#lagUs += us
  }

  /** Each handled event takes this long from now on; 0 = none. */
  throttle(costUs: number): void {
    this.#costUs = costUs
    this.#queueTurn()
  }

  deliver(source: string, bytes: Uint8Array): void {
    if (this.#over) return
    if (this.#isBehind()) {
      if (this.#inbox.length >= this.#inboxMax) this.#drops++
      else this.#inbox.push({ source, bytes })
      this.#queueTurn()
      return
    }
    this.#received++
    this.#receive(source, bytes)
    this.#settle()
  }

  /** Something of a stream, the disk or a name lookup reaches the loop. */
  task(run: () => void): void {
    if (this.#over) return
    if (this.#isBehind()) {
      this.#tasks.push(run)
      this.#queueTurn()
      return
    }
    run()
    this.#settle()
  }

  alarmDue(alarm: SimAlarm): void {
    if (this.#isBehind()) {
      this.#dueAlarms.add(alarm)
      this.#queueTurn()
      return
    }
    alarm.ringIfDue()
    this.#settle()
  }

  fire(event: SimEvent): void {
    assert(event.op === TURN, "a process has one kind of event")
    this.#turnQueued = false
    if (this.#over || this.frozen) return
    this.#turn()
  }

  #isBehind(): boolean {
    return this.frozen || this.#turnQueued || this.#costUs > 0
  }

  #queueTurn(): void {
    if (this.#turnQueued || this.frozen || this.#over) return
    this.#turnQueued = true
    const atUs = Math.max(this.#world.nowUs + TURN_US, this.#busyUntilUs)
    this.#world.schedule(atUs, this, TURN, this.index)
  }

  #turn(): void {
    // While it is true, what this turn causes waits for the next one.
    this.#turnQueued = true
    let handled = this.#readSome()
    for (const task of this.#tasks.splice(0)) handled += this.#handle(task)
    const immediates = this.#immediates
    this.#immediates = []
    for (const done of immediates) handled += this.#handle(done)
    const alarms = [...this.#dueAlarms]
    this.#dueAlarms.clear()
    for (const alarm of alarms) handled += this.#handle(() => alarm.ringIfDue())
    this.#turnQueued = false
    this.#busyUntilUs = this.#world.nowUs + handled * this.#costUs
    if (this.#hasWork()) this.#queueTurn()
  }

  #readSome(): number {
    const batch = this.#inbox.splice(0, READS_A_TURN)
    for (const { source, bytes } of batch) {
      if (this.#over) break
      this.#received++
      this.#receive(source, bytes)
    }
    return batch.length
  }

  #handle(run: () => void): number {
    if (this.#over) return 0
    run()
    return 1
  }

  #hasWork(): boolean {
    return this.#inbox.length > 0 || this.#tasks.length > 0 || this.#immediates.length > 0 || this.#dueAlarms.size > 0
  }

  /** A healthy loop has nothing waiting: its turn ends at once. */
  #settle(): void {
    let turns = 0
    while (this.#immediates.length > 0 && !this.#isBehind() && !this.#over) {
      assert(++turns < TURNS_AN_INSTANT_MAX, "a host does not wait for turns for ever")
      const done = this.#immediates.shift() as () => void
      done()
    }
    if (this.#immediates.length > 0) this.#queueTurn()
  }
}
