import { deepStrictEqual, ok } from "node:assert/strict"
import type { Addr } from "@conclave/base"
import { type ClusterId, logIndex, type ReplicaId, type SnapshotMeta, type Term, term } from "@conclave/consensus"
import { decodeSnapshotMeta, encodeSnapshotMeta } from "@conclave/consensus/wire-log"
import { type LogStore, SNAPSHOT_CHUNK_BYTES_MAX, type SnapshotChunk } from "conclave/log-store"
import type { Relation } from "conclave/replica/relation"
import { BYTES_PER_SECOND, SnapshotReceiver, sendSnapshot } from "conclave/replica/snapshot-stream"
import { encodeFrame, STREAM_VERSION, type StreamFrame } from "conclave/streams/stream-frame"
import { StreamServer } from "conclave/streams/stream-server"
import { test } from "tap"
import { fuzz } from "../../fuzz.ts"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"

const META: SnapshotMeta = {
  index: logIndex(70),
  term: term(3),
  group: { voters: ["ra" as ReplicaId], outgoing: [], learners: [], learnersNext: [] },
  featureLevel: 1,
}
const CHUNKS = [Uint8Array.of(1, 2), Uint8Array.of(3)]
const [FROM, TO] = ["10.0.0.1:7951", "10.0.0.2:7951"] as [Addr, Addr]

/** A store that has one snapshot to read, and keeps what is written. */
class SnapshotStore {
  readonly written: Uint8Array[] = []
  finished = 0
  aborted = 0
  isFull = false
  /** What is written stays on its way. */
  isSlow = false
  chunks: SnapshotChunk[] = [...CHUNKS.map((bytes) => ({ kind: "chunk" as const, bytes })), { kind: "end" }]

  port(): LogStore {
    const result = () => (this.isFull ? { ok: false as const, message: "full" } : { ok: true as const })
    const port: Partial<LogStore> = {
      readSnapshot: () => {
        const left = [...this.chunks]
        return { next: (done) => done(left.shift() as SnapshotChunk), close: () => {} }
      },
      writeSnapshot: () => ({
        append: (chunk, taken) => {
          this.written.push(chunk)
          if (!this.isSlow) taken(result())
        },
        finish: (done) => {
          this.finished++
          done(result())
        },
        abort: () => this.aborted++,
      }),
    }
    return port as LogStore
  }
}

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly wires: FakeLinks = new FakeLinks()
  readonly store: SnapshotStore = new SnapshotStore()
  readonly sent: boolean[] = []
  readonly received: unknown[][] = []
  readonly receiver: SnapshotReceiver
  relation: Relation = "fellow"

  constructor(self = "rb") {
    const clock = clockOf(this.time)
    this.receiver = new SnapshotReceiver({
      ...{ clock, store: this.store.port(), cluster: "c1" as ClusterId, self: self as ReplicaId },
      relation: () => this.relation,
      server: new StreamServer(this.wires.port(TO), clockOf(new FakeClock()), {
        onRefused: () => {},
        isRelay: () => false,
      }),
      onReceived: (...told) => this.received.push(told),
    })
  }

  send(addr: Addr | undefined = TO): () => void {
    return sendSnapshot(
      {
        ...{ clock: clockOf(this.time), links: this.wires.port(FROM), store: this.store.port() },
        ...{ cluster: "c1" as ClusterId, self: "ra" as ReplicaId, to: "rb" as ReplicaId, term: term(4), meta: META },
        addrOf: () => addr,
      },
      (ok) => this.sent.push(ok),
    )
  }
}

test("a snapshot arrives chunk by chunk, and is reported when it is durable", (t) => {
  const stage = new Stage()
  stage.send()
  stage.wires.dials[0]?.accept()
  t.same(stage.store.written, CHUNKS)
  t.same(stage.received, [["ra", term(4), META]])
  t.same(stage.sent, [true])
  t.equal(stage.store.aborted, 0)
  t.equal(stage.time.armed, 0)
  t.end()
})

test("a large one leaves room for others: no more than so many bytes a second, and no fewer", (t) => {
  const stage = new Stage()
  const bytes = new Uint8Array(64 * 1024)
  const chunk: SnapshotChunk = { kind: "chunk", bytes }
  stage.store.chunks = [...Array.from({ length: (2 * BYTES_PER_SECOND) / bytes.length }, () => chunk), { kind: "end" }]
  stage.send()
  stage.wires.dials[0]?.accept()
  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed++) stage.time.advance(1)
  }
  pass(1000)
  const written = stage.store.written.length * bytes.length
  t.ok(written <= BYTES_PER_SECOND + 2 * bytes.length, `${written}`)
  t.ok(written >= 0.9 * BYTES_PER_SECOND, `${written}`)
  pass(1100)
  t.same(stage.sent, [true])
  t.equal(stage.time.armed, 0)
  t.end()
})

test("one that does not arrive whole is reported as failed, and nothing is kept of it", (t) => {
  const rotten = new Stage()
  rotten.store.chunks = [
    { kind: "chunk", bytes: Uint8Array.of(1) },
    { kind: "unreadable", message: "rotten" },
  ]
  rotten.send()
  rotten.wires.dials[0]?.accept()
  t.same([rotten.sent, rotten.received], [[false], []])
  t.equal(rotten.store.aborted, 1)
  const full = new Stage()
  full.store.isFull = true
  full.send()
  full.wires.dials[0]?.accept()
  t.same([full.sent, full.received], [[false], []])
  const other = new Stage("rc")
  other.send()
  other.wires.dials[0]?.accept()
  t.same([other.sent, other.received], [[false], []], "another replica lives there now")
  t.end()
})

test("whoever is no fellow is refused, before one that is under way gives way to it", (t) => {
  for (const relation of ["asker", "stranger"] as const) {
    const stage = new Stage()
    stage.store.isSlow = true
    stage.send()
    stage.wires.dials[0]?.accept()
    const written = stage.store.written.length
    t.ok(written > 0)
    stage.relation = relation
    stage.send()
    stage.wires.dials[1]?.accept()
    t.same(stage.sent, [false], "the second")
    t.same([stage.store.written.length, stage.store.aborted, stage.received], [written, 0, []])
  }
  t.end()
})

test("nobody there, no address, no progress: the sender gives up", (t) => {
  const refused = new Stage()
  refused.send()
  refused.wires.dials[0]?.fail("refused")
  t.same(refused.sent, [false])
  const unknown = new Stage()
  unknown.send(undefined)
  const silent = new Stage()
  silent.send()
  silent.time.advance(29_999)
  t.same(silent.sent, [])
  silent.time.advance(1)
  t.same(silent.sent, [false])
  const called = new Stage()
  called.send()()
  t.same(called.sent, [false], "called off")
  t.end()
})

test("where no connection can even be begun that is said a turn later, never from within", async (t) => {
  const time = new FakeClock()
  const closed = { send: () => false, waitingBytes: () => 0, close: () => {} }
  let isWithin = true
  const within = await new Promise((done) => {
    sendSnapshot(
      {
        ...{ clock: time, links: { dial: () => closed }, store: new SnapshotStore().port(), addrOf: () => TO },
        ...{ cluster: "c1" as ClusterId, self: "ra" as ReplicaId, to: "rb" as ReplicaId, term: term(4), meta: META },
      },
      (ok) => done([ok, isWithin]),
    )
    isWithin = false
  })
  t.same(within, [false, false])
  t.equal(time.armed, 0)
})

test("who sends a chunk that no store takes, or does not wait for the last one, is listened to no longer", (t) => {
  const large = new Stage()
  large.store.chunks = [{ kind: "chunk", bytes: new Uint8Array(SNAPSHOT_CHUNK_BYTES_MAX + 1) }, { kind: "end" }]
  large.send()
  large.wires.dials[0]?.accept()
  t.same([large.sent, large.received, large.store.written], [[false], [], []])
  for (const last of [{ kind: "chunk" as const, body: Uint8Array.of(2) }, { kind: "end" as const }]) {
    const hasty = new Stage()
    hasty.store.isSlow = true
    hasty.send()
    const dial = hasty.wires.dials[0]
    dial?.accept()
    dial?.end.send(encodeFrame(last))
    t.same([hasty.sent, hasty.received, hasty.store.written], [[false], [], CHUNKS.slice(0, 1)], last.kind)
  }
  t.end()
})

test("a receiver that stops drops what is under way", (t) => {
  const stage = new Stage()
  stage.receiver.stop()
  stage.send()
  stage.wires.dials[0]?.accept()
  t.same(stage.sent, [false])
  t.same(stage.received, [])
  t.end()
})

test("no bytes before a snapshot make the receiver throw, and what it is told of itself is what it may be", (t) => {
  const head = new Uint8Array(8 + encodeSnapshotMeta(META).length)
  new DataView(head.buffer).setFloat64(0, 4)
  head.set(encodeSnapshotMeta(META), 8)
  const hello = { kind: "hello", version: STREAM_VERSION, purpose: "snapshot", cluster: "c1", from: "ra", to: "rb" }
  const decode = (body: Uint8Array): boolean => {
    const stage = new Stage()
    const channel = stage.wires.port(FROM).dial(TO, () => {}, undefined)
    stage.wires.dials[0]?.accept()
    for (const frame of [hello, { kind: "chunk", body }, { kind: "chunk", body: CHUNKS[0] }, { kind: "end" }])
      channel.send(encodeFrame(frame as StreamFrame))
    const [told] = stage.received as [ReplicaId, Term, SnapshotMeta][]
    if (told === undefined) return false
    const [, inTerm, meta] = told
    ok(Number.isSafeInteger(inTerm) && inTerm >= 0 && meta.index > 0)
    deepStrictEqual(decodeSnapshotMeta(encodeSnapshotMeta(meta)), { ok: true, value: meta })
    return true
  }
  fuzz(t, 1601, { corpus: [head], decode, inGate: 100_000 })
  t.end()
})
