import type { Addr, NodeId } from "@conclave/base"
import { ReignServer } from "conclave/group/mirror/reign-server"
import { decodeReign } from "conclave/group/mirror/wire-reign"
import type { RunningReplica } from "conclave/replica/running-replica"
import type { StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { memberId } from "../../fake-view.ts"
import { MovingClock } from "../../moving-clock.ts"

const HELLO = { kind: "hello", version: 1, purpose: "reign", cluster: "c", from: "a", to: "" } as const

function stage() {
  const group = { voters: ["r1"], outgoing: [], learners: [], learnersNext: [] }
  const state: { raft: object | undefined; removed: readonly NodeId[] } = {
    raft: { term: 1, leader: "r1", group },
    removed: [],
  }
  const loop = new MovingClock()
  const running = (): RunningReplica | undefined =>
    state.raft === undefined ? undefined : ({ raft: state.raft } as RunningReplica)
  const server = new ReignServer(loop, running, () => state.removed)
  const lead = (term: number, leader: string | undefined): void => {
    state.raft = { term, leader, group }
    server.changed()
  }
  return { state, server, lead, loop }
}

function listen(server: ReignServer, waiting = 0) {
  const told: (string | undefined)[] = []
  const removed: NodeId[] = []
  const state = { isClosed: false, waiting }
  const inbound = server.serve({
    ...{ hello: HELLO, source: "10.0.0.2:7951" as Addr },
    waitingBytes: () => state.waiting,
    send: (frame: StreamFrame) => {
      const reign = frame.kind === "chunk" ? decodeReign(frame.body) : undefined
      told.push(`${reign?.leader} ${reign?.term}`)
      removed.push(...(reign?.removed ?? []))
      return true
    },
    close: () => {
      state.isClosed = true
    },
  })
  return { told, removed, state, inbound }
}

test("a host without a replica is told what is known when it asks, and each change once", (t) => {
  const { server, lead } = stage()
  const host = listen(server)
  lead(1, "r1")
  lead(1, "r1")
  lead(2, undefined)
  lead(2, "r2")
  t.same(host.told.slice(-2), ["undefined 2", "r2 2"])
  t.equal(host.told[0], "r1 1")
  if (typeof host.inbound !== "string") host.inbound.onEnd()
  lead(3, "r3")
  t.notOk(host.told.includes("r3 3"), "who has gone is not told")
  t.end()
})

test("who does not read is let go, and everybody when the replica here is no more", (t) => {
  const { state, server, lead } = stage()
  const [slow, other] = [listen(server), listen(server)]
  slow.state.waiting = 65 * 1024
  lead(2, "r2")
  t.same([slow.state.isClosed, other.state.isClosed], [true, false])
  state.raft = undefined
  server.changed()
  t.ok(other.state.isClosed)
  t.match(listen(server).inbound, /no replica/)
  t.end()
})

test("however many there are, the loop has its turn after each slice; who has not heard of a change yet hears of the newest alone", (t) => {
  const { server, lead, loop } = stage()
  const hosts = Array.from({ length: 100 }, () => listen(server))
  const heard = (word: string): number => hosts.filter(({ told }) => told.includes(word)).length
  loop.stepMs = 0.5
  lead(2, "r2")
  const first = heard("r2 2")
  t.ok(first > 0 && first <= 5, `${first} in the first slice`)
  lead(3, "r3")
  t.equal(heard("r3 3"), 0, "the next slice comes after the turn")
  const gone = hosts.at(-1)
  if (gone !== undefined && typeof gone.inbound !== "string") gone.inbound.onEnd()
  let turns = 0
  for (; loop.turn(); turns++) t.ok(heard("r3 3") <= 5 * (turns + 1))
  t.ok(turns >= 19)
  t.equal(heard("r3 3"), 99, "all but the one that has gone")
  t.equal(heard("r2 2"), first)
  t.end()
})

test("a relay tells as many hosts as it can, and no more", (t) => {
  const { server } = stage()
  for (let each = 0; each < 4096; each++) listen(server)
  t.match(listen(server).inbound, /as many hosts/)
  server.stop()
  t.end()
})

test("whoever listens hears once of each host that was removed, also while others are still being told", (t) => {
  const { state, server, lead, loop } = stage()
  const [x, y, z] = ["x", "y", "z"].map((name) => memberId(name)) as [NodeId, NodeId, NodeId]
  state.removed = [x]
  server.changed()
  const all = Array.from({ length: 3 }, () => listen(server))
  t.same(all[0]?.removed, [x], "with the greeting all that there are")
  loop.stepMs = 3
  state.removed = [x, y]
  server.changed()
  state.removed = [x, y, z]
  server.changed()
  lead(2, "r1")
  while (loop.turn());
  for (const { removed } of all) t.same([...new Set(removed)], [x, y, z])
  t.end()
})
