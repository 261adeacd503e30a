import { FrameReader, frame, type Random } from "@conclave/base"
import { ConclaveError } from "@conclave/sdk/errors"
import type { SdkPorts, WireEvents } from "@conclave/sdk/ports"
import { damaged } from "../fuzz.ts"
import { damagedJson } from "../fuzz-values.ts"

interface Frame {
  readonly id: number
  readonly op?: string
  readonly in?: Readonly<Record<string, unknown>>
  readonly end?: boolean
}

const HOLDER = {
  ...{ session: "a".repeat(26), seq: 1, token: "7", host: "a", app: "t", id: "w", since: "2026-03-01T12:00:00.000Z" },
  ...{ note: "n", value: { a: 1 }, ready: true, weight: 1 },
}
const MEMBER = { id: "a".repeat(26), name: "a", addr: "1.2.3.4:1", status: "alive", incarnation: "5", tags: { k: "v" } }
const ENTRY = { key: "k", value: { a: 1 }, modRev: "4", createRev: "3" }
const ITEM = { name: "p", item: "x", state: "assigned", token: "8", attempt: 1, payload: [1], weight: 1 }
const ANSWERS: Readonly<Record<string, object>> = {
  hello: { protocol: 1, agent: { name: "a", id: "a".repeat(26), version: "1" }, heartbeatMs: 500, ttlMs: 10_000 },
  "session.open": { id: "s".repeat(26), secret: "x", validForMs: 10_000, heartbeatMs: 500, rev: "3" },
  "session.attach": { validForMs: 10_000, heartbeatMs: 500, rev: "3" },
  heartbeat: { validForMs: 10_000, rev: "4" },
  status: { name: "a", ready: true, cluster: "c", members: { alive: 1 } },
  "kv.get": { rev: "5", ageMs: 0, ...ENTRY },
  "kv.list": { rev: "5", items: [ENTRY] },
  "kv.put": { rev: "6" },
  "kv.delete": { rev: "6", deleted: true },
  "hold.get": { rev: "5", kind: "election", name: "e", holders: [HOLDER], waiters: [HOLDER], history: [] },
  "hold.list": { rev: "5", items: [] },
  "work.items": { rev: "5", items: [ITEM] },
  "work.explain": { rev: "5", items: [{ rev: "4", from: null, to: "w", reason: "why" }] },
  "work.put": { rev: "6" },
  "work.configure": { rev: "6" },
  "work.settle": { rev: "6" },
  hold: { released: true, rev: "7" },
  barrier: { generation: "9", index: 0, rev: "7" },
}
const EVENTS: Readonly<Record<string, readonly object[]>> = {
  hold: [
    { type: "queued", position: 1, holders: [HOLDER] },
    { type: "granted", token: "7", rev: "5", id: "w", maxHoldLeftMs: 5000 },
    { type: "assigned", item: "x", token: "8", rev: "5", payload: [1], checkpoint: null, attempt: 1 },
    { type: "revoking", item: "x", token: "8", by: "op", reason: "why", deadlineMs: 100 },
    { type: "lost", item: "x", token: "8", reason: "removed" },
    { type: "synced" },
    { type: "revoking", by: "op", reason: "why", deadlineMs: 100 },
    { type: "lost", reason: "expired" },
  ],
  watch: [
    { type: "view", rev: "5", items: [MEMBER, ENTRY, ITEM], more: false },
    { type: "change", rev: "6", changes: [{ type: "put", item: { ...ENTRY, ...ITEM, ...MEMBER }, reason: "r" }] },
    { type: "view", rev: "7", items: [{ kind: "election", name: "e", holders: [HOLDER], waiters: [] }], reset: true },
  ],
  events: [{ seq: "4", time: "2026-03-01T12:00:00.000Z", kind: "member.join", member: "a" }],
}
const ERROR = {
  ...{ code: "NO_QUORUM", message: "m", hint: "h", outcome: "not-applied", retryable: true },
  details: { reason: "r", limit: 262_144 },
}

/** What answers at a socket, and is an agent now and then. Time is what a test makes of it. */
export class OddAgent {
  readonly ports: SdkPorts
  readonly #random: Random
  /** Of so many words one is odd. */
  readonly #oddOneIn: number
  #nowMs = 1000
  readonly #timers: Map<object, { readonly at: number; readonly fire: () => void }> = new Map()
  readonly #wires: Set<OddWire> = new Set()
  /** Words that it has said. */
  said = 0

  constructor(random: Random, oddOneIn: number) {
    this.#random = random
    this.#oddOneIn = oddOneIn
    this.ports = {
      clocks: { monotonicMs: () => this.#nowMs, bootMs: () => this.#nowMs, wallMs: () => this.#nowMs },
      random: () => random.fraction(),
      timer: (ms, fire) => {
        const key = {}
        this.#timers.set(key, { at: this.#nowMs + ms, fire })
        return { keepAlive: () => {}, clear: () => void this.#timers.delete(key) }
      },
      soon: (act) => queueMicrotask(act),
      ownProcess: () => null,
      dial: async (_path, { onWire }) => {
        const wire = new OddWire((asked) => this.#asked(wire, asked))
        this.#wires.add(wire)
        onWire?.(wire)
        return wire
      },
      httpGet: async (_path, target) => {
        this.said++
        if (random.chance(1, 8)) throw new ConclaveError("AGENT_UNAVAILABLE", "not whole", { retryable: true })
        return this.#odd(ANSWERS[target.includes("kv") ? "kv.list" : "hold.list"] as object)
      },
    }
  }

  advance(ms: number): void {
    this.#nowMs += ms
    for (const [key, { at, fire }] of [...this.#timers]) {
      if (at <= this.#nowMs && this.#timers.delete(key)) fire()
    }
  }

  /** Says something unasked for, or breaks a connection. */
  stir(): void {
    for (const wire of this.#wires) if (wire.isGone()) this.#wires.delete(wire)
    if (this.#wires.size === 0) return
    const wire = this.#random.pick([...this.#wires])
    const id = 1 + this.#random.below(12)
    const some = this.#random.pick(Object.values(EVENTS).flat())
    switch (this.#random.below(8)) {
      case 0:
        return wire.destroy()
      case 1:
        return wire.tell(frame(Buffer.from(JSON.stringify({ goaway: { reason: "r", deadlineMs: 5 } }))))
      case 2:
        return wire.tell(damaged(this.#random, [frame(Buffer.from(JSON.stringify({ id, ev: some })))]))
      default:
        return this.#say(wire, { id, ev: some })
    }
  }

  #asked(wire: OddWire, { id, op, end }: Frame): void {
    const random = this.#random
    if (op !== undefined && EVENTS[op] !== undefined) {
      for (const ev of EVENTS[op]) if (random.chance(1, 2)) this.#say(wire, { id, ev })
      if (end !== true && random.chance(3, 4)) return
    }
    if (random.chance(1, 16)) return
    const refusal = { id, error: ERROR, ...(random.chance(1, 2) ? { seq: 1 } : {}) }
    const isHello = op === "hello" && random.chance(7, 8)
    this.#say(wire, isHello || random.chance(3, 4) ? { id, out: ANSWERS[op ?? "hold"] ?? {} } : refusal)
  }

  #say(wire: OddWire, message: object): void {
    this.said++
    wire.tell(frame(Buffer.from(JSON.stringify(this.#odd(message)))))
  }

  /** Numbers of calls stay as they are, or nobody would hear. */
  #odd(message: object): unknown {
    if (!this.#random.chance(1, this.#oddOneIn)) return message
    const { id, ...rest } = message as { readonly id?: number }
    const other = damagedJson(this.#random, rest) as object
    return id === undefined ? other : { ...other, id }
  }
}

/** One connection; what is told comes in turns of its own. */
class OddWire {
  readonly #reader: FrameReader = new FrameReader(2 ** 20)
  readonly #asked: (frame: Frame) => void
  #on: WireEvents | undefined
  #early: Uint8Array[] = []
  #isGone = false

  constructor(asked: (frame: Frame) => void) {
    this.#asked = asked
  }

  readonly write = (bytes: Uint8Array): void => {
    const bodies = this.#reader.push(bytes)
    if (bodies === "oversize") throw new Error("a client said too much")
    for (const body of bodies) {
      const asked = JSON.parse(Buffer.from(body).toString()) as Frame
      queueMicrotask(() => !this.#isGone && this.#asked(asked))
    }
  }

  readonly destroy = (): void => {
    if (this.#isGone) return
    this.#isGone = true
    queueMicrotask(() => this.#on?.closed())
  }

  readonly keepAlive = (): void => {}
  readonly isGone = (): boolean => this.#isGone

  readonly attend = (on: WireEvents): void => {
    this.#on = on
    for (const bytes of this.#early.splice(0)) on.data(bytes)
  }

  tell(bytes: Uint8Array): void {
    if (this.#isGone) return
    if (this.#on === undefined) this.#early.push(bytes)
    else this.#on.data(bytes)
  }
}
