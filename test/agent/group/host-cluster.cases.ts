import type { Millis } from "@conclave/base"
import { type Command, Machine, type SessionId } from "@conclave/consensus"
import { notProposed } from "conclave/coordination/refusals"
import { hostCluster } from "conclave/group/host-cluster"
import { test } from "tap"
import { memberId } from "../fake-view.ts"

test("a host speaks under its id and its present generation, and has the state where it has a replica or a mirror", (t) => {
  const machine = new Machine()
  const consensus = { running: undefined as object | undefined, state: { local: (): unknown => undefined } }
  const cluster = hostCluster({
    ...{ id: memberId("a"), generation: () => 7, isGenerationKept: () => true },
    consensus: consensus as never,
  })
  t.same([cluster.host, cluster.boot()], [memberId("a"), 7])
  t.equal(cluster.hasState(), false)
  consensus.state.local = () => ({ state: machine, ageMs: 3 })
  t.equal(cluster.hasState(), true)
  t.match(cluster.local(), { ageMs: 3 })
  consensus.state.local = () => undefined
  consensus.running = {}
  t.equal(cluster.hasState(), true, "also while an entry is at work")
  t.end()
})

test("no session begins while the next life could pass for this one; what goes on goes on", (t) => {
  let isKept = false
  const asked: string[] = []
  const consensus = { state: { propose: ({ kind }: Command) => asked.push(kind) } }
  const cluster = hostCluster({
    ...{ id: memberId("a"), generation: () => 7, isGenerationKept: () => isKept },
    consensus: consensus as never,
  })
  const refused: unknown[] = []
  const ask = (command: Command): void =>
    cluster.propose(command, 1000 as Millis, (outcome) =>
      refused.push(outcome.kind === "not-proposed" ? notProposed(outcome) : outcome),
    )
  const session = "s" as SessionId
  const about = { session, secretHash: new Uint8Array(32), host: memberId("a"), boot: 7, attachment: 1 } as const
  const attach = { kind: "attach", ...about } as const
  ask(attach)
  t.match(refused, [{ code: "RESOURCE_EXHAUSTED", outcome: "not-applied", details: { limit: "disk" } }])
  ask({ kind: "detach", session, boot: 7, attachment: 1 })
  isKept = true
  ask(attach)
  t.same(asked, ["detach", "attach"])
  t.end()
})
