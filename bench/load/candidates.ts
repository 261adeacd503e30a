import { setTimeout as delay } from "node:timers/promises"
import type { Client } from "@conclave/sdk"
import { monotonicNs } from "conclave/cli/fleet/monotonic"
import type { ElectAnswer, ElectionStep, Order } from "./orders.ts"

/**
 * Lets every client stand for election until the time is over, and the first one observe; then nobody waits for them.
 */
export async function elect(
  clients: readonly Client[],
  app: string,
  { name, termMs, warmUpMs, ms }: Order & { readonly do: "elect" },
): Promise<ElectAnswer> {
  const steps: ElectionStep[] = []
  const over = AbortSignal.timeout(warmUpMs + ms)
  const fromMs = performance.now() + warmUpMs
  const note = (kind: ElectionStep["kind"], value: string): void => {
    const nowMs = performance.now()
    if (nowMs >= fromMs) steps.push({ kind, value, atNs: monotonicNs(nowMs) })
  }
  const stand = async (client: Client, index: number): Promise<void> => {
    for (let term = 1; !over.aborted; term++) {
      const value = `${app}/${index}/${term}`
      const leadership = await client.election(name).campaign({ value, signal: over })
      note("leads", value)
      await delay(termMs)
      note("resigns", value)
      await leadership.release()
    }
  }
  const observe = async (client: Client): Promise<void> => {
    for await (const holder of client.election<string>(name).observe({ signal: over })) {
      if (holder !== null) note("observed", holder.value ?? "")
    }
  }
  const [first] = clients
  if (first === undefined) throw new RangeError("no session is open")
  const ended = await Promise.allSettled([...clients.map(stand), observe(first)])
  for (const each of ended) if (each.status === "rejected" && each.reason !== over.reason) throw each.reason
  return { steps }
}
