import type { Millis } from "@conclave/base"
import type { Change, Renewal } from "@conclave/consensus"
import type { Cluster } from "conclave/coordination/cluster"
import { insist } from "conclave/coordination/insist"
import { SharedState } from "conclave/group/shared-state"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

test("a host that has seen no cluster proposes and reads nothing, and says so at once", async (t) => {
  const bench = new RaftBench({ agents: 2, founders: [] })
  bench.runMs(2000)
  const { asked } = bench.open(0)
  const read = bench.read(1)
  bench.runMs(10)
  t.match(asked.outcome, { kind: "not-proposed", reason: "no-cluster" })
  t.match(read.outcome, { kind: "not-proposed", reason: "no-cluster" })
  t.equal(bench.host(0).consensus.state.local(), undefined)
  t.ok(
    bench
      .host(0)
      .members()
      .every(({ record }) => record.seat === undefined),
    "gossip tells nothing of seats",
  )
})

test("a host that is to found a cluster with others says that it waits for them", (t) => {
  const bench = new RaftBench({ agents: 2, founders: [], expects: [3, 3] })
  bench.runMs(5000)
  const { asked } = bench.open(0)
  const read = bench.read(1)
  bench.runMs(10)
  t.match(asked.outcome, { kind: "not-proposed", reason: "no-founding" })
  t.match(read.outcome, { kind: "not-proposed", reason: "no-founding" })
  t.end()
})

test("a host that is stopped begins nothing any more, whoever insists", (t) => {
  const clock = new FakeClock()
  const begun: string[] = []
  const shared = new SharedState({
    ...{ clock, hasCluster: () => true, awaitsFounding: () => false },
    view: { notProposed: (reason) => ({ kind: "not-proposed", reason, up: 0, needed: 1 }) },
    route: {
      propose: (_proposal, done) => {
        begun.push("propose")
        done({ kind: "unknown" })
      },
      readIndex: () => void begun.push("read"),
      renew: () => void begun.push("renew"),
    },
    state: {
      follow: () => {},
      hasReached: () => {},
      after: () => () => {},
      local: () => undefined,
      listen: () => () => {},
    },
  })
  const cluster = { propose: shared.propose.bind(shared) } as Cluster
  insist({ kind: "tick" }, { cluster, clock: clockOf(clock), isWanted: () => true })
  shared.read(clock.now() as Millis, () => {})
  t.same(begun, ["propose", "read"])
  shared.stop()
  clock.advance(60_000)
  shared.read(clock.now() as Millis, () => {})
  shared.renew({} as Renewal, clock.now() as Millis, () => {})
  t.same([begun, clock.armed], [["propose", "read"], 0], "and nothing is waited for")
  t.end()
})

test("who listens hears every change in order, and when the state is replaced as a whole", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  const heard: { rev: number; changes: readonly Change[] }[] = []
  let replaced = 0
  const listen = (index: number): (() => void) =>
    bench.host(index).consensus.state.listen({
      changed: (rev, changes) => void heard.push({ rev, changes }),
      replaced: () => replaced++,
    })
  bench.runMs(1)
  const stop = listen(1)
  t.ok(bench.until(() => bench.voters() === 3))
  for (let opened = 0; opened < 3; opened++) {
    const { id, asked } = bench.open(2)
    t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(1, id)))
  }
  t.ok(replaced >= 1)
  t.equal(heard.length, 3)
  t.same(
    [...heard].sort((a, b) => a.rev - b.rev),
    heard,
  )
  stop()
  const { id } = bench.open(0)
  t.ok(bench.until(() => bench.knows(1, id)))
  t.equal(heard.length, 3)
})

test("without a quorum it is said within the time asked for, who is up and who is not", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  for (const index of [0, 1]) bench.fleet.kill(bench.member(index))
  t.ok(
    bench.until(
      () =>
        bench
          .host(2)
          .members()
          .filter(({ state }) => state === "alive").length === 1,
    ),
  )
  const beganUs = bench.world.nowUs
  const { asked } = bench.open(2, 700)
  const read = bench.read(2, 300)
  t.ok(bench.until(() => asked.outcome !== undefined && read.outcome !== undefined))
  t.ok((bench.world.nowUs - beganUs) / 1000 <= 710)
  for (const outcome of [asked.outcome, read.outcome]) {
    t.match(outcome, { kind: "not-proposed", reason: "no-quorum", up: 1, needed: 2 })
    t.match(outcome, { reachable: ["a3"], unreachable: ["a1", "a2"] })
  }
})
