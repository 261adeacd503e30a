import { unreachable } from "@conclave/base"
import { type Client, connect } from "@conclave/sdk"
import { monotonicNs } from "conclave/cli/fleet/monotonic"
import { elect } from "./candidates.ts"
import type { Grant, HandoffAnswer, HoldAnswer, Order, PairsAnswer } from "./orders.ts"
import { put } from "./puts.ts"
import { Watchers } from "./watchers.ts"
import { windowFrom } from "./window.ts"
import { Worker } from "./worker.ts"
import { Writer } from "./writer.ts"

const CONNECT_LIMIT_MS = 60_000

/** Carries out orders over the SDK, as the applications of one host would. */
export class Applications {
  readonly #socket: string
  readonly #name: string
  readonly #clients: Client[] = []
  readonly #watching: Watchers = new Watchers()
  readonly #working: Worker = new Worker()
  #writing: Writer | undefined

  constructor(socket: string, name: string) {
    this.#socket = socket
    this.#name = name
  }

  async carryOut(order: Order): Promise<object> {
    switch (order.do) {
      case "open":
        return this.#open(order.count, order.ttlMs)
      case "pairs":
        return this.#pairs(order)
      case "handoff":
        return this.#handoff(order)
      case "puts":
        return put(this.#clients.slice(0, order.sessions), this.#name, order)
      case "watch":
        return this.#watching.open(this.#clients.slice(0, order.sessions), order)
      case "told":
        return this.#watching.told()
      case "work":
        return this.#working.begin(this.#client(0), order.name)
      case "shares":
        return this.#working.shares()
      case "drain":
        return this.#working.drain()
      case "hold":
        return this.#hold(order.name)
      case "elect":
        return elect(this.#clients.slice(0, order.sessions), this.#name, order)
      case "keep":
        return this.#writer.keep(`${order.name}/${this.#name}`, order.count)
      case "write":
        return this.#writer.write(`${order.name}/${this.#name}`, order.everyMs)
      case "firstAfter":
        return this.#writer.firstAfter(BigInt(order.ns))
      case "settle":
        return this.#writer.settle()
      default:
        return unreachable(order)
    }
  }

  /** A session opens at its first need: with a lock that nobody else wants. */
  async #open(count: number, ttlMs: number): Promise<object> {
    const missing = Math.max(0, count - this.#clients.length)
    const fresh = Array.from({ length: missing }, async (_, index) => {
      const name = `${this.#name}-${this.#clients.length + index}`
      const client = await connect({ socket: this.#socket, name, ttlMs, waitMs: CONNECT_LIMIT_MS })
      const lock = await client.lock(`opened/${name}`, { waitMs: CONNECT_LIMIT_MS })
      await lock.release({ timeoutMs: CONNECT_LIMIT_MS })
      return client
    })
    this.#clients.push(...(await Promise.all(fresh)))
    return {}
  }

  async #pairs({ name, workers, sessions, warmUpMs, ms }: Order & { readonly do: "pairs" }): Promise<PairsAnswer> {
    const window = windowFrom(warmUpMs, ms)
    const acquireMs: number[] = []
    const releaseMs: number[] = []
    const work = async (index: number): Promise<void> => {
      const client = this.#client(index % sessions)
      const own = `${name}/${this.#name}/${index}`
      for (;;) {
        const askedMs = performance.now()
        if (askedMs >= window.toMs) return
        const lock = await client.lock(own)
        const grantedMs = performance.now()
        await lock.release()
        const releasedMs = performance.now()
        if (askedMs < window.fromMs || releasedMs > window.toMs) continue
        acquireMs.push(grantedMs - askedMs)
        releaseMs.push(releasedMs - grantedMs)
      }
    }
    await Promise.all(Array.from({ length: workers }, (_, index) => work(index)))
    return { acquireMs, releaseMs }
  }

  async #handoff({ name, sessions, warmUpMs, ms }: Order & { readonly do: "handoff" }): Promise<HandoffAnswer> {
    const window = windowFrom(warmUpMs, ms)
    const grants: Grant[] = []
    const work = async (client: Client, session: number): Promise<void> => {
      for (;;) {
        const askedMs = performance.now()
        if (askedMs >= window.toMs) return
        const lock = await client.lock(name)
        const fromMs = performance.now()
        await lock.release()
        if (fromMs < window.fromMs || fromMs > window.toMs) continue
        grants.push({ token: String(lock.token), session, waitMs: fromMs - askedMs, atNs: monotonicNs(fromMs) })
      }
    }
    await Promise.all(this.#clients.slice(0, sessions).map(work))
    return { grants }
  }

  async #hold(name: string): Promise<HoldAnswer> {
    const lock = await this.#client(0).lock(name)
    return { token: String(lock.token), atNs: monotonicNs(performance.now()) }
  }

  get #writer(): Writer {
    this.#writing ??= new Writer(this.#client(0))
    return this.#writing
  }

  #client(index: number): Client {
    const client = this.#clients[index]
    if (client === undefined) throw new RangeError(`session ${index} is not open`)
    return client
  }
}
