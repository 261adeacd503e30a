import { setTimeout as delay } from "node:timers/promises"
import type { Client } from "@conclave/sdk"
import { monotonicNs } from "conclave/cli/fleet/monotonic"
import type { Order, PutsAnswer } from "./orders.ts"
import { windowFrom } from "./window.ts"

/** Puts of many workers at a time, each under its own key, until the window is over. */
export async function put(
  clients: readonly Client[],
  app: string,
  { name, workers, bytes, everyMs, warmUpMs, ms }: Order & { readonly do: "puts" },
): Promise<PutsAnswer> {
  const window = windowFrom(warmUpMs, ms)
  const putMs: number[] = []
  const work = async (client: Client, index: number): Promise<void> => {
    const key = `${name}/${app}/${index}`
    // Spread over the interval, so that they do not all begin at the same moment.
    let dueMs = performance.now() + (everyMs * index) / workers
    for (;;) {
      if (everyMs > 0) {
        await delay(Math.max(0, dueMs - performance.now()))
        dueMs += everyMs
      }
      const askedMs = performance.now()
      if (askedMs >= window.toMs) return
      await client.kv.put(key, valueAt(askedMs, bytes))
      const doneMs = performance.now()
      if (askedMs >= window.fromMs && doneMs <= window.toMs) putMs.push(doneMs - askedMs)
    }
  }
  const workersOf = Array.from({ length: workers }, (_, index) => work(at(clients, index), index))
  await Promise.all(workersOf)
  return { putMs }
}

/** Text of so many bytes, unless the time alone is longer. */
export function valueAt(sentMs: number, bytes: number): string {
  return `${monotonicNs(sentMs)} `.padEnd(bytes, "x")
}

function at(clients: readonly Client[], index: number): Client {
  const client = clients[index % clients.length]
  if (client === undefined) throw new RangeError("no session is open")
  return client
}
