import { valueAt } from "@conclave/bench/load/puts"
import { Watchers } from "@conclave/bench/load/watchers"
import type { Client } from "@conclave/sdk"
import { test } from "tap"

type Told = { readonly changes: readonly object[]; readonly reset: boolean }

/** A client whose watches all get these views, and then nothing for ever. */
function client(views: readonly Told[]): Client {
  const watch = async function* (): AsyncGenerator<Told> {
    yield { changes: [], reset: false }
    yield* views
    await new Promise(() => undefined)
  }
  return { kv: { watch } } as unknown as Client
}

function change() {
  return { type: "put", item: { key: "p/1", value: valueAt(performance.now(), 40) } }
}

test("what each watch is told is counted until it is asked for", async (t) => {
  const watchers = new Watchers()
  const views = [
    { changes: [change(), change()], reset: false },
    { changes: [], reset: true },
  ]
  await watchers.open([client(views)], { do: "watch", name: "p/", sessions: 1, watchers: 3 })
  await new Promise((resolve) => setImmediate(resolve))
  const told = watchers.told()
  t.same({ ...told, toldMs: told.toldMs.length }, { changes: [2, 2, 2], resets: 3, toldMs: 2 }, "times of one of them")
  t.ok(told.toldMs.every((ms) => ms >= 0 && ms < 60_000))
  t.same(watchers.told(), { changes: [0, 0, 0], resets: 0, toldMs: [] })
})
