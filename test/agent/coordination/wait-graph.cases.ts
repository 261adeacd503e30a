import type { Hold } from "@conclave/consensus"
import { isFor, isWait, WaitGraph } from "conclave/coordination/wait-graph"
import { test } from "tap"
import { WaitTable } from "./wait-table.ts"

function graphOf(table: WaitTable, letter: string, name: string): { readonly graph: WaitGraph; readonly wait: Hold } {
  const { machine } = table.cluster
  const wait = table.waitOf(letter, name)
  return { graph: new WaitGraph(machine, wait), wait }
}

test("what is lost says who keeps it, and why they keep it", async (t) => {
  const table = new WaitTable("abcd")
  for (const letter of "abd") table.sem(letter, "s", 3)
  table.lock("c", "x")
  table.sem("c", "s", 3, 2)
  for (const letter of "ab") table.lock(letter, "x")
  const { graph, wait } = graphOf(table, "c", "s")
  t.ok(graph.isLost(wait))
  const bars = graph.barsOf(wait)
  t.strictSame(
    bars.map(({ name, blocker }) => [name, table.appOf(blocker)]),
    [
      ["s", "a"],
      ["s", "b"],
    ],
    "d waits for nothing",
  )
  for (const { name, blocker } of bars)
    t.strictSame([...graph.reasonsOf(blocker, name)], [table.waitOf(table.appOf(blocker), "x")])
  table.stop()
})

test("what leads back to nobody is not lost, whatever it waits for", async (t) => {
  const table = new WaitTable("abc")
  table.lock("a", "x")
  table.lock("b", "y")
  table.lock("b", "x")
  table.lock("c", "z")
  table.lock("c", "y")
  const { graph, wait } = graphOf(table, "c", "y")
  t.notOk(graph.isLost(wait))
  t.strictSame(graph.barsOf(wait), [])
  table.stop()
})

test("who waits behind a ring is lost and part of none", async (t) => {
  const table = new WaitTable("abc")
  table.lock("a", "x")
  table.lock("b", "y")
  table.lock("a", "y")
  table.lock("b", "x")
  table.lock("c", "z")
  t.equal(table.lock("c", "x"), undefined)
  table.stop()
})

test("waits are for locks and permits; a name is of its kind", async (t) => {
  const table = new WaitTable("ab")
  table.lock("a", "x")
  table.lock("b", "x")
  const wait = table.waitOf("b", "x")
  t.ok(isWait(wait))
  t.notOk(isWait({ ...wait, token: 1 as never }))
  t.notOk(isWait({ ...wait, kind: "election" }))
  t.ok(isFor(wait, "lock", "x"))
  t.notOk(isFor(wait, "semaphore", "x"))
  t.notOk(isFor(wait, "lock", "y"))
  table.stop()
})
