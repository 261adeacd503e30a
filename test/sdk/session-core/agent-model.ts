import { DRIFT, type Entry, type ServiceModel, SLACK_MS, TTL_MS } from "./service-model.ts"
import type { World } from "./world.ts"

const HEARTBEAT_MS = 500

export type Heard =
  | { readonly kind: "out"; readonly out: unknown }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "event"; readonly event: unknown }

/** One connection between an application and its agent. */
export interface Link {
  isOpen: boolean
  readonly hear: (call: number, heard: Heard) => void
  readonly broke: () => void
  session: string | undefined
  /** The holds of this connection by call. */
  readonly holds: Map<number, number>
}

/** A host's agent: renews with the service, and promises to applications no more than is left of its own deadline. */
export class AgentModel {
  readonly #world: World
  readonly #service: ServiceModel
  readonly #rate: number
  link: Link | undefined
  /** On this agent's clock: up to when the session is certain. */
  #deadlineMs = Number.NEGATIVE_INFINITY
  /** On this agent's clock: the last promise to the application runs out. */
  #promisedMs = Number.NEGATIVE_INFINITY

  constructor(world: World, service: ServiceModel, rate: number) {
    this.#world = world
    this.#service = service
    this.#rate = rate
    this.#renewals()
  }

  get heartbeatMs(): number {
    return HEARTBEAT_MS
  }

  connected(link: Link): void {
    this.cut()
    this.link = link
  }

  /** The connection breaks. What an agent knew of its session it must learn again. */
  cut(): void {
    const { link } = this
    this.link = undefined
    this.#deadlineMs = Number.NEGATIVE_INFINITY
    if (link === undefined) return
    link.isOpen = false
    link.broke()
  }

  frame(link: Link, frame: { call: number; op: string; in: Record<string, unknown>; seq: number | undefined }): void {
    const { call, op } = frame
    if (op === "heartbeat") {
      const validForMs = this.#promise()
      // After its own deadline it answers nothing.
      if (validForMs > 0) link.hear(call, { kind: "out", out: { validForMs, rev: "1" } })
      return
    }
    const sentMs = this.#now
    this.#world.inOrder(link.holds, () => {
      if (op === "session.open") this.#opened(link, call, sentMs)
      if (op === "session.attach") this.#attached(link, call, { sentMs, id: String(frame.in["id"]) })
      if (op === "hold" && link.session !== undefined) this.#hold(link, { ...frame, seq: frame.seq ?? 0 })
    })
  }

  end(link: Link, call: number): void {
    this.#world.inOrder(link.holds, () => {
      const seq = link.holds.get(call)
      if (seq === undefined || link.session === undefined) return
      const verdict = this.#service.cancel(link.session, seq)
      if ("out" in verdict) link.hear(call, { kind: "out", out: verdict.out })
      else link.hear(call, { kind: "error", code: verdict.code })
    })
  }

  #opened(link: Link, call: number, sentMs: number): void {
    const id = this.#service.open(this.#world.nowMs)
    this.#renewed(link, id, sentMs)
    link.hear(call, { kind: "out", out: { id, secret: id, validForMs: this.#promise() } })
  }

  #attached(link: Link, call: number, { sentMs, id }: { readonly sentMs: number; readonly id: string }): void {
    if (!this.#service.renew(id, this.#world.nowMs)) return link.hear(call, { kind: "error", code: "SESSION_LOST" })
    this.#renewed(link, id, sentMs)
    link.hear(call, { kind: "out", out: { validForMs: this.#promise() } })
  }

  #hold(
    link: Link,
    frame: { readonly call: number; readonly in: Record<string, unknown>; readonly seq: number },
  ): void {
    const { call, seq } = frame
    link.holds.set(call, seq)
    const tell = { event: (event: object): void => link.hear(call, { kind: "event", event }) }
    const session = link.session ?? ""
    const found = this.#service.acquire({ session, seq, tell }, frame.in["waitMs"] !== 0)
    if ("code" in found) return link.hear(call, { kind: "error", code: found.code })
    if ("out" in found) return link.hear(call, { kind: "out", out: found.out })
    this.#tellState(found)
  }

  #tellState({ token, tell }: Entry): void {
    if (token === 0) tell.event({ type: "queued", position: 2, holders: [] })
    else tell.event({ type: "granted", token: String(token), rev: "1", validForMs: 1 })
  }

  /** One renewal for the host, in its own rhythm; each counts from its own send time. */
  #renewals(): void {
    this.#world.after(TTL_MS / 4, () => {
      const { link } = this
      const id = link?.session
      if (link !== undefined && id !== undefined) {
        // A silent application: only when the last promise has surely run out on its clock, too.
        if (this.#now > this.#promisedMs + TTL_MS * 2 * DRIFT + SLACK_MS) {
          this.#service.end(id)
          link.session = undefined
        } else {
          const sentMs = this.#now
          this.#world.after(this.#world.latency(), () => {
            if (this.#service.renew(id, this.#world.nowMs)) this.#renewed(link, id, sentMs)
          })
        }
      }
      this.#renewals()
    })
  }

  #renewed(link: Link, id: string, sentMs: number): void {
    if (this.link !== link) return
    link.session = id
    this.#deadlineMs = Math.max(this.#deadlineMs, sentMs + TTL_MS * (1 - 2 * DRIFT) - SLACK_MS)
  }

  #promise(): number {
    const validForMs = Math.min(TTL_MS, this.#deadlineMs - this.#now)
    if (validForMs > 0) this.#promisedMs = Math.max(this.#promisedMs, this.#now + validForMs)
    return Math.max(0, validForMs)
  }

  get #now(): number {
    return this.#world.nowMs * this.#rate
  }
}
