import { type ClusterId, foundingState, type ReplicaId } from "@conclave/consensus"
import type { Opened } from "conclave/log-store"
import { test } from "tap"
import { bench } from "./bench-world.ts"
import { RaftBench } from "./raft-bench.ts"

const EVENTS = { persisted: () => {}, failed: () => {}, roomChanged: () => {} }

test("a log is there in the next life, and a process that is over is told nothing", async (t) => {
  const world = bench(1)
  const { machine } = world.member(0)
  const opened: Opened[] = []
  const replica = "r1" as ReplicaId
  world.ports[0]?.store.open(machine.id, EVENTS, (found) => opened.push(found))
  world.runMs(10)
  t.same(opened, [{ kind: "nothing" }])
  const mint = { cluster: "c1" as ClusterId, replica, owner: machine.id, state: foundingState(replica) }
  let made = 0
  world.ports[0]?.store.create(mint, () => made++)
  world.runMs(10)
  t.equal(made, 1)
  world.ports[0]?.store.readSnapshot(foundingState(replica).snapshot).next(() => t.fail("nobody is there to hear it"))
  world.fleet.kill(world.member(0))
  world.runMs(10)
  world.fleet.boot(world.member(0))
  world.runMs(1)
  world.ports[0]?.store.open(machine.id, EVENTS, (found) => opened.push(found))
  world.runMs(10)
  t.match(opened[1], { kind: "open", identity: { cluster: "c1", replica } })
})

test("a log that lacked room takes new work again when there is some", async (t) => {
  const world = new RaftBench({ agents: 1 })
  t.ok(world.until(() => world.leader() === 0))
  const { files } = world.member(0).machine
  files.capacityBytes = files.usedBytes
  const opens = (): string | undefined => {
    const { asked } = world.open(0, 500)
    world.until(() => asked.outcome !== undefined, 2000)
    return asked.outcome?.kind
  }
  let tries = 0
  while (opens() === "applied" && tries < 400) tries++
  t.ok(tries < 400, "it had no room")
  files.capacityBytes = Number.POSITIVE_INFINITY
  t.ok(world.until(() => opens() === "applied"))
})
