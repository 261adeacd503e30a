import type { Hold, SessionId } from "@conclave/consensus"
import type { StateView } from "conclave/coordination/cluster"
import { isFor, isWait, WaitGraph } from "conclave/coordination/wait-graph"
import { test } from "tap"
import { WaitTable } from "./wait-table.ts"

function graphOf(table: WaitTable, letter: string, name: string): { readonly graph: WaitGraph; readonly wait: Hold } {
  const { machine } = table.cluster
  const wait = table.waitOf(letter, name)
  return { graph: new WaitGraph(machine, wait, () => true), wait }
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

/**
 * A ring of two, `a` who waits for what all share, and the last of all who waits for what `a` holds; and each of them
 * waits for the one before it, so that one after the other is found to be not lost.
 */
function ringInChain(table: WaitTable, all: readonly string[]): Hold {
  table.lock("a", "end")
  table.lock("b", "of-b")
  for (const letter of all) table.lock(letter, "all", { mode: "shared" })
  for (const letter of all) table.lock(letter, `of-${letter}`)
  for (const [at, letter] of all.entries()) table.lock(letter, `of-${all[at - 1] ?? "b"}`)
  table.lock(all.at(-1) as string, "end")
  table.lock("a", "all")
  return table.waitOf("a", "all")
}

/** Whether it is found lost, and how many places there are in all queues that the search has asked for. */
function search({ cluster }: WaitTable, wait: Hold, isAskedFor: (session: SessionId) => boolean): [boolean, number] {
  const { machine } = cluster
  let places = 0
  const name: StateView["name"] = (kind, of) => {
    const queue = machine.name(kind, of)
    places += queue.holders.length + queue.waiters.length
    return queue
  }
  const state = { name, holdsOf: (of: SessionId) => machine.holdsOf(of) } as StateView
  return [new WaitGraph(state, wait, isAskedFor).isLost(wait), places]
}

test("a search ends after so many looks, however long it takes to find who is not lost", async (t) => {
  const few = [..."cdefghij"]
  const many = few.flatMap((first) => [..."klmnopqrstuvwxyz"].map((second) => `${first}${second}`))
  for (const [letters, isFound] of [
    [few, true],
    [many, false],
  ] as const) {
    const table = new WaitTable(["a", "b", ...letters])
    const [isLost, places] = search(table, ringInChain(table, letters), () => true)
    t.equal(isLost, isFound)
    t.ok(places < 10_000, `${places} places in queues`)
    table.stop()
  }
})

test("who is lost is found where one on the way is asked for, and else not looked for", async (t) => {
  const table = new WaitTable("abcde")
  const wait = ringInChain(table, ["c", "d"])
  const [found, places] = search(table, wait, (session) => table.appOf({ ...wait, session }) === "d")
  const [missed, fewer] = search(table, wait, (session) => table.appOf({ ...wait, session }) === "e")
  t.strictSame([found, missed], [true, false])
  t.ok(fewer < places, `${fewer} places, ${places} to find it`)
  table.stop()
})
