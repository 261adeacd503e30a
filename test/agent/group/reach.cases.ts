import type { Addr, NodeId } from "@conclave/base"
import { Reach } from "conclave/group/reach"
import { SEAT_WISHES } from "conclave/group/seat-wishes"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import type { StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"

function stage(isLeader: boolean) {
  const time = new FakeClock()
  const links = new FakeLinks()
  const gone: NodeId[] = []
  const reach = new Reach({
    clock: clockOf(time),
    links: links.port("10.0.0.9:7951" as Addr),
    hello: () => ({ cluster: "c", from: "a" }),
    relays: () => ["10.0.0.1:1" as Addr],
    electionMs: 1000,
    running: () =>
      isLeader ? ({ isLeader, raft: { leader: undefined }, replicaOf: () => undefined } as never) : undefined,
    addrOf: () => undefined,
    canSpare: () => true,
    depart: (agent, _untilMs, done) => {
      gone.push(agent)
      done("moved")
    },
    local: () => undefined,
    read: (_untilMs, done) => done(undefined),
  })
  const answers: StreamFrame[] = []
  const hello = { kind: "hello", version: 1, purpose: "calls", cluster: "c", from: memberId("b"), to: "" } as const
  const inbound = reach.serve({
    ...{ hello, source: "10.0.0.2:7951" as Addr, waitingBytes: () => 0, close: () => {} },
    send: (frame) => answers.push(frame) > 0,
  })
  const ask = (what: number, body: Uint8Array): void =>
    inbound.onFrame({ kind: "call", number: 1, leftMs: 1000, what, body })
  return { time, links, gone, reach, answers, ask }
}

test("what others want of the leader is done by whom it is about, and nothing that nobody knows", (t) => {
  const { gone, reach, answers, ask } = stage(true)
  const agent = memberId("b")
  ask(WHAT.depart, SEAT_WISHES.encode(agent))
  t.same(gone, [agent])
  ask(WHAT.depart, SEAT_WISHES.encode(memberId("other")))
  ask(WHAT.departHere, SEAT_WISHES.encode(agent))
  t.same(gone, [agent], "not for another host, nor as one that has a seat")
  ask(WHAT.group, Uint8Array.of(1))
  reach.serveGroup((what, _body, { answer }) => {
    if (what === WHAT.group) answer(HOW.group, Uint8Array.of(2))
    return what === WHAT.group
  })
  ask(WHAT.group, Uint8Array.of(1))
  ask(99, Uint8Array.of(1))
  t.same(
    answers.map((frame) => (frame.kind === "answer" ? frame.how : undefined)),
    [HOW.departed, HOW.notProposed, HOW.notProposed, HOW.notProposed, HOW.group, HOW.notProposed],
  )
  t.end()
})

test("who stops dials nobody any more", (t) => {
  const { time, links, reach } = stage(false)
  reach.seats.wish(memberId("a"), time.now() + 60_000, () => t.fail("nobody waits for it"))
  t.equal(links.dials.length, 1)
  reach.stop()
  for (let passed = 0; passed < 5000; passed += 100) time.advance(100)
  t.equal(links.dials.length, 1)
  t.end()
})
