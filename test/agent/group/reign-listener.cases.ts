import type { Addr } from "@conclave/base"
import type { Reign } from "conclave/group/reign"
import { ReignListener } from "conclave/group/reign-listener"
import { encodeReign } from "conclave/group/wire-reign"
import { encodeFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"

const REIGN = { term: 1, leader: "r1", voters: ["r1"], learners: [], isJoint: false } as unknown as Reign

function stage(relays: readonly string[]) {
  const time = new FakeClock()
  const links = new FakeLinks()
  const heard: Reign[] = []
  const known = { relays: relays as readonly Addr[] }
  const listener = new ReignListener({
    clock: clockOf(time),
    links: links.port("10.0.0.9:7951" as Addr),
    hello: () => ({ cluster: "c", from: "a" }),
    relays: () => known.relays,
    onReign: (reign) => void heard.push(reign),
  })
  return { time, links, heard, known, listener }
}

const said = (reign: Reign): Uint8Array => encodeFrame({ kind: "chunk", body: encodeReign(reign) })

test("a relay is asked as soon as one is known, and the next when it breaks off or talks nonsense", (t) => {
  const { time, links, heard, known, listener } = stage([])
  listener.start()
  listener.start()
  time.advance(1000)
  t.equal(links.dials.length, 0)
  known.relays = ["10.0.0.1:1", "10.0.0.2:1"] as unknown as readonly Addr[]
  time.advance(300)
  t.equal(links.dials.length, 1)
  const first = links.dials[0]?.accept()
  first?.send(said(REIGN))
  t.same(heard, [REIGN])
  first?.close()
  for (let passed = 0; passed < 10 && links.dials.length < 2; passed++) time.advance(100)
  const second = links.dials.at(-1)
  t.not(second?.to, links.dials[0]?.to, "the other one")
  const end = second?.accept()
  end?.send(encodeFrame({ kind: "chunk", body: Uint8Array.of(1) }))
  t.ok(end?.isClosed, "what cannot be read is nothing to go on with")
  const before = links.dials.length
  for (let passed = 0; passed < 10; passed++) time.advance(100)
  t.ok(links.dials.length > before)
  listener.stop()
  const after = links.dials.length
  time.advance(60_000)
  t.equal(links.dials.length, after)
  t.end()
})

test("a host without a replica learns of each new leader, and of the group", (t) => {
  const bench = new RaftBench({ agents: 6 })
  const notes: Record<string, unknown>[] = []
  const clients = () => bench.running().filter((index) => bench.host(index).consensus.running === undefined)
  bench.runMs(1)
  bench.host(5).onGroupNews((note) => void notes.push({ ...note }))
  t.ok(bench.until(() => bench.voters() === 3 && clients().includes(5)))
  const isTold = (kind: string, leader: string): boolean =>
    notes.some((note) => note["kind"] === kind && note["leader"] === leader)
  const nameOf = (index: number | undefined): string => `a${Number(index) + 1}`
  t.ok(bench.until(() => isTold("raft.leader", nameOf(bench.leader()))))
  t.ok(bench.until(() => notes.some((note) => (note["voters"] as string[] | undefined)?.length === 3)))
  const old = bench.leader() as number
  bench.fleet.kill(bench.member(old))
  t.ok(bench.until(() => bench.leader() !== undefined && bench.leader() !== old))
  t.ok(bench.until(() => isTold("raft.leader", nameOf(bench.leader()))))
  const leaders = notes.filter(({ kind }) => kind === "raft.leader").map(({ term, leader }) => `${term} ${leader}`)
  t.equal(new Set(leaders).size, leaders.length, "each once")
  t.end()
})
