import { type Change, type Entry, logIndex, Machine, term } from "@conclave/consensus"
import { GroupState } from "conclave/group/group-state"
import type { RunningReplica } from "conclave/replica/running-replica"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"
import { FakeClock } from "../fake-clock.ts"

test("what a new replica applies is told only behind its whole state, however much it goes through first", (t) => {
  const machine = new Machine()
  const waiting: ((machine: Machine) => void)[] = []
  const replica = (): RunningReplica => {
    const made = { readHere: (done: (machine: Machine) => void) => void waiting.push(done), resting: undefined }
    return made as unknown as RunningReplica
  }
  let running: RunningReplica | undefined
  const links = { dial: () => undefined } as never
  const hello = (): never => ({ cluster: "c", from: "a" }) as never
  const outward = { clock: new FakeClock(), links, hello, relays: () => [] }
  const state = new GroupState({ running: () => running, isCutOff: () => false, ...outward })
  const heard: string[] = []
  state.listen({ changed: (rev) => heard.push(`changed ${rev}`), replaced: () => heard.push("replaced") })
  const change = { kind: "session", before: undefined, after: undefined, end: undefined, rev: 1 } as const
  const entry: Entry = {
    ...{ index: logIndex(1), term: term(1), kind: "noop", stampMs: 0, featureLevel: 1, data: new Uint8Array(0) },
  }
  const apply = (rev: number): void =>
    state.applied(
      { kind: "applied", index: rev, result: undefined, isRepeat: false, rev, changes: [change] },
      entry,
      machine,
    )
  running = replica()
  state.moved()
  for (const rev of [48, 59]) apply(rev)
  t.same(heard, [])
  waiting.shift()?.(machine)
  apply(60)
  t.same(heard, ["replaced", "changed 60"])
  running = replica()
  state.moved()
  const late = waiting.shift()
  running = replica()
  state.moved()
  late?.(machine)
  apply(48)
  t.same(heard.slice(2), [], "that of a replica that is gone is nobody's")
  state.restored(machine)
  apply(61)
  t.same(heard.slice(2), ["replaced", "changed 61"])
  state.stop()
  t.end()
})

test("a read that began before the replica of a host that came back was open is answered all the same", (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  const { id, asked } = bench.open(0)
  t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(1, id)))
  const victim = bench.running().find((index) => index !== bench.leader()) as number
  bench.fleet.kill(bench.member(victim))
  bench.runMs(100)
  const { disk } = bench.member(victim).machine
  disk.setDelayUs(500_000)
  bench.fleet.boot(bench.member(victim))
  const reads: ReturnType<RaftBench["read"]>[] = []
  const isOpen = (): boolean => bench.host(victim).consensus.running !== undefined
  while (!isOpen()) {
    bench.runMs(10)
    if (!isOpen() && bench.host(victim).consensus.clusterId !== undefined) reads.push(bench.read(victim))
  }
  disk.setDelayUs(1000)
  t.ok(reads.length > 0)
  t.ok(bench.until(() => reads.every(({ outcome }) => outcome !== undefined)))
  t.same(new Set(reads.map(({ outcome }) => outcome?.kind)), new Set(["read"]))
  t.end()
})

test("a host that is taken out of the group goes on hearing what becomes of its sessions", (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  const victim = bench.running().find((index) => index !== bench.leader()) as number
  const leader = bench.leader() as number
  const { id, asked } = bench.open(victim)
  t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(victim, id)))
  const heard: Change[] = []
  const { consensus } = bench.host(victim)
  t.teardown(consensus.state.listen({ changed: (_rev, changes) => void heard.push(...changes), replaced: () => {} }))
  const replica = consensus.running?.raft.id
  const { running } = bench.host(leader).consensus
  bench.host(leader).consensus.setShunned(bench.host(victim).id, true)
  const isGone = (): boolean => consensus.running === undefined
  while (!isGone() && running !== undefined) {
    const { voters, learners } = running.raft.group
    const others = { voters: voters.filter((each) => each !== replica), learners }
    bench.member(leader).machine.process?.task(() => running.changeGroup(others, () => {}))
    bench.runMs(100)
  }
  bench.runMs(1000)
  const end = bench.propose(leader, { kind: "end", session: id, of: undefined, cause: "closed", isGone: false })
  t.ok(bench.until(() => end.outcome?.kind === "applied"))
  t.ok(bench.until(() => heard.some((change) => change.kind === "session" && change.end === "closed")))
  t.ok(isGone(), "and it has no replica of its own")
  t.end()
})

test("of a replica that has heard of no leader since its start the state is of any age, and that is a number", (t) => {
  const running = { resting: { applied: 0, machine: new Machine() }, ageMs: Number.POSITIVE_INFINITY }
  const state = new GroupState({
    isCutOff: () => false,
    ...{ clock: new FakeClock(), links: {} as never, hello: () => ({}) as never, relays: () => [] },
    running: () => running as never,
  })
  t.equal(state.local()?.ageMs, Number.MAX_SAFE_INTEGER, "JSON has no Infinity")
  running.ageMs = 7
  t.equal(state.local()?.ageMs, 7)
  t.end()
})
