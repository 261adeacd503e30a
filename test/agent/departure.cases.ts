import type { Millis } from "@conclave/base"
import type { Problem } from "conclave/api/problem"
import { type Draining, depart, type Farewell, type SeatLeft } from "conclave/departure"
import { test } from "tap"
import { RaftBench } from "../simulator/raft-bench.ts"
import { FakeClock } from "./fake-clock.ts"
import { clockOf } from "./fake-links.ts"
import { memberId } from "./fake-view.ts"

interface Going {
  result: SeatLeft | Problem | undefined
}

function leave(bench: RaftBench, index: number, { force = false, timeoutMs = 30_000 } = {}): Going {
  const going: Going = { result: undefined }
  bench.member(index).machine.process?.task(() =>
    bench.host(index).leave({ force, timeoutMs, graceMs: undefined }, (result) => {
      going.result = result
    }),
  )
  return going
}

function isVoter(bench: RaftBench, index: number): boolean {
  const raft = bench.host(index).consensus.running?.raft
  return raft?.group.voters.includes(raft.id) === true
}

function voters(bench: RaftBench): readonly number[] {
  return bench.running().filter((index) => isVoter(bench, index))
}

test("a voter that leaves gives its seat to another and ends its sessions, also the leader", async (t) => {
  for (const isLeader of [false, true]) {
    const bench = new RaftBench({ agents: 4 })
    t.ok(bench.until(() => bench.voters() === 3))
    const leader = bench.leader() as number
    const leaver = isLeader ? leader : (voters(bench).find((index) => index !== leader) as number)
    const { id, asked } = bench.open(leaver)
    t.ok(bench.until(() => asked.outcome?.kind === "applied"))
    const going = leave(bench, leaver)
    t.ok(bench.until(() => going.result !== undefined))
    t.equal(going.result, "moved")
    const rest = [0, 1, 2, 3].filter((index) => index !== leaver)
    t.ok(bench.until(() => rest.every((index) => isVoter(bench, index))))
    t.ok(
      bench.until(() => rest.every((index) => !bench.knows(index, id))),
      "its sessions have ended",
    )
    t.ok(rest.every((index) => bench.host(index).memberById(bench.host(leaver).id)?.state === "left"))
  }
})

test("a host without a seat just leaves, and its sessions end", async (t) => {
  const bench = new RaftBench({ agents: 5 })
  t.ok(bench.until(() => bench.voters() === 3 && bench.running().some((each) => !bench.host(each).consensus.hasSeat)))
  const client = bench.running().find((index) => !bench.host(index).consensus.hasSeat) as number
  const { id, asked } = bench.open(client)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  const going = leave(bench, client)
  t.ok(bench.until(() => going.result !== undefined))
  t.equal(going.result, "none")
  t.ok(bench.until(() => !bench.knows(bench.leader() as number, id)))
})

test("where nobody can take over the seat the host stays, with force it goes and the seat is kept", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  const leaver = bench.leader() as number
  const { id, asked } = bench.open(leaver)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  const refused = leave(bench, leaver)
  t.ok(bench.until(() => refused.result !== undefined))
  t.match(refused.result, { code: "CONFLICT", details: { reason: "quorum-at-risk", current: 3 } })
  t.equal(bench.leader(), leaver, "nothing has changed")
  t.ok(bench.knows(leaver, id))
  const forced = leave(bench, leaver, { force: true })
  t.ok(bench.until(() => forced.result !== undefined))
  t.equal(forced.result, "kept")
  t.not(bench.leader(), leaver, "the leadership was handed over first")
  t.ok(bench.until(() => bench.leader() !== undefined && !bench.knows(bench.leader() as number, id)))
  t.equal(bench.voters(), 3)
})

test("the only voter goes by force alone", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(bench.until(() => bench.leader() === 0))
  const refused = leave(bench, 0)
  t.ok(bench.until(() => refused.result !== undefined))
  t.match(refused.result, { code: "CONFLICT" })
})

test("without a quorum a host with a seat stays, unless it is forced", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  for (const index of [1, 2]) bench.fleet.kill(bench.member(index))
  t.ok(bench.until(() => bench.leader() === undefined))
  const refused = leave(bench, 0, { timeoutMs: 3000 })
  t.ok(bench.until(() => refused.result !== undefined))
  t.match(refused.result, { code: "NO_QUORUM", details: { up: 1, needed: 2, unreachable: { length: 2 } } })
  const forced = leave(bench, 0, { force: true, timeoutMs: 1000 })
  t.ok(bench.until(() => forced.result !== undefined))
  t.equal(forced.result, "kept")
})

test("the sessions end after the seat has moved, and in no cluster there is nothing to end", (t) => {
  const time = new FakeClock()
  const done: string[] = []
  const consensus = {
    clusterId: "c1" as string | undefined,
    running: undefined,
    giveUpSeat: (untilMs: number, given: (word: "moved") => void) => {
      done.push(`seat by ${untilMs - time.now()}`)
      given("moved")
    },
    handOver: () => done.push("handOver"),
    state: {
      propose: ({ kind }: { kind: string }, _deadline: Millis, told: (outcome: object) => void) => {
        done.push(kind)
        told({ kind: "unknown" })
      },
    },
  }
  let isBelievedByNobody = true
  const parts = { clock: clockOf(time), id: memberId("a"), generation: () => 4, consensus: consensus as never }
  const drain: Draining = (graceMs, told) => {
    done.push(`drain within ${graceMs}`)
    told()
  }
  const farewell: Farewell = (limitMs, told) => {
    done.push(`farewell within ${limitMs}`)
    told(isBelievedByNobody)
  }
  const go = (): void =>
    depart({ ...parts, drain, farewell }, { force: false, timeoutMs: 700, graceMs: 90 }, (result) =>
      done.push(String(result)),
    )
  go()
  t.same(done.splice(0), ["seat by 700", "drain within 90", "farewell within 3000", "endHost", "moved"])
  isBelievedByNobody = false
  go()
  t.same(
    done.splice(0),
    ["seat by 700", "drain within 90", "farewell within 3000", "moved"],
    "what is believed in expires in its own time",
  )
  consensus.clusterId = undefined
  go()
  t.same(done, ["seat by 700", "moved"])
  t.end()
})
