import type { Addr } from "@conclave/base"
import {
  ChunkWriter,
  type ClusterId,
  encodeCommand,
  logIndex,
  Machine,
  type SnapshotMeta,
  term,
} from "@conclave/consensus"
import type { LogStore, SnapshotChunk } from "conclave/log-store"
import { installSnapshot, SnapshotDuties } from "conclave/replica/snapshot-duties"
import { StreamServer } from "conclave/streams/stream-server"
import { test } from "tap"
import { entryOf, id, metaOf, Stage } from "../../consensus/stage.ts"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"

const META: SnapshotMeta = {
  ...{ index: logIndex(1), term: term(1), featureLevel: 1 },
  group: { voters: [], outgoing: [], learners: [], learnersNext: [] },
}

function founded(): Machine {
  const machine = new Machine()
  machine.begin({ index: 1, stampMs: 0, data: encodeCommand({ kind: "found", clusterId: "c1", wallMs: 5 }) })
  while (machine.step(100) === undefined);
  return machine
}

function chunksOf(machine: Machine): Uint8Array[] {
  const chunks: Uint8Array[] = []
  const writer = new ChunkWriter()
  const reader = machine.snapshot()
  for (let record = reader.next(); record !== undefined; record = reader.next()) {
    const chunk = writer.add(record)
    if (chunk !== undefined) chunks.push(chunk)
  }
  return [...chunks, writer.take() as Uint8Array]
}

function install(chunks: readonly SnapshotChunk[]): Machine | string | undefined {
  let found: Machine | string | undefined
  const left = [...chunks]
  let closed = 0
  const store = {
    readSnapshot: () => ({
      next: (done: (chunk: SnapshotChunk) => void) => done(left.shift() as SnapshotChunk),
      close: () => closed++,
    }),
  }
  installSnapshot({ store: store as unknown as LogStore, clock: clockOf(new FakeClock()) }, META, (outcome) => {
    found = outcome
  })
  if (closed !== 1) throw new Error("the reader is let go of once")
  return found
}

test("the state comes out of a snapshot as it went in", (t) => {
  const machine = founded()
  const chunks = chunksOf(machine).map((bytes) => ({ kind: "chunk" as const, bytes }))
  const found = install([...chunks, { kind: "end" }])
  t.ok(found instanceof Machine)
  if (found instanceof Machine) t.same([found.hash, found.appliedIndex, found.clusterId], [machine.hash, 1, "c1"])
  t.end()
})

test("one that is rotten, cut or no snapshot at all is said to be unusable", (t) => {
  const [chunk] = chunksOf(founded())
  const bytes = chunk as Uint8Array
  const whole = { kind: "chunk", bytes } as const
  t.match(install([{ kind: "unreadable", message: "a bit flipped" }]), /entry 1 cannot be used: a bit flipped/)
  t.match(install([{ kind: "end" }]), /malformed/)
  t.match(install([{ kind: "chunk", bytes: bytes.subarray(0, 9) }, { kind: "end" }]), /a chunk is none/)
  t.match(install([whole, whole, { kind: "end" }]), /malformed/)
  t.end()
})

/** A follower with the entries 1 to 3, and snapshots of a leader that are read when the test says so. */
class Follower {
  readonly raft: Stage = new Stage("b", { disk: { terms: [1, 1, 1], commit: 3 } })
  readonly machine: Machine = founded()
  readonly restored: number[] = []
  readonly writes: SnapshotMeta[] = []
  readonly duties: SnapshotDuties
  readonly #reads: ((chunk: SnapshotChunk) => void)[] = []

  constructor() {
    const links = new FakeLinks().port("10.0.0.1:7951" as Addr)
    this.duties = new SnapshotDuties({
      ...{ clock: clockOf(new FakeClock()), log: { write: () => {} }, links },
      ...{
        server: new StreamServer(links, clockOf(new FakeClock()), { onRefused: () => {}, isRelay: () => false }),
        store: this.#store(),
        raft: this.raft.raft,
      },
      ...{ cluster: "c1" as ClusterId, self: id("b"), snapshotBytesMin: 0, addrOf: () => undefined },
      ...{ machine: () => this.machine, atRest: (done) => done(), input: (input) => void this.raft.step(input) },
      onRestored: (_machine, index) => this.restored.push(index),
      onEnd: ({ message }) => {
        throw new Error(message)
      },
    })
  }

  /** A snapshot of the leader has arrived. */
  receive(index: number): void {
    const meta = metaOf(index, 1)
    this.raft.step({ kind: "snapshotReceived", from: id("a"), term: term(1), meta })
    this.duties.restore(meta)
  }

  /** The snapshot that came as the `order`th is read to its end. */
  read(order: number): void {
    const [bytes] = chunksOf(this.machine)
    this.#reads[order]?.({ kind: "chunk", bytes: bytes as Uint8Array })
    this.#reads.at(-1)?.({ kind: "end" })
  }

  #store(): LogStore {
    const writer = { append: () => {}, finish: () => {}, abort: () => {} }
    const port: Partial<LogStore> = {
      readSnapshot: () => ({ next: (done) => void this.#reads.push(done), close: () => {} }),
      writeSnapshot: (meta) => {
        this.writes.push(meta)
        return writer
      },
    }
    return port as LogStore
  }
}

test("of two snapshots that are taken over at once the older never takes the state back", (t) => {
  const follower = new Follower()
  follower.receive(10)
  follower.receive(20)
  follower.read(1)
  t.same(follower.restored, [20])
  follower.raft.step({ kind: "restored", index: logIndex(20) })
  follower.read(0)
  t.same(follower.restored, [20])
  t.end()
})

test("what is still applied while a snapshot is taken over begins none of its own", (t) => {
  const follower = new Follower()
  follower.duties.applied(entryOf(1, 1))
  t.same(
    follower.writes.map(({ index }) => index),
    [1],
  )
  const late = new Follower()
  late.receive(10)
  late.duties.applied(entryOf(1, 1))
  t.same(late.writes, [])
  t.end()
})
