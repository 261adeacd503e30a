import { assert, type Random } from "@conclave/base"
import { damage } from "./damage.ts"
import { drawDelayUs, logNormalDelaysUs } from "./delays.ts"
import type { EventOwner, SimEvent } from "./event-heap.ts"
import type { Held, Machine } from "./machine.ts"
import type { World } from "./world.ts"

/** Machines at most: a packet's event packs both ends into one number. */
export const MACHINES_MAX = 16_384
const HELD_MAX = 4096

/** What a rule does to each datagram that goes from `from` to `to` (one byte a machine). */
export interface PathRule {
  readonly from: Uint8Array
  readonly to: Uint8Array
  readonly effect: PathEffect
}

export type PathEffect =
  /** `proto` narrows a cut to datagrams or to streams. */
  | { readonly kind: "cut"; readonly proto: "both" | "udp" | "tcp" }
  | { readonly kind: "loss"; readonly permille: number }
  | { readonly kind: "duplicate"; readonly permille: number; readonly withinUs: number }
  | { readonly kind: "delay"; readonly extraUs: number; readonly jitterUs: number }
  | { readonly kind: "reorder"; readonly permille: number; readonly byUs: number }
  | { readonly kind: "mtu"; readonly bytesMax: number }
  | { readonly kind: "corrupt"; readonly permille: number }

export interface NetworkOptions {
  readonly delayMedianUs: number
  readonly delaySigma: number
  /** False where objects travel instead of bytes: they have no size. */
  readonly countsBytes: boolean
}

/** One-way delay about log-normal(0.25 ms, 0.5): the recipe of the published comparisons. */
export const NETWORK_DEFAULTS: NetworkOptions = { delayMedianUs: 250, delaySigma: 0.5, countsBytes: false }

export interface NetworkCounters {
  delivered: number
  lost: number
  duplicated: number
  reordered: number
  corrupted: number
  oversize: number
  cut: number
  nobody: number
}

/** The wires between all machines: who reaches whom, how late, and what is lost on the way. */
export class Network implements EventOwner {
  readonly tag = 4
  readonly counters: NetworkCounters
  /** A frame of a channel is handed over to be sent. */
  onFrame: (machine: Machine, body: Uint8Array) => void = () => {}
  readonly #world: World
  readonly #machines: Machine[] = []
  readonly #byAddr: Map<string, Machine> = new Map()
  readonly #rules: PathRule[] = []
  readonly #random: Random
  readonly #delays: Uint32Array
  readonly #countsBytes: boolean
  #largestBytes = 0

  constructor(world: World, options: NetworkOptions = NETWORK_DEFAULTS) {
    this.#world = world
    this.#random = world.random.child(0x6e6574)
    this.#delays = logNormalDelaysUs(options.delayMedianUs, options.delaySigma)
    this.#countsBytes = options.countsBytes
    this.counters = {
      delivered: 0,
      lost: 0,
      duplicated: 0,
      reordered: 0,
      corrupted: 0,
      oversize: 0,
      cut: 0,
      nobody: 0,
    }
  }

  get machines(): readonly Machine[] {
    return this.#machines
  }

  /** The largest datagram that was ever sent; 0 where bytes are not counted. */
  get largestBytes(): number {
    return this.#largestBytes
  }

  add(machine: Machine): void {
    assert(machine.index === this.#machines.length, "machines are added in order")
    assert(machine.index < MACHINES_MAX, "a packet's event has room for both machines")
    this.#machines.push(machine)
    this.#byAddr.set(machine.addr, machine)
  }

  at(addr: string): Machine | undefined {
    return this.#byAddr.get(addr)
  }

  addRule(rule: PathRule): void {
    this.#rules.push(rule)
  }

  removeRule(rule: PathRule): void {
    const index = this.#rules.indexOf(rule)
    if (index >= 0) this.#rules.splice(index, 1)
  }

  /** A delay as any packet of a healthy path has it. */
  delayUs(): number {
    return drawDelayUs(this.#delays, this.#random.uint32())
  }

  /** True when streams get through from one machine to the other. */
  streamsPass(from: Machine, to: Machine): boolean {
    if (from.held !== undefined || to.held !== undefined) return false
    for (const rule of this.#rules) {
      if (rule.effect.kind !== "cut" || rule.effect.proto === "udp") continue
      if (rule.from[from.index] === 1 && rule.to[to.index] === 1) return false
    }
    return true
  }

  /** Of 1000 segments, how many the path loses; TCP sends those again. */
  lossPermille(from: Machine, to: Machine): number {
    let most = 0
    for (const rule of this.#rules) {
      if (rule.effect.kind !== "loss") continue
      if (rule.from[from.index] !== 1 || rule.to[to.index] !== 1) continue
      most = Math.max(most, rule.effect.permille)
    }
    return most
  }

  send(from: Machine, toAddr: string, bytes: Uint8Array): void {
    from.traffic.sentPackets++
    if (this.#countsBytes) from.traffic.sentBytes += this.#measured(bytes)
    const to = this.#byAddr.get(toAddr)
    if (to === undefined) this.counters.nobody++
    else if (from.held !== undefined) hold(from.held.outgoing, to.index, bytes)
    else this.#transmit(from, to, bytes)
  }

  /** An `io` stall ends: what was held goes on its way, oldest first. */
  release(machine: Machine): void {
    const held = machine.held
    machine.held = undefined
    if (held === undefined) return
    for (const { peer, bytes } of held.outgoing) {
      const to = this.#machines[peer]
      if (to !== undefined) this.#transmit(machine, to, bytes)
    }
    for (const { peer, bytes } of held.incoming) this.#arrive(peer, machine, bytes)
  }

  fire(event: SimEvent): void {
    const to = this.#machines[event.n % MACHINES_MAX] as Machine
    const from = Math.floor(event.n / MACHINES_MAX)
    this.#arrive(from, to, event.x as Uint8Array)
  }

  #arrive(from: number, to: Machine, bytes: Uint8Array): void {
    if (to.held !== undefined) {
      hold(to.held.incoming, from, bytes)
      return
    }
    const process = to.process
    if (process === undefined) {
      this.counters.nobody++
      return
    }
    this.counters.delivered++
    to.traffic.receivedPackets++
    if (this.#countsBytes) to.traffic.receivedBytes += bytes.length
    process.deliver((this.#machines[from] as Machine).addr, bytes)
  }

  #transmit(from: Machine, to: Machine, bytes: Uint8Array): void {
    const delayUs = this.delayUs()
    if (this.#rules.length > 0) this.#transmitByRules(from, to, bytes, delayUs)
    else this.#queue(from, to, bytes, delayUs)
  }

  #queue(from: Machine, to: Machine, bytes: Uint8Array, delayUs: number): void {
    const ends = from.index * MACHINES_MAX + to.index
    this.#world.schedule(this.#world.nowUs + delayUs, this, 0, ends, bytes)
  }

  #transmitByRules(from: Machine, to: Machine, sent: Uint8Array, baseUs: number): void {
    let bytes = sent
    let delayUs = baseUs
    for (const rule of this.#rules) {
      if (rule.from[from.index] !== 1 || rule.to[to.index] !== 1) continue
      const effect = rule.effect
      if (this.#loses(effect, bytes)) return
      if (effect.kind === "corrupt" && this.#draw(effect.permille)) {
        this.counters.corrupted++
        bytes = damage(bytes, this.#random)
      }
      delayUs += this.#extraUs(effect)
      if (effect.kind === "duplicate" && this.#draw(effect.permille)) {
        this.counters.duplicated++
        this.#queue(from, to, bytes, delayUs + this.#random.below(effect.withinUs + 1))
      }
    }
    this.#queue(from, to, bytes, delayUs)
  }

  #loses(effect: PathEffect, bytes: Uint8Array): boolean {
    const counters = this.counters
    if (effect.kind === "cut" && effect.proto !== "tcp") counters.cut++
    else if (effect.kind === "loss" && this.#draw(effect.permille)) counters.lost++
    else if (effect.kind === "mtu" && bytes.length > effect.bytesMax) counters.oversize++
    else return false
    return true
  }

  #extraUs(effect: PathEffect): number {
    if (effect.kind === "delay") return effect.extraUs + this.#random.below(effect.jitterUs + 1)
    if (effect.kind !== "reorder" || !this.#draw(effect.permille)) return 0
    this.counters.reordered++
    return this.#random.below(effect.byUs + 1)
  }

  #measured(bytes: Uint8Array): number {
    if (bytes.length > this.#largestBytes) this.#largestBytes = bytes.length
    return bytes.length
  }

  #draw(permille: number): boolean {
    return this.#random.below(1000) < permille
  }
}

function hold(queue: Held[], peer: number, bytes: Uint8Array): void {
  if (queue.length < HELD_MAX) queue.push({ peer, bytes })
}
