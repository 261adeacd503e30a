import { SessionCore } from "@conclave/sdk/session-core/session-core"
import type { Failure, Input } from "@conclave/sdk/session-core/types"
import type { AgentModel, Heard, Link } from "./agent-model.ts"
import { TTL_MS } from "./service-model.ts"
import type { World } from "./world.ts"

/** An application that takes and gives back one lock, with pauses, aborts and broken connections. */
export class ApplicationModel {
  readonly #world: World
  readonly #agent: AgentModel
  readonly #rate: number
  readonly #core: SessionCore
  readonly #cancelled: Set<number> = new Set()
  /** Granted and not told as over yet. */
  readonly believed: Map<number, number> = new Map()
  readonly #inbox: Input[] = []
  #isPaused = false
  #link: Link | undefined
  #hold = 0
  #isWaiting = false
  #alarm = 0
  grants: number = 0

  constructor(world: World, agent: AgentModel, rate: number) {
    this.#world = world
    this.#agent = agent
    this.#rate = rate
    this.#core = new SessionCore({ ttlMs: TTL_MS, hasHealth: false }, this.#now)
  }

  /** Whether the application would act under this token now, asked of the clock alone. */
  believes(token: number): boolean {
    for (const [hold, each] of this.believed) if (each === token) return this.#core.isHeld(hold, this.#now)
    return false
  }

  get believesAny(): boolean {
    return [...this.believed.keys()].some((hold) => this.#core.isHeld(hold, this.#now))
  }

  get isIdle(): boolean {
    return this.believed.size === 0 && !this.#isWaiting
  }

  want(waitMs: number): void {
    const hold = ++this.#hold
    this.#isWaiting = true
    this.#feed({ kind: "hold", hold, waitMs, request: { kind: "lock", name: "a" } })
  }

  abort(): void {
    if (!this.#isWaiting || this.#isPaused) return
    this.#isWaiting = false
    this.#cancelled.add(this.#hold)
    this.#feed({ kind: "cancel", hold: this.#hold })
  }

  release(): void {
    if (this.#isPaused) return
    for (const hold of this.believed.keys()) this.#feed({ kind: "release", hold, timeoutMs: 3000 })
  }

  /** Its loop stands still, or the machine is suspended: the clock goes on. */
  pause(forMs: number): void {
    if (this.#isPaused) return
    this.#isPaused = true
    this.#world.after(forMs, () => {
      this.#isPaused = false
      if (this.#world.random.chance(1, 2)) this.#step({ kind: "tick" })
      for (let next = this.#inbox.shift(); next !== undefined; next = this.#inbox.shift()) this.#step(next)
    })
  }

  #feed(input: Input): void {
    if (this.#isPaused) this.#inbox.push(input)
    else this.#step(input)
  }

  #step(input: Input): void {
    const world = this.#world
    for (const effect of this.#core.step(this.#now, input)) {
      switch (effect.kind) {
        case "send":
          this.#toAgent((link) => this.#agent.frame(link, effect))
          break
        case "end":
          this.#toAgent((link) => this.#agent.end(link, effect.call))
          break
        case "connect":
          this.#reconnect()
          break
        case "reconnect":
          world.after(0, () => this.#agent.cut())
          break
        case "granted":
          world.claim(!this.#cancelled.has(effect.hold), "what was aborted never becomes ours")
          this.#isWaiting = false
          this.grants++
          this.believed.set(effect.hold, Number(effect.token))
          break
        case "lost":
          this.believed.delete(effect.hold)
          break
        case "failed":
          if (effect.hold === this.#hold) this.#isWaiting = false
          break
        default:
      }
    }
    for (const hold of this.believed.keys())
      world.claim(this.#core.isHeld(hold, this.#now), "a loss is told in the step that sees it")
    world.check()
    this.#arm()
  }

  #arm(): void {
    const alarm = ++this.#alarm
    const waitMs = (this.#core.nextDeadlineMs - this.#now) / this.#rate
    if (waitMs === Number.POSITIVE_INFINITY) return
    this.#world.after(Math.max(0, waitMs) + this.#world.random.below(5), () => {
      if (alarm === this.#alarm && !this.#isPaused) this.#step({ kind: "tick" })
    })
  }

  #toAgent(act: (link: Link) => void): void {
    const link = this.#link
    if (link !== undefined) this.#world.inOrder(link, () => link.isOpen && act(link))
  }

  #reconnect(): void {
    this.#world.after(this.#world.latency() * 4, () => {
      const back = {}
      const link: Link = {
        isOpen: true,
        session: undefined,
        holds: new Map(),
        hear: (call, heard) => this.#hear(link, back, { call, heard }),
        broke: () => {
          if (this.#link !== link) return
          this.#link = undefined
          this.#feed({ kind: "disconnected" })
        },
      }
      this.#link = link
      this.#agent.connected(link)
      this.#feed({ kind: "connected", heartbeatMs: this.#agent.heartbeatMs, ttlMs: TTL_MS })
    })
  }

  /** In order, sometimes twice; of a connection that has broken sometimes late, mostly never. */
  #hear(link: Link, back: object, { call, heard }: { readonly call: number; readonly heard: Heard }): void {
    const input = inputOf(call, heard)
    const { random } = this.#world
    this.#world.inOrder(back, () => {
      if (!link.isOpen && !random.chance(1, 4)) return
      this.#feed(input)
      if (random.chance(1, 20)) this.#world.after(random.below(3000), () => this.#feed(input))
    })
  }

  get #now(): number {
    return this.#world.nowMs * this.#rate
  }
}

function inputOf(call: number, heard: Heard): Input {
  if (heard.kind === "out") return { kind: "out", call, out: heard.out }
  if (heard.kind === "event") return { kind: "event", call, event: heard.event }
  const code = heard.code as Failure["code"]
  const failure: Failure = { code, message: code, outcome: "not-applied", retryable: false, details: {} }
  return { kind: "error", call, failure, isDecided: true }
}
