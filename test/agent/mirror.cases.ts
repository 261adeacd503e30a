import { test } from "tap"
import { RaftBench } from "../simulator/raft-bench.ts"

function withClient(): { readonly bench: RaftBench; readonly client: number } {
  const bench = new RaftBench({ agents: 6 })
  const clients = () => bench.running().filter((index) => bench.host(index).consensus.running === undefined)
  if (!bench.until(() => bench.voters() === 3 && clients().length === 2)) throw new Error("the group never settled")
  return { bench, client: clients()[0] as number }
}

test("a mirror has the state of the group, also when its relays come and go", async (t) => {
  const { bench, client } = withClient()
  const first = bench.open(client)
  t.ok(bench.until(() => first.asked.outcome?.kind === "applied" && bench.knows(client, first.id)))
  for (const index of bench.running().filter((each) => bench.host(each).consensus.running !== undefined)) {
    bench.fleet.kill(bench.member(index))
    const { id, asked } = bench.open(client, 20_000)
    t.ok(bench.until(() => asked.outcome?.kind === "applied"))
    t.ok(bench.until(() => bench.knows(client, id)))
    bench.fleet.boot(bench.member(index))
    t.ok(bench.until(() => bench.host(index).consensus.running?.resting?.machine.session(id) !== undefined))
  }
  const hash = (index: number) => bench.host(index).consensus.local()?.state.hash
  t.ok(bench.until(() => hash(client) !== undefined && hash(client) === hash(bench.leader() as number)))
})

test("a mirror says how old its state may be", async (t) => {
  const { bench, client } = withClient()
  const { id, asked } = bench.open(client)
  t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(client, id)))
  const before = bench.host(client).consensus.local()?.ageMs ?? Number.POSITIVE_INFINITY
  t.ok(before < 5000)
  for (const index of bench.running()) if (index !== client) bench.fleet.kill(bench.member(index))
  bench.runMs(10_000)
  t.ok((bench.host(client).consensus.local()?.ageMs ?? 0) > 9000)
})

test("a relay that is cut off from the group alone is left for another when it lacks what a read must see", (t) => {
  const { bench, client } = withClient()
  const mask = (those: readonly number[]) => Uint8Array.from({ length: 6 }, (_, index) => Number(those.includes(index)))
  const relays = bench.running().filter((index) => bench.host(index).consensus.running !== undefined)
  const { id, asked } = bench.open(client)
  t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(client, id)))
  for (const relay of relays) {
    const others = bench.running().filter((index) => index !== relay && index !== client)
    const cut = [
      { from: mask([relay]), to: mask(others), effect: { kind: "cut", proto: "both" } },
      { from: mask(others), to: mask([relay]), effect: { kind: "cut", proto: "both" } },
    ] as const
    for (const rule of cut) bench.fleet.network.addRule(rule)
    bench.runMs(5000)
    const other = others.find((index) => bench.host(index).consensus.running === undefined) as number
    const news = bench.open(other, 20_000)
    t.ok(bench.until(() => news.asked.outcome?.kind === "applied"))
    const read = bench.read(client, 20_000)
    t.ok(bench.until(() => read.outcome !== undefined))
    t.equal(read.outcome?.kind, "read")
    t.ok(bench.knows(client, news.id))
    for (const rule of cut) bench.fleet.network.removeRule(rule)
    bench.runMs(5000)
  }
  t.end()
})
