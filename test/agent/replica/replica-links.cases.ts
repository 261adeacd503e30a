import type { Addr, NodeId } from "@conclave/base"
import { type ClusterId, logIndex, type Message, type ReplicaId, term } from "@conclave/consensus"
import { encodeMessage } from "@conclave/consensus/wire"
import type { Relation } from "conclave/replica/relation"
import { ReplicaLinks } from "conclave/replica/replica-links"
import { encodeFrame } from "conclave/streams/stream-frame"
import { StreamServer } from "conclave/streams/stream-server"
import { replicaOf } from "conclave/wal/replica-id"
import { test } from "tap"
import { laterEntry } from "../../consensus/framed.ts"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"

const CLUSTER = "c1" as ClusterId
const [A, B, C] = ["ra", "rb", "rc"] as [ReplicaId, ReplicaId, ReplicaId]
const HOST = "aaaaaaaaaaaaaaaaaaaaaaaaaa" as NodeId
const OF_HOST = replicaOf(HOST, "1")
const ADDRS: Record<string, Addr> = {
  ra: "10.0.0.1:7951" as Addr,
  rb: "10.0.0.2:7951" as Addr,
  [OF_HOST]: "10.0.0.3:7951" as Addr,
}

class Side {
  readonly heard: Message[] = []
  readonly gone: ReplicaId[] = []
  readonly later: ReplicaId[] = []
  readonly twice: ReplicaId[] = []
  readonly logged: string[] = []
  readonly links: ReplicaLinks
  relation: Relation = "fellow"
  readonly relations: Map<ReplicaId, Relation> = new Map()

  constructor(time: FakeClock, wires: FakeLinks, self: ReplicaId, cluster: ClusterId = CLUSTER) {
    const port = wires.port(ADDRS[self] as Addr)
    this.links = new ReplicaLinks({
      links: port,
      server: new StreamServer(port, clockOf(time), { onRefused: () => {}, isRelay: () => false }),
      clock: clockOf(time),
      log: { write: (_level, _event, message) => this.logged.push(message) },
      cluster,
      self,
      addrOf: (replica) => ADDRS[replica],
      relation: (replica) => this.relations.get(replica) ?? this.relation,
      onUnknownEntry: (replica) => this.later.push(replica),
      onMessage: (message) => this.heard.push(message),
      onGone: (replica) => this.gone.push(replica),
      onTwice: (replica) => this.twice.push(replica),
    })
  }
}

function vote(from: ReplicaId, to: ReplicaId): Message {
  return { kind: "voteReply", from, to, term: term(3), granted: true }
}

function append(bytes: number): Message {
  const entry = { index: logIndex(1), term: term(3), kind: "command", stampMs: 0, featureLevel: 1 } as const
  const entries = [{ ...entry, data: new Uint8Array(bytes) }]
  return {
    kind: "append",
    from: A,
    to: B,
    term: term(3),
    prev: { index: logIndex(0), term: term(0) },
    entries,
    commit: logIndex(0),
  }
}

function pair(): { readonly a: Side; readonly b: Side; readonly wires: FakeLinks; readonly time: FakeClock } {
  const [time, wires] = [new FakeClock(), new FakeLinks()]
  return { a: new Side(time, wires, A), b: new Side(time, wires, B), wires, time }
}

test("a message reaches the replica that it is for", (t) => {
  const { a, b, wires } = pair()
  a.links.send(vote(A, B))
  wires.dials[0]?.accept()
  t.same(b.heard, [vote(A, B)])
  a.links.send(vote(A, C))
  t.equal(wires.dials.length, 1, "of whom nobody knows the address is not dialled")
  t.end()
})

test("whoever is dialled must be the host that the replica's id names", (t) => {
  const { a, wires } = pair()
  a.links.send(vote(A, OF_HOST))
  t.equal(wires.dials[0]?.meant, HOST)
  t.end()
})

test("who is not of the group is heard as one that asks, and that is said once for each host", (t) => {
  const { b, wires } = pair()
  b.relation = "asker"
  for (const number of ["1", "2", "3"]) {
    const from = replicaOf(HOST, number)
    const hello = { kind: "hello", version: 1, purpose: "replica", cluster: CLUSTER, from, to: B } as const
    const channel = wires.port(ADDRS[OF_HOST] as Addr).dial(ADDRS["rb"] as Addr, () => {})
    wires.dials.at(-1)?.accept()
    channel.send(encodeFrame(hello))
    channel.send(encodeMessage(vote(from, B), CLUSTER))
  }
  t.equal(b.heard.length, 3, "what it says is for the core to judge")
  t.equal(b.logged.length, 1)
  t.match(b.logged[0], /is not of the group that is known here: what it says counts for nothing/)
  t.end()
})

test("whoever asks as ever another replica has the channels of a few, and those of the group stay", (t) => {
  const { a, wires } = pair()
  const idOf = (number: number): ReplicaId => replicaOf(HOST, String(number))
  a.links.send(vote(A, B))
  a.relation = "asker"
  a.relations.set(B, "fellow")
  for (let number = 0; number < 100; number++) {
    ADDRS[idOf(number)] = "10.0.0.3:7951" as Addr
    a.links.send(vote(A, idOf(number)))
  }
  t.equal(wires.dials.filter(({ end }) => !end.isClosed).length, 17)
  t.notOk(wires.dials[0]?.end.isClosed)
  t.end()
})

test("a host without a part in the group listens to nobody of whose vote it does not know", (t) => {
  const { a, b, wires } = pair()
  b.relation = "stranger"
  a.links.send(vote(A, B))
  wires.dials[0]?.accept()
  t.same(b.heard, [])
  t.match(a.logged, [/refuses this one: this host has no part in the group yet, and knows of no vote of replica ra/])
  t.end()
})

test("a replica that another one has replaced is refused, and that is said once", (t) => {
  const { a, wires, time } = pair()
  const other = new Side(time, wires, B, "c2" as ClusterId)
  for (let turns = 0; turns < 3; turns++) {
    a.links.send(vote(A, B))
    wires.dials.at(-1)?.accept()
    time.advance(1000)
  }
  t.same(other.heard, [])
  t.equal(a.logged.length, 1)
  t.match(a.logged[0], /replica rb at 10\.0\.0\.2:7951 refuses this one: it belongs to cluster c1/)
  t.end()
})

test("who speaks for another replica than its hello named is not heard", (t) => {
  const { b, wires } = pair()
  const hello = { kind: "hello", version: 1, purpose: "replica", cluster: CLUSTER, from: A, to: B } as const
  wires.port(ADDRS["ra"] as Addr).dial(ADDRS["rb"] as Addr, () => {})
  const end = wires.dials.at(-1)?.end
  wires.dials.at(-1)?.accept()
  for (const bytes of [encodeFrame(hello), encodeMessage(vote(C, B), CLUSTER), Uint8Array.of(0x52, 9, 9)])
    end?.send(bytes)
  t.same(b.heard, [])
  t.equal(b.logged.length, 1, "what cannot be read is said")
  end?.send(encodeMessage(vote(A, B), CLUSTER))
  t.equal(b.heard.length, 1)
  t.end()
})

test("an entry of a later kind is told of with its sender", (t) => {
  const { b, wires } = pair()
  const hello = { kind: "hello", version: 1, purpose: "replica", cluster: CLUSTER, from: A, to: B } as const
  wires.port(ADDRS["ra"] as Addr).dial(ADDRS["rb"] as Addr, () => {})
  const end = wires.dials.at(-1)?.end
  wires.dials.at(-1)?.accept()
  end?.send(encodeFrame(hello))
  end?.send(laterEntry(CLUSTER, A, B))
  t.same(b.later, [A])
  t.same(b.heard, [])
  t.end()
})

test("appends do not pile up before heartbeats and votes", (t) => {
  const { a, b, wires } = pair()
  a.links.send(vote(A, B))
  wires.dials[0]?.accept()
  const end = wires.dials[0]?.end
  if (end !== undefined) end.waiting = 2 * 1024 * 1024 + 1
  a.links.send(append(100))
  t.equal(b.heard.length, 1)
  a.links.send(vote(A, B))
  t.equal(b.heard.length, 2)
  if (end !== undefined) end.waiting = 0
  a.links.send(append(100))
  t.equal(b.heard.length, 3)
  t.end()
})

test("a peer whose process is gone is told of; one outside the group is spoken to no more", (t) => {
  const { a, wires } = pair()
  a.links.send(vote(A, B))
  wires.dials[0]?.accept().close()
  wires.dials[1]?.fail("refused")
  t.same(a.gone, [B])
  a.links.keep(new Set([C]))
  t.ok(wires.dials.every(({ end }) => end.isClosed))
  a.links.close()
  t.end()
})

test("who speaks to a replica that ends is told so, and dials the next one at its place", (t) => {
  const { a, b, wires } = pair()
  a.links.send(vote(A, B))
  wires.dials[0]?.accept()
  b.links.close()
  t.ok(wires.dials[0]?.end.isClosed)
  t.ok(wires.dials.length > 1, "it dials anew by itself")
  t.end()
})

test("two processes with one replica are both told, and neither is heard any more", (t) => {
  const [time, wires] = [new FakeClock(), new FakeLinks()]
  const b = new Side(time, wires, B)
  const [one, two] = [new Side(time, wires, A), new Side(time, wires, A)]
  one.links.send(vote(A, B))
  wires.dials[0]?.accept()
  t.same(b.heard, [vote(A, B)])
  two.links.send(vote(A, B))
  wires.dials[1]?.accept()
  t.same([one.twice, two.twice], [[B], [B]])
  t.match(b.logged, [/two processes speak for replica ra/])
  const before = b.heard.length
  for (const each of [one, two]) {
    time.advance(1000)
    each.links.send(vote(A, B))
    wires.dials.at(-1)?.accept()
  }
  t.equal(b.heard.length, before)
  t.same(
    [one.twice, two.twice],
    [
      [B, B],
      [B, B],
    ],
  )
  t.end()
})

test("a replica that was started anew is heard although its old channel still seems to stand", (t) => {
  const { a, b, wires, time } = pair()
  a.links.send(vote(A, B))
  const old = wires.dials[0]
  old?.accept()
  // Its machine lost its power: nothing comes from there any more, not even an end.
  if (old !== undefined) old.end.handler = () => {}
  const fresh = new Side(time, wires, A)
  const before = b.heard.length
  fresh.links.send(vote(A, B))
  wires.dials.at(-1)?.accept()
  t.equal(b.heard.length, before + 1)
  old?.end.send(encodeMessage(vote(A, B), CLUSTER))
  t.equal(b.heard.length, before + 1, "what the old one had sent comes too late")
  t.same(fresh.twice, [])
  t.end()
})

test("nothing is kept for replicas that nobody knows where to find", (t) => {
  const [time, wires] = [new FakeClock(), new FakeLinks()]
  const alarms = t.capture(time, "alarm", time.alarm)
  const side = new Side(time, wires, A)
  alarms()
  for (let stranger = 0; stranger < 100; stranger++) side.links.send(vote(A, `x${stranger}` as ReplicaId))
  t.equal(alarms().length, 0, "and no channel has its alarm")
  side.links.send(vote(A, B))
  t.equal(wires.dials.length, 1)
  side.links.close()
  t.end()
})
