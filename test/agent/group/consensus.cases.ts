import { GroupControl } from "conclave/group/group-control"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"

test("the leader is known by name at every replica", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  const name = `a${(bench.leader() as number) + 1}`
  t.ok(bench.until(() => [0, 1, 2].every((index) => bench.host(index).consensus.view.leader?.record.name === name)))
})

test("two clusters that meet under one name stay two, and both sides say so", async (t) => {
  const bench = new RaftBench({ agents: 2, founders: [0, 1] })
  const apart = { from: Uint8Array.of(1, 1), to: Uint8Array.of(1, 1), effect: { kind: "cut", proto: "both" } as const }
  bench.fleet.network.addRule(apart)
  const leads = (index: number): boolean => bench.host(index).consensus.running?.isLeader === true
  t.ok(bench.until(() => leads(0) && leads(1)))
  bench.fleet.network.removeRule(apart)
  const warned = (index: number): boolean =>
    bench
      .host(index)
      .warnings()
      .some(({ code }) => code === "other-cluster")
  t.ok(bench.until(() => warned(0) && warned(1)))
  bench.runMs(5000)
  t.ok(leads(0) && leads(1))
  t.not(bench.host(0).consensus.clusterId, bench.host(1).consensus.clusterId)
})

test("any host tells the group and changes it, also one without a replica", async (t) => {
  const bench = new RaftBench({ agents: 4, never: [3] })
  t.ok(bench.until(() => bench.voters() === 3))
  const controls = [0, 1, 2, 3].map((index) => {
    const host = bench.host(index)
    return new GroupControl({ consensus: host.consensus, view: host, clock: host.consensus.reach.ways.clock })
  })
  const client = controls[3] as GroupControl
  t.ok(bench.until(() => client.status().leader === "a1" && client.status().items.length === 3))
  t.match(client.status(), { quorum: 2, canLose: 1, items: [{ name: "a1", role: "leader", up: true }, {}, {}] })
  t.match(client.summary(), { role: "none", leader: "a1", voters: 3, votersUp: 3 })
  t.equal(client.status().term, controls[0]?.status().term)
  const results: object[] = []
  const ask = (index: number, act: (control: GroupControl) => void): void => {
    const before = results.length
    bench.member(index).machine.process?.task(() => act(controls[index] as GroupControl))
    t.ok(bench.until(() => results.length > before))
  }
  ask(3, (control) => control.transfer("a2", 5000, (result) => results.push(result)))
  t.match(results[0], { leader: "a2" })
  ask(2, (control) => control.remove("a1", { force: true, timeoutMs: 5000 }, (result) => results.push(result)))
  t.match(results[1], { leader: "a2", quorum: 2 }, "by a follower")
  t.notOk((results[1] as { items: { name: string }[] }).items.some(({ name }) => name === "a1"))
  ask(3, (control) => control.add("nobody", 5000, (result) => results.push(result)))
  t.match(results[2], { code: "NOT_FOUND", outcome: "not-applied" })
  for (const index of [0, 1, 2]) bench.fleet.kill(bench.member(index))
  t.ok(bench.until(() => client.status().leader === null))
  t.match(client.status(), { canLose: 0 }, "also without a quorum, and without waiting")
  ask(3, (control) => control.transfer(undefined, 1000, (result) => results.push(result)))
  t.match(results[3], { code: "NO_QUORUM", outcome: "not-applied", details: { up: 0, needed: 2 } })
})

test("what was asked of a relay is not given up because others suspect it", (t) => {
  const bench = new RaftBench({ agents: 5 })
  const clients = () => bench.running().filter((index) => bench.host(index).consensus.running === undefined)
  t.ok(bench.until(() => bench.voters() === 3 && clients().length > 0))
  const client = clients()[0] as number
  const { consensus } = bench.host(client)
  const tell = (state: "suspect" | "dead"): void => {
    for (const before of bench.host(client).members()) {
      if (before.id !== bench.host(client).id) consensus.memberChanged({ before, after: { ...before, state } })
    }
  }
  const what = { kind: "session", id: bench.open(client).id } as const
  t.ok(bench.until(() => bench.knows(client, what.id)))
  // What may not be sent twice is lost with whom it was asked of.
  const revoke = { kind: "revoke", what, graceMs: 0, by: "x", reason: "y" } as const
  for (const state of ["suspect", "dead"] as const) {
    const asked = bench.propose(client, revoke)
    bench.runMs(0.5)
    tell(state)
    t.ok(bench.until(() => asked.outcome !== undefined))
    t.equal(asked.outcome?.kind, state === "dead" ? "unknown" : "applied", state)
  }
  t.end()
})
