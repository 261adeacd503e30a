import { hashBytes } from "@conclave/base"
import { type Acquire, encodeCommand, NO_TERMS, type SessionId } from "@conclave/consensus"
import type { Proposed } from "conclave/replica/running-replica"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"

const TICK = encodeCommand({ kind: "tick" })

test("a replica that does not lead refuses, and names who does", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  const leader = bench.leader() as number
  const follower = [0, 1, 2].find((index) => index !== leader) as number
  const outcomes: Proposed[] = []
  const replica = bench.host(follower).consensus.running
  replica?.propose(TICK, true, (outcome) => outcomes.push(outcome))
  t.match(outcomes, [{ kind: "refused", reason: "not-leader", leader: bench.host(leader).consensus.running?.raft.id }])
  t.ok((replica?.ageMs ?? Number.POSITIVE_INFINITY) < 1000)
  t.equal(bench.host(leader).consensus.running?.ageMs, 0)
})

test("with little room on the disk only what relieves is taken", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(bench.until(() => bench.leader() === 0))
  const { files } = bench.member(0).machine
  files.capacityBytes = files.usedBytes
  const outcomes: (string | undefined)[] = []
  const fill = (): void => {
    const { asked } = bench.open(0, 500)
    bench.until(() => asked.outcome !== undefined, 2000)
    outcomes.push(asked.outcome?.kind === "not-proposed" ? asked.outcome.reason : asked.outcome?.kind)
  }
  for (let tries = 0; tries < 400 && outcomes.at(-1) !== "disk-full"; tries++) fill()
  t.equal(outcomes.at(-1), "disk-full")
  const relieving = bench.propose(0, { kind: "renewHosts", items: [{ host: bench.host(0).id, boot: 1, attempt: 1 }] })
  t.ok(bench.until(() => relieving.outcome?.kind === "applied"))
})

test("who waits at a replica that stops is told that nobody knows", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(bench.until(() => bench.leader() === 0))
  const replica = bench.host(0).consensus.running
  const told: unknown[] = []
  replica?.propose(TICK, true, (outcome) => told.push(outcome.kind))
  replica?.readIndex((index) => told.push(index))
  replica?.stop()
  replica?.propose(TICK, true, (outcome) => told.push(outcome.kind))
  replica?.readIndex((index) => told.push(index))
  t.same(told.filter((each) => each === "unknown").length, 2)
  t.equal(told.length, 4)
})

const lockOf = (session: SessionId): Acquire => ({
  ...{ kind: "acquire", session, seq: 1, floor: 0, hold: "lock", names: ["l"], mode: "exclusive", priority: 0 },
  ...{ waitMs: undefined, maxHoldMs: undefined, lockDelayMs: 0, ...NO_TERMS, note: undefined, value: undefined },
})

test("where somebody waits for a grant it is heard of at once, also on a host without a replica", async (t) => {
  // Neither heartbeats nor the commit index by itself come in time.
  const slow = { heartbeatMs: 2000, electionMs: 8000, commitNewsMs: 2000 }
  const bench = new RaftBench({ agents: 4, never: [3], raft: slow })
  t.ok(bench.until(() => bench.voters() === 3))
  const leader = bench.leader() as number
  const follower = [0, 1, 2].find((index) => index !== leader) as number
  const sessions = [leader, follower, 3].map((index) => {
    const { id, asked } = bench.open(index)
    t.ok(bench.until(() => asked.outcome?.kind === "applied"))
    const waits = bench.propose(index, lockOf(id))
    t.ok(bench.until(() => waits.outcome?.kind === "applied"))
    return { index, id }
  })
  t.ok(bench.until(() => sessions.every(({ index, id }) => bench.knows(index, id))))
  for (const [at, { index, id }] of sessions.entries()) {
    const next = sessions[at + 1]
    bench.propose(index, { kind: "cancel", session: id, seq: 1, floor: 0 })
    if (next === undefined) break
    const isGranted = (): boolean =>
      bench.host(next.index).consensus.state.local()?.state.hold(next.id, 1)?.token !== undefined
    t.ok(bench.until(isGranted, 100))
  }
})

/** Makes the kind of the first entry of an append one that a later program knows. */
function age(body: Uint8Array): void {
  const kindAt = body.findIndex((byte, at) => byte === 24 && body[at + 1] === 2 && body[at + 2] === 32)
  if (body[0] !== 0x52 || kindAt < 0) return
  body[kindAt + 1] = 5
  new DataView(body.buffer, body.byteOffset).setUint32(2, hashBytes(body.subarray(6)))
}

test("a replica that is sent an entry of a later kind ends; its agent goes on as a plain member and says why", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  const followers = [0, 1, 2].filter((index) => index !== bench.leader())
  bench.fleet.taps.push({ asked: () => {}, said: () => {}, sent: (_machine, body) => age(body) })
  bench.open(bench.leader() as number)
  t.ok(bench.until(() => followers.every((index) => bench.host(index).consensus.running === undefined)))
  for (const index of followers) {
    const host = bench.host(index)
    t.match(
      host.warnings().find(({ code }) => code === "replica-too-old"),
      { hint: "install a newer version of the agent" },
    )
    t.equal(host.members().filter(({ state }) => state === "alive").length, 3)
  }
})

function isolate(bench: RaftBench): () => void {
  const all = Uint8Array.from([1, 1, 1])
  const rule = { from: all, to: all, effect: { kind: "cut", proto: "both" } as const }
  bench.fleet.network.addRule(rule)
  return () => bench.fleet.network.removeRule(rule)
}

test("who is cut off says how old its state is, whoever led it, and however its leader went", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  const ages = (): number[] => [0, 1, 2].map((index) => bench.host(index).consensus.running?.ageMs ?? Number.NaN)
  const heal = isolate(bench)
  for (let passedMs = 1000; passedMs <= 20_000; passedMs += 1000) {
    bench.runMs(1000)
    if (passedMs < 3000) continue
    for (const ageMs of ages()) t.ok(ageMs > passedMs - 1500 && ageMs < passedMs + 2500, `${ageMs} after ${passedMs}`)
  }
  heal()
  t.ok(bench.until(() => ages().every((ageMs) => ageMs < 1000)))
})

/** Cuts these off from all others. */
function cutOff(bench: RaftBench, apart: readonly number[]): () => void {
  const here = Uint8Array.from(bench.hosts, (_, index) => Number(apart.includes(index)))
  const there = here.map((side) => 1 - side)
  const effect = { kind: "cut", proto: "both" } as const
  const rules = [
    { from: here, to: there, effect },
    { from: there, to: here, effect },
  ]
  for (const rule of rules) bench.fleet.network.addRule(rule)
  return () => {
    for (const rule of rules) bench.fleet.network.removeRule(rule)
  }
}

test("who was cut off says how old that is what it has, whomever it hears again", async (t) => {
  const bench = new RaftBench({ agents: 4, never: [3] })
  t.ok(bench.until(() => bench.voters() === 3))
  const leader = bench.leader() as number
  const apart = [[0, 1, 2].find((index) => index !== leader) as number, 3]
  const local = (index: number) => bench.host(index).consensus.state.local()
  bench.read(3)
  t.ok(bench.until(() => local(3) !== undefined))
  const heal = cutOff(bench, apart)
  const value = JSON.stringify("x".repeat(8000))
  for (let number = 1; number <= 300; number++) {
    const about = { request: undefined, ifRev: undefined, guard: undefined }
    bench.propose(leader, { kind: "kvPut", key: `k${number}`, value, ...about })
    if (number % 10 === 0) bench.runMs(20)
  }
  const hasAll = (index: number): boolean => local(index)?.state.entry("k300") !== undefined
  t.ok(bench.until(() => hasAll(leader)))
  bench.runMs(10_000)
  heal()
  const healedUs = bench.world.nowUs
  const pastMs = (): number => (bench.world.nowUs - healedUs) / 1000 + 10_000
  while (!apart.every(hasAll) && pastMs() < 60_000) {
    bench.runMs(1)
    for (const index of apart) {
      const { ageMs = Number.POSITIVE_INFINITY } = local(index) ?? {}
      if (!hasAll(index) && ageMs < 10_000) t.fail(`${index} lacks what is ${pastMs()} ms old, and says ${ageMs}`)
    }
  }
  t.ok(bench.until(() => apart.every((index) => hasAll(index) && (local(index)?.ageMs ?? 1e9) < 2000)))
})
