import {
  type Addr,
  addr,
  base32,
  Deadlines,
  generation,
  incarnation,
  millis,
  type NodeId,
  nodeId,
  Random,
} from "@conclave/base"
import type {
  Accuser,
  Effect,
  Input,
  Member,
  MemberRecord,
  Message,
  StreamReply,
  StreamRequest,
  SwimConfig,
  Update,
} from "@conclave/swim"
import { makeRecord, type RecordFields, Swim, swimConfig } from "@conclave/swim"

const dice = new Random(20)
/** Ids of the members of every stage, by number. */
const IDS: readonly NodeId[] = Array.from({ length: 1100 }, () =>
  nodeId(base32(Uint8Array.from({ length: 16 }, () => dice.below(256)))),
)

export function idOf(index: number): NodeId {
  const id = IDS[index]
  if (id === undefined) throw new Error(`no id for member ${index}`)
  return id
}

export function addrOf(index: number): Addr {
  return addr(`10.0.${index >> 8}.${index & 255}:7951`)
}

export function fieldsOf(index: number, changes: Partial<RecordFields> = {}): RecordFields {
  return {
    id: idOf(index),
    name: `host-${index}`,
    addr: addrOf(index),
    generation: generation(1),
    incarnation: incarnation(0),
    tags: {},
    zone: "",
    version: "0.1.0",
    protocolMin: 1,
    protocolMax: 1,
    health: 0,
    restartingForMs: 0,
    ...changes,
  }
}

export function recordOf(index: number, changes: Partial<RecordFields> = {}): MemberRecord {
  return makeRecord(fieldsOf(index, changes))
}

export function alive(index: number, counter = 0, boot = 1, changes: Partial<RecordFields> = {}): Update {
  const version = { incarnation: incarnation(counter), generation: generation(boot) }
  return { kind: "alive", record: recordOf(index, { ...version, ...changes }) }
}

export function accuser(index: number, path: Accuser["path"] = "indirect"): Accuser {
  return { id: idOf(index), path, rttMs: 1, health: 0 }
}

/** Member `index` is accused by the members `by`. */
export function suspect(index: number, by: readonly (number | Accuser)[], counter = 0, boot = 1): Update {
  const accusers = by.map((one) => (typeof one === "number" ? accuser(one) : one))
  return { kind: "suspect", id: idOf(index), generation: generation(boot), incarnation: incarnation(counter), accusers }
}

export function gone(
  kind: "dead" | "left",
  index: number,
  how: { counter?: number; boot?: number; ageMs?: number; prune?: boolean; by?: number } = {},
): Update {
  const { counter = 0, boot = 1, ageMs = 0, prune = false, by } = how
  const accusers = by === undefined ? [] : [accuser(by)]
  const version = { generation: generation(boot), incarnation: incarnation(counter) }
  return { kind, id: idOf(index), ...version, accusers, ageMs, prune }
}

export type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>
export type Sent<Kind extends Message["kind"]> = {
  readonly to: Addr
  readonly message: Extract<Message, { kind: Kind }>
}

export interface StageOptions {
  /** Members known from the start, this one (number 0) included. */
  readonly members?: number
  readonly config?: SwimConfig
  readonly seed?: number
  readonly self?: Partial<RecordFields>
}

/**
 * One `Swim` among scripted peers on virtual time. Peers answer pings after a millisecond, ask for others when asked
 * and hold their links; the `silent` ones do nothing, the `crashed` ones refuse streams and links as well.
 */
export class Stage {
  readonly swim: Swim
  readonly silent: Set<number> = new Set()
  readonly crashed: Set<number> = new Set()
  /** Members that this one does not reach, nor they it; all others do. */
  readonly apart: Set<number> = new Set()
  /** Members that do not send the nack they owe. */
  readonly nackless: Set<number> = new Set()
  /** Everything since the last `take`. */
  effects: Effect[] = []
  /** False: nothing comes back by itself. */
  answering = true
  /** Answers a stream request that is no ping; undefined = as a peer that has nothing new. */
  onStream: (request: StreamRequest, to: Addr) => readonly StreamReply[] | string | undefined = () => undefined
  nowMs = 0
  /** What others say that they have run. */
  upMs = 3_600_000
  readonly #coming: Deadlines<number> = new Deadlines()
  readonly #inputs: Map<number, Input> = new Map()
  #serial = 0

  constructor(options: StageOptions = {}) {
    const { members = 4, config = swimConfig("lan"), seed = 1, self = {} } = options
    this.swim = new Swim({ config, self: fieldsOf(0, self), seed, nowMs: millis(0) })
    for (let index = 1; index < members; index++) this.hear(index, alive(index))
    this.take()
  }

  step(input: Input): readonly Effect[] {
    const effects = this.swim.step(millis(this.nowMs), input)
    this.effects.push(...effects)
    if (this.answering) for (const effect of effects) this.#react(effect)
    return effects
  }

  /** Gossip from member `from`. */
  hear(from: number, ...updates: readonly Update[]): readonly Effect[] {
    return this.message(from, { kind: "gossip", from: idOf(from), digest: 0, updates })
  }

  message(from: number, message: Message): readonly Effect[] {
    return this.step({ kind: "message", source: addrOf(from), message })
  }

  /** Lets `ms` go by, with a tick at each deadline and the answers of the peers in between. */
  advance(ms: number): void {
    const end = this.nowMs + ms
    for (;;) {
      const next = Math.min(this.#coming.next, this.swim.nextDeadlineMs)
      if (next > end) break
      this.nowMs = Math.max(this.nowMs, next)
      const due = this.#coming.take(this.nowMs)
      const input = due === undefined ? undefined : this.#inputs.get(due.key)
      if (due !== undefined) this.#inputs.delete(due.key)
      this.step(input ?? { kind: "tick" })
    }
    this.nowMs = end
  }

  /** Advances until `holds`, at most `limitMs`; says after how long. */
  until(holds: () => boolean, limitMs: number): number {
    const start = this.nowMs
    while (!holds()) {
      if (this.nowMs - start > limitMs) throw new Error(`it did not happen within ${limitMs} ms`)
      this.advance(1)
    }
    return this.nowMs - start
  }

  take(): readonly Effect[] {
    const taken = this.effects
    this.effects = []
    return taken
  }

  of<Kind extends Effect["kind"]>(kind: Kind): EffectOf<Kind>[] {
    return this.effects.filter((effect): effect is EffectOf<Kind> => effect.kind === kind)
  }

  sent<Kind extends Message["kind"]>(kind: Kind): Sent<Kind>[] {
    return this.of("send").filter((effect) => effect.message.kind === kind) as unknown as Sent<Kind>[]
  }

  /** What became of member `index`, in order. */
  changes(index: number): string[] {
    return this.of("memberChanged")
      .filter(({ before, after }) => (after ?? before)?.id === idOf(index))
      .map(({ change }) => change)
  }

  member(index: number): Member | undefined {
    return this.swim.member(idOf(index))
  }

  state(index: number): string | undefined {
    return this.member(index)?.state
  }

  /** `input` arrives in `ms`. */
  later(ms: number, input: Input): void {
    const serial = ++this.#serial
    this.#inputs.set(serial, input)
    this.#coming.set(serial, this.nowMs + ms)
  }

  #react(effect: Effect): void {
    if (effect.kind === "send") this.#receive(indexAt(effect.to), effect.message)
    else if (effect.kind === "streamRequest") this.#serve(effect)
    else if (effect.kind === "dialLink") {
      const index = indexAt(effect.addr)
      if (this.crashed.has(index)) this.later(1, { kind: "link", id: effect.id, event: "refused" })
      else if (this.apart.has(index)) this.later(1, { kind: "link", id: effect.id, event: "failed" })
      else if (!this.silent.has(index)) this.later(1, { kind: "link", id: effect.id, event: "up" })
    }
  }

  #receive(index: number, message: Message): void {
    if (this.#isOut(index) || this.apart.has(index)) return
    const envelope = { from: idOf(index), digest: 0, updates: [] }
    const answer = (kind: "ack" | "nack", afterMs: number, nonce: number): void =>
      this.later(afterMs, { kind: "message", source: addrOf(index), message: { kind, ...envelope, nonce } })
    if (message.kind === "ping" && message.target === idOf(index)) answer("ack", 1, message.nonce)
    if (message.kind !== "pingReq") return
    if (!this.#isOut(IDS.indexOf(message.target))) answer("ack", 3, message.nonce)
    else if (!this.nackless.has(index)) answer("nack", message.timeoutMs + 2, message.nonce)
  }

  #serve(effect: EffectOf<"streamRequest">): void {
    const { request, body, limitMs, to } = effect
    const index = indexAt(to)
    const fail = (afterMs: number, failure: string): void =>
      this.later(afterMs, { kind: "streamReply", request, pages: undefined, failure })
    if (this.crashed.has(index)) return fail(1, "refused")
    if (this.silent.has(index) || this.apart.has(index)) return fail(limitMs, "timeout")
    const own = this.onStream(body, to)
    if (typeof own === "string") return fail(1, own)
    const empty: StreamReply = { kind: "rows", from: idOf(index), updates: [], wanted: [] }
    const reply: StreamReply = body.kind === "ping" ? { kind: "pong", upMs: this.upMs } : empty
    this.later(1, { kind: "streamReply", request, pages: own ?? [reply], failure: "" })
  }

  #isOut(index: number): boolean {
    return this.silent.has(index) || this.crashed.has(index)
  }
}

export function indexAt(to: Addr): number {
  const [, , high, low] = to.slice(0, to.lastIndexOf(":")).split(".").map(Number)
  return (high ?? 0) * 256 + (low ?? 0)
}
