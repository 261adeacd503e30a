import type { Addr } from "@conclave/base"
import { ReignServer } from "conclave/group/reign-server"
import { decodeReign } from "conclave/group/wire-reign"
import type { RunningReplica } from "conclave/replica/running-replica"
import type { StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"

const HELLO = { kind: "hello", version: 1, purpose: "reign", cluster: "c", from: "a", to: "" } as const

function stage() {
  const group = { voters: ["r1"], outgoing: [], learners: [], learnersNext: [] }
  const state: { raft: object | undefined } = { raft: { term: 1, leader: "r1", group } }
  const server = new ReignServer(() =>
    state.raft === undefined ? undefined : ({ raft: state.raft } as RunningReplica),
  )
  const lead = (term: number, leader: string | undefined): void => {
    state.raft = { term, leader, group }
    server.changed()
  }
  return { state, server, lead }
}

function listen(server: ReignServer, waiting = 0) {
  const told: (string | undefined)[] = []
  const state = { isClosed: false, waiting }
  const inbound = server.serve({
    ...{ hello: HELLO, source: "10.0.0.2:7951" as Addr },
    waitingBytes: () => state.waiting,
    send: (frame: StreamFrame) => {
      const reign = frame.kind === "chunk" ? decodeReign(frame.body) : undefined
      told.push(`${reign?.leader} ${reign?.term}`)
      return true
    },
    close: () => {
      state.isClosed = true
    },
  })
  return { told, state, inbound }
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

test("a relay tells as many hosts as it can, and no more", (t) => {
  const { server } = stage()
  for (let each = 0; each < 4096; each++) listen(server)
  t.match(listen(server).inbound, /as many hosts/)
  server.stop()
  t.end()
})
