import { ChunkWriter, encodeCommand, logIndex, Machine, type SnapshotMeta, term } from "@conclave/consensus"
import type { LogStore, SnapshotChunk } from "conclave/log-store"
import { installSnapshot } from "conclave/snapshot-duties"
import { test } from "tap"
import { FakeClock } from "./fake-clock.ts"
import { clockOf } from "./fake-links.ts"

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
