import type { Addr, NodeId } from "@conclave/base"
import { type Reign, reignOf } from "conclave/group/mirror/reign"
import { Reigns } from "conclave/group/mirror/reigns"
import { encodeReign } from "conclave/group/mirror/wire-reign"
import type { RunningReplica } from "conclave/replica/running-replica"
import { encodeFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { RaftBench } from "../../../simulator/raft-bench.ts"
import { FakeClock } from "../../fake-clock.ts"
import { clockOf, FakeLinks } from "../../fake-links.ts"
import { memberId } from "../../fake-view.ts"

const GROUP = { voters: ["r1"], outgoing: [], learners: [], learnersNext: [] }

function stage() {
  const links = new FakeLinks()
  const heard: Reign[] = []
  const removed: NodeId[] = []
  const here: { running: RunningReplica | undefined; hasCluster: boolean } = { running: undefined, hasCluster: false }
  const reigns = new Reigns({
    clock: clockOf(new FakeClock()),
    links: links.port("10.0.0.9:7951" as Addr),
    hello: () => ({ cluster: "c", from: "a" }),
    relays: () => ["10.0.0.1:1" as Addr],
    running: () => here.running,
    hasCluster: () => here.hasCluster,
    onReign: (reign) => void heard.push(reign),
    removed: { listed: [], heard: (hosts) => void removed.push(...hosts) },
  })
  const replica = (term: number, leader: string | undefined): void => {
    const raft = here.running?.raft ?? {}
    here.running = Object.assign(here.running ?? {}, {
      raft: Object.assign(raft, { term, leader, group: GROUP }),
    }) as never
    reigns.changed()
  }
  return { links, heard, removed, here, reigns, replica }
}

test("without a replica a relay is asked as soon as there is a cluster, with one nobody is", (t) => {
  const { links, here, reigns, replica } = stage()
  reigns.changed()
  t.equal(links.dials.length, 0)
  here.hasCluster = true
  reigns.changed()
  t.equal(links.dials.length, 1)
  const end = links.dials[0]?.accept()
  replica(1, "r1")
  t.ok(end?.isClosed)
  here.running = undefined
  reigns.changed()
  t.equal(links.dials.length, 2)
  reigns.stop()
  t.end()
})

test("a replica that starts says nothing before it knows a leader, and everything after", (t) => {
  const { heard, here, reigns, replica } = stage()
  replica(4, undefined)
  t.same(heard, [])
  replica(5, "r1")
  replica(6, undefined)
  t.same(
    heard.map(({ term, leader }) => [term, leader]),
    [
      [5, "r1"],
      [6, undefined],
    ],
  )
  here.running = undefined
  replica(7, undefined)
  t.equal(heard.length, 2, "another one begins anew")
  reigns.stop()
  t.end()
})

test("a relay that says nonsense about who leads is left for another", (t) => {
  const { links, heard, removed, here, reigns } = stage()
  here.hasCluster = true
  reigns.changed()
  const end = links.dials[0]?.accept()
  const told = reignOf({ term: 1, leader: "r1", group: GROUP } as never)
  end?.send(encodeFrame({ kind: "chunk", body: encodeReign({ ...told, removed: [memberId("x")] }) }))
  t.same(heard, [told])
  t.same(removed, [memberId("x")])
  end?.send(encodeFrame({ kind: "chunk", body: Uint8Array.of(1) }))
  t.ok(end?.isClosed)
  reigns.stop()
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
