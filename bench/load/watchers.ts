import type { Client } from "@conclave/sdk"
import { monotonicNs } from "conclave/cli/fleet/monotonic"
import type { Order, ToldAnswer } from "./orders.ts"

/** Watches of one prefix, each a stream of its own, and what they were told. */
export class Watchers {
  #changes: number[] = []
  #resets = 0
  #toldMs: number[] = []

  async open(clients: readonly Client[], { name, watchers }: Order & { readonly do: "watch" }): Promise<object> {
    const begun = Array.from({ length: watchers }, (_, index) => {
      const client = clients[index % clients.length]
      if (client === undefined) throw new RangeError("no session is open")
      return this.#watch(client, name, index)
    })
    await Promise.all(begun)
    return {}
  }

  told(): ToldAnswer {
    const answer = { changes: this.#changes, resets: this.#resets, toldMs: this.#toldMs }
    this.#changes = this.#changes.map(() => 0)
    this.#resets = 0
    this.#toldMs = []
    return answer
  }

  /** Resolves with the first view; what follows is counted until the program ends. */
  async #watch(client: Client, prefix: string, index: number): Promise<void> {
    const views = client.kv.watch(prefix)
    this.#changes[index] = 0
    await views.next()
    void this.#count(views, index)
  }

  async #count(views: ReturnType<Client["kv"]["watch"]>, index: number): Promise<void> {
    for await (const { changes, reset } of views) {
      this.#changes[index] = (this.#changes[index] ?? 0) + changes.length
      if (reset) this.#resets++
      if (index === 0) for (const { item } of changes) this.#note(String(item.value))
    }
  }

  #note(value: string): void {
    this.#toldMs.push(Number(BigInt(monotonicNs(performance.now())) - sentNs(value)) / 1e6)
  }
}

/** A value of `puts` begins with the time at which it was sent. */
function sentNs(value: string): bigint {
  return BigInt(value.slice(0, value.indexOf(" ")))
}
