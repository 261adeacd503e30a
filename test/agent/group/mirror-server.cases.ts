import type { Addr } from "@conclave/base"
import { decodeMirror, encodeIndex } from "conclave/group/mirror-frames"
import { MirrorServer } from "conclave/group/mirror-server"
import type { StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

const HELLO = { kind: "hello", version: 1, purpose: "mirror", cluster: "c", from: "a", to: "" } as const

/** Asks a server for all behind `index`; what it was told, by kind. */
function subscribe(
  server: MirrorServer,
  index: number,
): { readonly told: string[]; readonly state: { isClosed: boolean } } {
  const told: string[] = []
  const state = { isClosed: false }
  const inbound = server.serve({
    ...{ hello: HELLO, source: "10.0.0.2:7951" as Addr, waitingBytes: () => 0 },
    send: (frame: StreamFrame) => {
      const said = frame.kind === "chunk" ? decodeMirror(frame.body) : undefined
      told.push(
        said?.kind === "entries" ? `entries ${said.entries.map((entry) => entry.index).join()}` : (said?.kind ?? ""),
      )
      return true
    },
    close: () => {
      state.isClosed = true
    },
  })
  if (typeof inbound !== "string") inbound.onFrame({ kind: "chunk", body: encodeIndex(index) })
  return { told, state }
}

test("a mirror is given the state once, then what it lacks, then each entry as it comes", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(bench.until(() => bench.leader() === 0))
  const { asked } = bench.open(0)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  const running = bench.host(0).consensus.running
  const server = new MirrorServer(clockOf(new FakeClock()), () => running)
  const fresh = subscribe(server, 0)
  t.same(fresh.told, ["begin", "records", "whole"])
  const applied = running?.appliedIndex ?? 0
  const late = subscribe(server, applied - 2)
  t.same(late.told, [`entries ${applied - 1},${applied}`])
  const entry = running?.raft.log.entry(running.raft.log.last)
  if (entry !== undefined) server.applied(entry)
  t.equal(fresh.told.length, 4)
  t.ok(subscribe(server, applied + 5).state.isClosed, "who has more than there is begins anew")
  server.restart()
  t.ok(fresh.state.isClosed && late.state.isClosed)
  server.stop()
})

test("nothing is copied for a mirror that went while an entry was at work", (t) => {
  let rest = (): void => {}
  let copies = 0
  const machine = {
    snapshot: () => {
      copies++
      return { index: 5, next: () => undefined, close: () => copies-- }
    },
  }
  const running = {
    ...{ raft: { log: { first: 1 } }, appliedIndex: 5 },
    readHere: (done: (machine: object) => void) => {
      rest = () => done(machine)
    },
  }
  const server = new MirrorServer(clockOf(new FakeClock()), () => running as never)
  const gone = subscribe(server, 0)
  server.restart()
  t.ok(gone.state.isClosed)
  rest()
  t.equal(copies, 0, "the state would set aside for ever what changes")
  const fresh = subscribe(server, 0)
  rest()
  t.same(fresh.told, ["begin", "whole"])
  t.end()
})

test("a host without a replica feeds nobody", async (t) => {
  const server = new MirrorServer(clockOf(new FakeClock()), () => undefined)
  t.match(server.serve({ hello: HELLO } as never), /no replica/)
})

test("a relay feeds as many mirrors as it can, and no more until one goes", (t) => {
  const running = { raft: { log: { first: 1 } }, appliedIndex: 5, readHere: () => {} }
  const server = new MirrorServer(clockOf(new FakeClock()), () => running as never)
  const serve = () => server.serve({ hello: HELLO, close: () => {} } as never)
  const first = serve()
  for (let each = 1; each < 4096; each++) serve()
  t.match(serve(), /as many mirrors/)
  if (typeof first !== "string") first.onEnd()
  t.type(serve(), "object")
  server.stop()
  t.end()
})
