import { Deadlines, millis, type NodeId, Random } from "@conclave/base"
import { type Effect, type Input, type MemberState, Swim, type SwimConfig, swimConfig } from "@conclave/swim"
import type { RecordFields } from "@conclave/swim/record"
import { addrOf, type EffectOf, fieldsOf, idOf, indexAt } from "./stage.ts"

interface Node {
  readonly swim: Swim
  readonly changes: EffectOf<"memberChanged">[]
  readonly others: Effect[]
  up: boolean
}

/** Several `Swim`s on one virtual network with fixed small delays: datagrams, streams and watch links. */
export class Fleet {
  nowMs = 0
  /** Lost datagrams of a hundred. */
  lossPercent = 0
  /** Two members that cannot reach each other. */
  isCut: (from: number, to: number) => boolean = () => false
  readonly #nodes: Map<number, Node> = new Map()
  readonly #links: Map<string, boolean> = new Map()
  readonly #due: Deadlines<number> = new Deadlines()
  readonly #actions: Map<number, () => void> = new Map()
  readonly #replies: Map<number, (effect: EffectOf<"streamReply">) => void> = new Map()
  readonly #random: Random
  readonly #config: SwimConfig
  #serial = 1_000_000

  constructor(config: SwimConfig = swimConfig("lan"), seed = 1) {
    this.#config = config
    this.#random = new Random(seed)
  }

  boot(index: number, fields: Partial<RecordFields> = {}): Swim {
    const seed = this.#random.uint32()
    const swim = new Swim({ config: this.#config, self: fieldsOf(index, fields), seed, nowMs: millis(this.nowMs) })
    this.#nodes.set(index, { swim, changes: [], others: [], up: true })
    this.input(index, { kind: "tick" })
    return swim
  }

  /** `count` members that have all joined through the first and know each other. */
  static grown(count: number, config?: SwimConfig, seed?: number): Fleet {
    const fleet = new Fleet(config, seed)
    for (let index = 0; index < count; index++) fleet.boot(index)
    for (let index = 1; index < count; index++) fleet.input(index, { kind: "join", addrs: [addrOf(0)] })
    fleet.until(() => fleet.indexes.every((index) => fleet.swim(index).count("alive") === count), 30_000)
    return fleet
  }

  get indexes(): number[] {
    return [...this.#nodes.keys()].filter((index) => this.#nodes.get(index)?.up)
  }

  node(index: number): Node {
    const node = this.#nodes.get(index)
    if (node === undefined) throw new Error(`no member ${index}`)
    return node
  }

  swim(index: number): Swim {
    return this.node(index).swim
  }

  /** What the running members hold of `index`, each once. */
  views(index: number): (MemberState | undefined)[] {
    const views = this.indexes
      .filter((other) => other !== index)
      .map((other) => this.swim(other).member(idOf(index))?.state)
    return [...new Set(views)]
  }

  /** Changes at all members, of the given kind. */
  all(change: string): EffectOf<"memberChanged">[] {
    return [...this.#nodes.values()].flatMap(({ changes }) => changes.filter((one) => one.change === change))
  }

  kill(index: number): void {
    this.node(index).up = false
    for (const key of this.#links.keys()) {
      const [holder, to] = key.split(" ").map(Number) as [number, number]
      if (holder === index) this.#links.delete(key)
      if (to !== index) continue
      this.#links.delete(key)
      this.#after(1, () => this.input(holder, { kind: "link", id: idOf(index), event: "down" }))
    }
  }

  input(index: number, input: Input): void {
    const node = this.node(index)
    if (!node.up) return
    for (const effect of node.swim.step(millis(this.nowMs), input)) this.#perform(index, node, effect)
    this.#due.set(index, node.swim.nextDeadlineMs)
  }

  advance(ms: number): void {
    const end = this.nowMs + ms
    while (this.#due.next <= end) {
      this.nowMs = Math.max(this.nowMs, this.#due.next)
      const due = this.#due.take(this.nowMs)
      if (due === undefined) break
      const action = this.#actions.get(due.key)
      this.#actions.delete(due.key)
      if (action !== undefined) action()
      else if (this.#nodes.has(due.key)) this.input(due.key, { kind: "tick" })
    }
    this.nowMs = end
  }

  until(holds: () => boolean, limitMs: number): number {
    const start = this.nowMs
    while (!holds()) {
      if (this.nowMs - start > limitMs) throw new Error(`it did not happen within ${limitMs} ms`)
      this.advance(5)
    }
    return this.nowMs - start
  }

  #after(ms: number, action: () => void): void {
    const serial = ++this.#serial
    this.#actions.set(serial, action)
    this.#due.set(serial, this.nowMs + ms)
  }

  #perform(from: number, node: Node, effect: Effect): void {
    switch (effect.kind) {
      case "send": {
        const to = indexAt(effect.to)
        if (this.#isLost(from, to)) return
        const { message } = effect
        const delay = 1 + this.#random.below(3)
        return this.#after(delay, () => this.input(to, { kind: "message", source: addrOf(from), message }))
      }
      case "streamRequest":
        return this.#stream(from, effect)
      case "streamReply":
        this.#replies.get(effect.conn)?.(effect)
        this.#replies.delete(effect.conn)
        return
      case "dialLink":
        return this.#dial(from, indexAt(effect.addr), effect.id)
      case "closeLink":
        for (const index of this.#nodes.keys()) if (idOf(index) === effect.id) this.#links.delete(`${from} ${index}`)
        return
      case "memberChanged":
        node.changes.push(effect)
        return
      default:
        node.others.push(effect)
    }
  }

  #isLost(from: number, to: number): boolean {
    return this.isCut(from, to) || !this.#nodes.get(to)?.up || this.#random.below(100) < this.lossPercent
  }

  #stream(from: number, effect: EffectOf<"streamRequest">): void {
    const { request, body, limitMs } = effect
    const to = indexAt(effect.to)
    const reply = (pages: EffectOf<"streamReply">["pages"] | undefined, failure = ""): void =>
      this.input(from, { kind: "streamReply", request, pages, failure })
    if (this.isCut(from, to)) return this.#after(limitMs, () => reply(undefined, "timeout"))
    this.#after(2, () => {
      if (!this.#nodes.get(to)?.up) return reply(undefined, "refused")
      const conn = ++this.#serial
      this.#replies.set(conn, ({ pages }) => this.#after(2, () => reply(pages)))
      this.input(to, { kind: "streamRequest", conn, request: body })
    })
  }

  #dial(from: number, to: number, id: NodeId): void {
    const say = (event: "up" | "refused" | "failed", afterMs: number): void =>
      this.#after(afterMs, () => {
        if (event === "up") this.#links.set(`${from} ${to}`, true)
        this.input(from, { kind: "link", id, event })
      })
    if (this.isCut(from, to)) say("failed", 1000)
    else say(this.#nodes.get(to)?.up ? "up" : "refused", 2)
  }
}
