import { put, valueAt } from "@conclave/bench/load/puts"
import type { Client } from "@conclave/sdk"
import { test } from "tap"

/** As much of a client as puts need. */
function client(puts: { readonly key: string; readonly value: string; readonly atMs: number }[]): Client {
  const kv = {
    put: async (key: string, value: string) => {
      puts.push({ key, value, atMs: performance.now() })
      await new Promise((resolve) => setImmediate(resolve))
      return 1n
    },
  }
  return { kv } as unknown as Client
}

const ORDER = { do: "puts", name: "k", sessions: 2, bytes: 40, everyMs: 0, warmUpMs: 20, ms: 30 } as const

test("each worker puts under its own key, and only what lies in the window counts", async (t) => {
  const [one, two] = [[], []] as { key: string; value: string; atMs: number }[][]
  const { putMs } = await put([client(one ?? []), client(two ?? [])], "app", { ...ORDER, workers: 3 })
  t.same([...new Set(one?.map(({ key }) => key))].sort(), ["k/app/0", "k/app/2"], "shared out over the sessions")
  t.same([...new Set(two?.map(({ key }) => key))], ["k/app/1"])
  const all = (one?.length ?? 0) + (two?.length ?? 0)
  t.ok(putMs.length <= all, "those of the warm-up are left out")
})

test("workers that have a beat put no more often than it says", async (t) => {
  const puts: { key: string; value: string; atMs: number }[] = []
  await put([client(puts)], "app", { ...ORDER, sessions: 1, workers: 1, everyMs: 10, warmUpMs: 0, ms: 100 })
  t.ok(puts.length > 0 && puts.length <= 11, `${puts.length} puts in ten beats`)
})

test("a value has so many bytes and begins with the time", async (t) => {
  t.equal(valueAt(performance.now(), 40).length, 40)
  t.match(valueAt(performance.now(), 1), /^\d+ $/, "the time is not cut")
})
