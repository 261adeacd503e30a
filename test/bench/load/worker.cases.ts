import { Worker } from "@conclave/bench/load/worker"
import type { Client } from "@conclave/sdk"
import { test } from "tap"

test("a worker tells what it was given and when it let go of it, and drains", async (t) => {
  const revoking = new AbortController()
  const work = (pool: string) => ({
    run: async (fn: (assignment: object) => Promise<void>, { signal }: { readonly signal: AbortSignal }) => {
      t.equal(pool, "p")
      const kept = fn({ item: "1", token: 8n, signal, revoking: new AbortController().signal })
      await fn({ item: "0", token: 7n, signal: new AbortController().signal, revoking: revoking.signal })
      await kept
    },
  })
  const worker = new Worker()
  worker.begin({ work } as unknown as Client, "p")
  revoking.abort()
  await new Promise((resolve) => setImmediate(resolve))
  const words = () => worker.shares().steps.map(({ kind, item, token }) => `${kind} ${item} ${token}`)
  t.same(words(), ["has 1 8", "has 0 7", "gives 0 7"])
  await worker.drain()
  t.same(words().at(-1), "gives 1 8")
  worker.begin({ work: () => ({ run: async () => undefined }) } as unknown as Client, "q")
  t.same(worker.shares().steps, [], "another pool begins anew")
})
