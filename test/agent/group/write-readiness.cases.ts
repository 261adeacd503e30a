import { WriteReadiness } from "conclave/group/write-readiness"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

function raftItem(bench: RaftBench, index: number) {
  return bench.host(index).consensus.readiness
}

test("a host is ready when a write would be accepted: not before the founding, not without a quorum", async (t) => {
  const unfounded = new RaftBench({ agents: 1, founders: [] })
  unfounded.runMs(2000)
  t.match(raftItem(unfounded, 0), { name: "raft", ok: false, message: /founded/ })
  const bench = new RaftBench({ agents: 5 })
  t.ok(bench.until(() => bench.voters() === 3))
  t.ok(bench.until(() => [0, 1, 2, 3, 4].every((index) => raftItem(bench, index).ok)))
  const isVoter = (index: number): boolean => {
    const raft = bench.host(index).consensus.running?.raft
    return raft?.group.voters.includes(raft.id) === true
  }
  const [first, second, last] = bench.running().filter(isVoter)
  for (const index of [first, second]) bench.fleet.kill(bench.member(index as number))
  const rest = bench.running()
  t.ok(
    bench.until(() => rest.every((index) => !raftItem(bench, index).ok)),
    "also where there is no replica",
  )
  t.match(raftItem(bench, last as number).message, /leads|silent|quorum/)
  bench.fleet.boot(bench.member(first as number))
  t.ok(bench.until(() => rest.every((index) => raftItem(bench, index).ok)))
})

test("a host without a replica asks the group at most once a second, and believes the answer for a while", (t) => {
  const time = new FakeClock()
  const asked: ((isThere: boolean) => void)[] = []
  let relays = 0
  let isLeaderless = false
  const readiness = new WriteReadiness({
    clock: clockOf(time),
    clusterId: () => "c1",
    running: () => undefined,
    isCutOff: () => false,
    hasRoom: () => true,
    lacksRoom: () => false,
    hasRelay: () => relays > 0,
    isLeaderless: () => isLeaderless,
    ask: (_untilMs, done) => void asked.push(done),
  })
  t.match(readiness.item, { ok: false, message: /no member of the group/ })
  relays = 2
  t.ok(readiness.item.ok, "a member of the group is up, and nothing was heard against it")
  t.ok(readiness.item.ok)
  t.equal(asked.length, 1)
  asked[0]?.(false)
  t.match(readiness.item, { ok: false, message: /no leader with a quorum/ })
  time.advance(1000)
  t.notOk(readiness.item.ok)
  t.equal(asked.length, 2)
  time.advance(60_000)
  t.notOk(readiness.item.ok, "whoever asks once a minute hears what the last question came to")
  asked[2]?.(true)
  t.ok(readiness.item.ok)
  isLeaderless = true
  t.match(readiness.item, { ok: false, message: /nobody leads/ }, "a relay says so unasked")
  t.end()
})

test("a replica that is cut off from the leader asks others, and doubts until it hears", (t) => {
  const time = new FakeClock()
  const asked: ((isThere: boolean) => void)[] = []
  let isCutOff = true
  const raft = { leader: undefined, heardMs: 0, config: { electionMs: 1000 } }
  const readiness = new WriteReadiness({
    clock: clockOf(time),
    clusterId: () => "c1",
    running: () => ({ raft, isLeader: false }) as never,
    isCutOff: () => isCutOff,
    hasRoom: () => true,
    lacksRoom: () => false,
    hasRelay: () => true,
    isLeaderless: () => true,
    ask: (_untilMs, done) => void asked.push(done),
  })
  t.match(readiness.item, { ok: false, message: /no leader with a quorum/ })
  asked[0]?.(true)
  t.ok(readiness.item.ok, "whatever it knows of leaders itself")
  isCutOff = false
  t.match(readiness.item, { ok: false, message: /nobody leads/ })
  isCutOff = true
  t.notOk(readiness.item.ok, "and what it heard the last time counts no more")
  t.end()
})

test("while the disk of the leader is full nobody is ready, everybody says why, and whose it is", (t) => {
  const bench = new RaftBench({ agents: 5 })
  const clients = () => bench.running().filter((index) => bench.host(index).consensus.running === undefined)
  t.ok(bench.until(() => bench.voters() === 3 && clients().length === 1))
  const all = bench.running()
  t.ok(bench.until(() => all.every((index) => raftItem(bench, index).ok)))
  const leader = bench.leader() as number
  const fill = (): void => {
    const { files } = bench.member(leader).machine
    files.capacityBytes = files.usedBytes
    for (const { kind } of Array.from({ length: 5000 }, () => ({ kind: "tick" as const }))) {
      bench.propose(leader, { kind })
    }
  }
  fill()
  const isTold = (index: number): boolean =>
    bench
      .host(index)
      .warnings()
      .some(({ code, message }) => code === "disk-full" && (index === leader || message.includes(`a${leader + 1}`)))
  t.ok(bench.until(() => all.every((index) => !raftItem(bench, index).ok && isTold(index)), 120_000))
  for (const index of all) t.match(raftItem(bench, index), { message: "the disk of the leader is full" })
  t.equal(bench.leader(), leader)
  bench.member(leader).machine.files.capacityBytes = Number.POSITIVE_INFINITY
  t.ok(bench.until(() => all.every((index) => raftItem(bench, index).ok && !isTold(index)), 120_000))
  t.end()
})
