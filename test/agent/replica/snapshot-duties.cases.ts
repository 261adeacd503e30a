import type { Addr, Millis, NodeId } from "@conclave/base"
import {
  ChunkWriter,
  type ClusterId,
  type Command,
  encodeCommand,
  type Input,
  logIndex,
  Machine,
  NO_TERMS,
  type SessionId,
  type SnapshotMeta,
  term,
} from "@conclave/consensus"
import type { LogStore, SnapshotChunk, SnapshotWriter } from "conclave/log-store"
import type { Clock } from "conclave/ports"
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

/**
 * A follower with the entries 1 to 3, or those of its machine, and snapshots of a leader that are read when the test
 * says so.
 */
class Follower {
  readonly raft: Stage
  readonly machine: Machine
  readonly restored: number[] = []
  readonly writes: SnapshotMeta[] = []
  readonly inputs: Input[] = []
  readonly duties: SnapshotDuties
  readonly #reads: ((chunk: SnapshotChunk) => void)[] = []
  readonly #writer: SnapshotWriter

  constructor({
    clock = clockOf(new FakeClock()),
    machine = founded(),
    writer = { append: () => {}, finish: () => {}, abort: () => {} },
  }: { readonly clock?: Clock; readonly machine?: Machine; readonly writer?: SnapshotWriter } = {}) {
    this.machine = machine
    const commit = Math.max(3, machine.appliedIndex)
    this.raft = new Stage("b", { disk: { terms: Array.from({ length: commit }, () => 1), commit } })
    this.#writer = writer
    const links = new FakeLinks().port("10.0.0.1:7951" as Addr)
    this.duties = new SnapshotDuties({
      ...{ clock, log: { write: () => {} }, links },
      ...{
        server: new StreamServer(links, clockOf(new FakeClock()), { onRefused: () => {}, isRelay: () => false }),
        store: this.#store(),
        raft: this.raft.raft,
      },
      ...{ cluster: "c1" as ClusterId, self: id("b"), snapshotBytesMin: 0, addrOf: () => "10.0.0.3:7951" as Addr },
      relation: () => "fellow",
      ...{ machine: () => this.machine, atRest: (done) => done(), input: (input) => this.#input(input) },
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

  #input(input: Input): void {
    this.inputs.push(input)
    this.raft.step(input)
  }

  #store(): LogStore {
    const port: Partial<LogStore> = {
      compact: () => {},
      readSnapshot: () => ({ next: (done) => void this.#reads.push(done), close: () => {} }),
      writeSnapshot: (meta) => {
        this.writes.push(meta)
        return this.#writer
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

test("a snapshot that is called off is at its end at once, and so is the one before another", (t) => {
  const follower = new Follower()
  const ends = () => follower.inputs.map((input) => input.kind === "snapshotSent" && [input.sending, input.ok])
  follower.duties.send({ sending: 1, to: id("c"), meta: metaOf(10, 1) })
  follower.duties.send({ sending: 2, to: id("c"), meta: metaOf(10, 1) })
  t.same(ends(), [[1, false]])
  follower.duties.callOff()
  t.same(ends().slice(1), [[2, false]])
  follower.duties.callOff()
  t.equal(ends().length, 2, "each has one end")
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

/** A clock that moves with each look at it, and the turns of a loop: how often it was looked at in each of them. */
class BusyLoop {
  readonly looks: number[] = []
  readonly clock: Clock
  slices = 0
  readonly #turns: (() => void)[] = []
  #nowMs = 0

  constructor(lookMs: number) {
    const now = (): Millis => {
      this.looks.push((this.looks.pop() ?? 0) + 1)
      this.#nowMs += lookMs
      return this.#nowMs as Millis
    }
    const alarm = () => ({ set: () => {}, clear: () => {} })
    const afterTurn = (done: () => void): void => this.later(done)
    const afterSlice = (done: () => void): void => {
      this.slices++
      this.later(done)
    }
    this.clock = { now, alarm, bootMs: now, wallMs: now, afterTurn, afterSlice }
  }

  later(done: () => void): void {
    this.#turns.push(done)
  }

  run(): void {
    for (let next = this.#turns.shift(); next !== undefined; next = this.#turns.shift()) {
      this.looks.push(0)
      next()
    }
  }
}

const LOOK_MS = 0.25
/** One to know when the slice began, one more for each record, and the one that is at work when it is over. */
const LOOKS_MAX = 1 / LOOK_MS + 1
/** Of a slice of what is taken over, behind which there is one more look. */
const INSTALL_LOOKS_MAX = LOOKS_MAX + 1

function withNames(count: number): Machine {
  const machine = founded()
  const session = { session: "s1" as SessionId, boot: 1, attachment: 1 }
  const open: Command = {
    ...{ kind: "open", ...session, secretHash: new Uint8Array(32), host: "h1" as NodeId, ttlMs: 10_000 },
    ...{ liveness: "heartbeat", member: "n1", app: "app", pid: undefined },
  }
  const commands: Command[] = [open]
  for (let seq = 1; seq <= count; seq++)
    commands.push({
      ...{ kind: "acquire", session: session.session, seq, floor: seq, hold: "lock", names: [`n${seq}`] },
      ...{ mode: "exclusive", waitMs: 0, priority: 0, maxHoldMs: undefined, lockDelayMs: 0, ...NO_TERMS },
      ...{ note: undefined, value: undefined },
    })
  for (const [at, command] of commands.entries()) {
    machine.begin({ index: at + 2, stampMs: 1, data: encodeCommand(command) })
    while (machine.step(100) === undefined);
  }
  return machine
}

function takenOver(loop: BusyLoop): Machine | string | undefined {
  const chunks = chunksOf(withNames(100)).map((bytes) => ({ kind: "chunk" as const, bytes }))
  const left: SnapshotChunk[] = [...chunks, { kind: "end" }]
  const store = {
    readSnapshot: () => ({
      next: (done: (chunk: SnapshotChunk) => void) => loop.later(() => done(left.shift() as SnapshotChunk)),
      close: () => {},
    }),
  }
  let found: Machine | string | undefined
  installSnapshot({ store: store as unknown as LogStore, clock: loop.clock }, META, (outcome) => {
    found = outcome
  })
  loop.run()
  return found
}

test("a state is taken over in slices: none goes on when its time is over", (t) => {
  const loop = new BusyLoop(LOOK_MS)
  t.ok(takenOver(loop) instanceof Machine)
  t.ok(loop.slices > 20, "in many slices, of each of which the clock knows")
  t.equal(Math.max(...loop.looks), INSTALL_LOOKS_MAX)
  t.end()
})

test("to a slice that was held up nothing is added", (t) => {
  const loop = new BusyLoop(3)
  t.ok(takenOver(loop) instanceof Machine)
  t.equal(loop.slices, 0)
  t.ok(loop.looks.length > 100, "each has its turn")
  t.end()
})

test("a state is copied in slices, while the loop has its turns, and is whole", (t) => {
  const loop = new BusyLoop(LOOK_MS)
  const machine = withNames(100)
  const written: Uint8Array[] = []
  const follower = new Follower({
    clock: loop.clock,
    machine,
    writer: {
      append: (chunk, done) => {
        written.push(chunk)
        loop.later(() => done({ ok: true }))
      },
      finish: (done) => loop.later(() => done({ ok: true })),
      abort: () => {},
    },
  })
  // What is committed is handed out.
  follower.raft.step({ kind: "tick" })
  follower.duties.applied(entryOf(1, 1))
  loop.run()
  t.same(written, chunksOf(machine))
  t.ok(loop.looks.filter((looks) => looks > 0).length > 20, "in many slices")
  t.equal(Math.max(...loop.looks), LOOKS_MAX)
  t.end()
})
