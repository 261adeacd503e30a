import type { Addr } from "@conclave/base"
import type { Reign } from "conclave/group/reign"
import { Reigns } from "conclave/group/reigns"
import type { RunningReplica } from "conclave/replica/running-replica"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"

const GROUP = { voters: ["r1"], outgoing: [], learners: [], learnersNext: [] }

function stage() {
  const links = new FakeLinks()
  const heard: Reign[] = []
  const here: { running: RunningReplica | undefined; hasCluster: boolean } = { running: undefined, hasCluster: false }
  const reigns = new Reigns({
    clock: clockOf(new FakeClock()),
    links: links.port("10.0.0.9:7951" as Addr),
    hello: () => ({ cluster: "c", from: "a" }),
    relays: () => ["10.0.0.1:1" as Addr],
    running: () => here.running,
    hasCluster: () => here.hasCluster,
    onReign: (reign) => void heard.push(reign),
  })
  const replica = (term: number, leader: string | undefined): void => {
    const raft = here.running?.raft ?? {}
    here.running = Object.assign(here.running ?? {}, {
      raft: Object.assign(raft, { term, leader, group: GROUP }),
    }) as never
    reigns.changed()
  }
  return { links, heard, here, reigns, replica }
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
