import { conclaveHost } from "@conclave/sim/conclave-host"
import type { Fault, Plan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import { test } from "tap"
import { RaftBench } from "./raft-bench.ts"

const FAULTS: readonly Fault[] = [
  { kind: "kill", atMs: 9000, downMs: 4000, agents: [0] },
  { kind: "partition", atMs: 14_000, durationMs: 3000, sides: [[1], [0, 2, 3]] },
  { kind: "wipe", atMs: 19_000, downMs: 500, agents: [2] },
]

/** Somebody speaks up under a host's key, very often. */
function plan(seed: number): Plan {
  const made = makePlan({ seed, agents: 4, seconds: 25, faults: [], profile: "local", group: true })
  const group = { founder: 0, snapshotBytes: 2000, keepEntries: 10, clients: 3, names: 2, strikePermille: 0 }
  return { ...made, faults: FAULTS, group: { ...group, impostorMs: 60 } }
}

test("who took over a host that was let in ends, leads and changes nothing under other names, whoever falls meanwhile", async (t) => {
  for (const seed of [5, 6]) {
    const result = runPlan(plan(seed), { factory: conclaveHost })
    t.equal(result.verdict, "ok", result.violation?.message ?? "")
    for (const mark of ["impostor-refused", "impostor-unheard", "three-vote", "leader-changed"] as const) {
      t.ok(result.marks.has(mark), mark)
    }
  }
})

test("that anybody listens to an impostor is found", async (t) => {
  const askingNobody: HostFactory = (setup, ports) => {
    const { links } = ports
    const onDial: typeof links.onDial = (accept) =>
      links.onDial((source, channel) => accept(source, channel, undefined))
    return conclaveHost(setup, { ...ports, links: { ...links, onDial } })
  }
  const result = runPlan(plan(5), { factory: askingNobody })
  t.equal(result.verdict, "safety")
})

test("a host that was replaced while it was away comes back, also where the leader is one that it never knew", async (t) => {
  const bench = new RaftBench({ agents: 4 })
  t.ok(bench.until(() => bench.voters() === 3, 120_000))
  const voters = (): readonly string[] => bench.host(bench.leader() ?? 0).consensus.running?.raft.group.voters ?? []
  const replicaAt = (index: number): string => bench.host(index).consensus.running?.raft.id ?? ""
  const away = [0, 1, 2, 3].find((index) => index !== bench.leader() && voters().includes(replicaAt(index))) as number
  const before = replicaAt(away)
  const [spare] = [0, 1, 2, 3].filter((index) => !voters().includes(replicaAt(index)))
  bench.fleet.kill(bench.member(away))
  t.ok(
    bench.until(() => voters().length === 3 && !voters().includes(before), 300_000),
    "another has its seat",
  )
  t.ok(voters().includes(replicaAt(spare as number)))
  bench.host(bench.leader() as number).consensus.running?.transfer(replicaAt(spare as number) as never)
  t.ok(bench.until(() => bench.leader() === spare))
  bench.fleet.boot(bench.member(away))
  const leaderAt = () => bench.host(away).consensus.running?.raft.leader
  t.ok(bench.until(() => bench.host(away).consensus.hasSeat && leaderAt() === replicaAt(spare as number), 120_000))
  t.equal(bench.leader(), spare, "and disturbs nobody")
})
