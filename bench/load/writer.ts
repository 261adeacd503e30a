import { type Client, ConclaveError, type Lock } from "@conclave/sdk"
import { monotonicNs } from "conclave/cli/fleet/monotonic"
import type { Ack, SettleAnswer } from "./orders.ts"

/** Writes under way at a time; a tick that finds so many begins none. */
const UNDER_WAY_MAX = 64
const READ_LIMIT_MS = 30_000

interface Waiter {
  readonly ns: bigint
  readonly resolve: (ack: Ack) => void
}

/**
 * Writes in an open loop, so that an outage shows as long as it is, and not as long as one call waits. A write is a
 * lock of its own that is kept: acknowledged means granted, and missing that the cluster does not know the grant any
 * more.
 */
export class Writer {
  readonly #client: Client
  readonly #written: { readonly lock: Lock; readonly ack: Ack }[] = []
  readonly #waiters = new Set<Waiter>()
  readonly #underWay = new Set<Promise<void>>()
  #kept: readonly Lock[] = []
  #prefix = ""
  #count = 0
  #timer: NodeJS.Timeout | undefined

  constructor(client: Client) {
    this.#client = client
  }

  async keep(name: string, count: number): Promise<object> {
    this.#kept = await Promise.all(Array.from({ length: count }, (_, index) => this.#client.lock(`${name}/${index}`)))
    return {}
  }

  write(name: string, everyMs: number): object {
    this.#prefix = `${name}/`
    this.#timer = setInterval(() => this.#begin(), everyMs)
    return {}
  }

  firstAfter(ns: bigint): Promise<Ack> {
    const there = this.#written.find(({ ack }) => BigInt(ack.sentNs) >= ns)
    if (there !== undefined) return Promise.resolve(there.ack)
    return new Promise((resolve) => this.#waiters.add({ ns, resolve }))
  }

  async settle(): Promise<SettleAnswer> {
    clearInterval(this.#timer)
    await Promise.all(this.#underWay)
    const query = { kind: "lock", prefix: this.#prefix } as const
    const { items } = await this.#client.request("hold.list", query, { timeoutMs: READ_LIMIT_MS })
    const held = new Set(items.flatMap(({ name, holders }) => holders.map(({ token }) => `${name} ${token}`)))
    const missing = this.#written.filter(({ lock }) => !held.has(`${lock.name} ${lock.token}`)).length
    const lostGrants = this.#kept.filter(({ held: isHeld }) => !isHeld).length
    return { acks: this.#written.map(({ ack }) => ack), missing, lostGrants }
  }

  #begin(): void {
    if (this.#underWay.size >= UNDER_WAY_MAX) return
    const done = this.#once().finally(() => this.#underWay.delete(done))
    this.#underWay.add(done)
  }

  async #once(): Promise<void> {
    const sentNs = monotonicNs(performance.now())
    try {
      const lock = await this.#client.tryLock(`${this.#prefix}${++this.#count}`)
      if (lock !== null) this.#acknowledged(lock, { sentNs, doneNs: monotonicNs(performance.now()) })
    } catch (error) {
      // Refused, or of unknown outcome: nothing was promised.
      if (!ConclaveError.is(error)) throw error
    }
  }

  #acknowledged(lock: Lock, ack: Ack): void {
    this.#written.push({ lock, ack })
    for (const waiter of this.#waiters) {
      if (BigInt(ack.sentNs) < waiter.ns) continue
      this.#waiters.delete(waiter)
      waiter.resolve(ack)
    }
  }
}
