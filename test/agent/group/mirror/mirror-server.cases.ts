import type { Addr } from "@conclave/base"
import { type Entry, logIndex, term } from "@conclave/consensus"
import { decodeMirror, encodeMirrorWish } from "conclave/group/mirror/mirror-frames"
import { MirrorServer } from "conclave/group/mirror/mirror-server"
import type { StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { RaftBench } from "../../../simulator/raft-bench.ts"
import { FakeClock } from "../../fake-clock.ts"
import { clockOf } from "../../fake-links.ts"

const HELLO = { kind: "hello", version: 1, purpose: "mirror", cluster: "c", from: "a", to: "" } as const

/** Asks a server for all behind `index`; what it was told, by kind, and how old it was said to be. */
function subscribe(
  server: MirrorServer,
  index: number,
  epoch = 0,
  onSend: () => void = () => {},
): {
  readonly told: string[]
  readonly ages: number[]
  readonly state: { isClosed: boolean; waitingBytes: number }
} {
  const told: string[] = []
  const ages: number[] = []
  const state = { isClosed: false, waitingBytes: 0 }
  const inbound = server.serve({
    ...{ hello: HELLO, source: "10.0.0.2:7951" as Addr, waitingBytes: () => state.waitingBytes },
    send: (frame: StreamFrame) => {
      const said = frame.kind === "chunk" ? decodeMirror(frame.body) : undefined
      if (said?.kind === "pulse") return ages.push(said.ageMs) > 0
      onSend()
      told.push(
        said?.kind === "entries" ? `entries ${said.entries.map((entry) => entry.index).join()}` : (said?.kind ?? ""),
      )
      return true
    },
    close: () => {
      state.isClosed = true
    },
  })
  if (typeof inbound !== "string") inbound.onFrame({ kind: "chunk", body: encodeMirrorWish({ index, epoch }) })
  return { told, ages, state }
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
  const epoch = running?.resting?.machine.epoch ?? 0
  const late = subscribe(server, applied - 2, epoch)
  t.same(late.told, [`entries ${applied - 1},${applied}`])
  const entry = running?.raft.log.entry(running.raft.log.last)
  if (entry !== undefined) server.applied(entry)
  t.equal(fresh.told.length, 4)
  t.ok(subscribe(server, applied + 5, epoch).state.isClosed, "who has more than there is begins anew")
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
    ...{ raft: { log: { first: 1 } }, appliedIndex: 5, ageMs: 0 },
    readHere: (done: (machine: object) => void) => {
      rest = () => done(machine)
    },
  }
  const time = new FakeClock()
  const server = new MirrorServer(clockOf(time), () => running as never)
  const gone = subscribe(server, 0)
  server.restart()
  t.ok(gone.state.isClosed)
  rest()
  t.equal(copies, 0, "the state would set aside for ever what changes")
  const fresh = subscribe(server, 0)
  time.advance(10)
  rest()
  time.advance(10)
  t.same(fresh.told, ["begin", "whole"])
  t.end()
})

test("a mirror that has everything hears how old that may be, behind what is told, and each second from then on", (t) => {
  const entries = Array.from({ length: 6 }, (_, at) => entryOf(at))
  const log = { first: 1, slice: () => entries.slice(5) }
  const running = { raft: { log }, appliedIndex: 5, ageMs: 3.5, resting: { machine: { epoch: 0 } } }
  const time = new FakeClock()
  const server = new MirrorServer(clockOf(time), () => running as never)
  const { told, ages } = subscribe(server, 4)
  t.same(told, ["entries 5"])
  t.same(ages, [4])
  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 100) time.advance(100)
  }
  running.ageMs = Number.POSITIVE_INFINITY
  pass(1000)
  t.same(ages.splice(0), [4, Number.MAX_SAFE_INTEGER], "a replica that has heard of no leader knows nothing")
  running.ageMs = 0
  pass(3000)
  t.same(ages.splice(0), [0, 0, 0])
  server.stop()
  pass(3000)
  t.same(ages, [])
  t.end()
})

test("a host without a replica feeds nobody", async (t) => {
  const server = new MirrorServer(clockOf(new FakeClock()), () => undefined)
  t.match(server.serve({ hello: HELLO } as never), /no replica/)
})

test("a relay feeds as many mirrors as it can, and no more until one goes", (t) => {
  const running = { raft: { log: { first: 1 } }, appliedIndex: 5, ageMs: 0, readHere: () => {} }
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

function entryOf(index: number, data: Uint8Array = new Uint8Array(1)): Entry {
  return { index: logIndex(index), term: term(1), kind: "command", stampMs: 0, featureLevel: 1, data }
}

/** A replica that has applied so much, whose log has all of it, and whose state has so many records. */
class Relay {
  readonly time: FakeClock = new FakeClock()
  readonly turns: (() => void)[] = []
  readonly server: MirrorServer
  applied = 5
  first = 1
  /** Undefined: an entry is at work. */
  epoch: number | undefined = 0
  records = 0
  copies = 0
  /** Work on each record takes so long. */
  recordMs = 0

  constructor() {
    const relay = this
    const running = {
      raft: {
        log: {
          get first() {
            return relay.first
          },
          slice: (from: number, to: number) =>
            Array.from({ length: Math.min(2, to - from + 1) }, (_, at) => entryOf(from + at)),
        },
      },
      get appliedIndex() {
        return relay.applied
      },
      ageMs: 0,
      get resting() {
        return relay.epoch === undefined ? undefined : { machine: { epoch: relay.epoch } }
      },
      readHere: (done: (machine: object) => void) => done({ snapshot: () => this.#snapshot() }),
    }
    const clock = { ...clockOf(this.time), afterTurn: (done: () => void) => void this.turns.push(done) }
    this.server = new MirrorServer(clock, () => running as never)
  }

  #snapshot() {
    this.copies++
    let left = this.records
    const next = (): Uint8Array | undefined => {
      this.time.advance(this.recordMs)
      return left-- > 0 ? new Uint8Array(40_000) : undefined
    }
    return { index: this.applied, next, close: () => this.copies-- }
  }

  apply(data?: Uint8Array): void {
    this.server.applied(entryOf(++this.applied, data))
  }

  turn(): void {
    for (const done of this.turns.splice(0)) done()
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) {
      this.time.advance(10)
      this.turn()
    }
  }
}

test("what is applied in one turn is told at once, and to nobody twice", (t) => {
  const relay = new Relay()
  const live = subscribe(relay.server, 5)
  relay.turn()
  t.same(live.told, [])
  relay.apply()
  const late = subscribe(relay.server, 4)
  relay.apply()
  relay.turn()
  relay.pass(20)
  t.same(live.told, ["entries 6,7"])
  t.same(late.told, ["entries 5,6", "entries 7"])
  relay.apply(new Uint8Array(60_000))
  relay.apply(new Uint8Array(60_000))
  relay.turn()
  t.same(live.told.slice(1), ["entries 8", "entries 9"], "no frame is too long")
  t.same(late.told.slice(2), ["entries 8", "entries 9"])
  relay.server.stop()
  t.end()
})

test("where it takes long to tell all mirrors, they are told less often, and more at once", (t) => {
  const relay = new Relay()
  const many = Array.from({ length: 10 }, () => subscribe(relay.server, 5, 0, () => relay.time.advance(1)))
  relay.turn()
  relay.apply()
  relay.turn()
  for (const { told } of many) t.same(told, ["entries 6"])
  for (const ms of [0, 10, 9]) {
    relay.time.advance(ms)
    relay.apply()
    relay.turn()
  }
  t.same(many[0]?.told, ["entries 6"], "after 10 ms of work 20 ms of rest")
  relay.time.advance(1)
  for (const { told } of many) t.same(told, ["entries 6", "entries 7,8,9"])
  relay.pass(30)
  relay.apply()
  relay.turn()
  t.same(many[9]?.told.at(-1), "entries 10", "who has rested tells at once")
  relay.server.stop()
  t.end()
})

test("a mirror that reads slowly is told the rest from the log when there is room, and is let go when there is none", (t) => {
  const relay = new Relay()
  const slow = subscribe(relay.server, 5)
  relay.turn()
  slow.state.waitingBytes = 2 * 1024 * 1024
  for (let each = 0; each < 3; each++) relay.apply()
  relay.turn()
  relay.pass(1000)
  t.same(slow.told, [], "nothing piles up for it")
  slow.state.waitingBytes = 0
  relay.pass(20)
  t.same(slow.told, ["entries 6,7", "entries 8"])
  relay.apply()
  relay.turn()
  t.same(slow.told.slice(2), ["entries 9"])
  slow.state.waitingBytes = 2 * 1024 * 1024
  relay.apply()
  relay.turn()
  relay.pass(29_000)
  t.notOk(slow.state.isClosed)
  relay.pass(2000)
  t.ok(slow.state.isClosed)
  t.end()
})

test("however many lack the whole state, the loop has its turn after each slice, and few copies are made", (t) => {
  const relay = new Relay()
  Object.assign(relay, { records: 4, recordMs: 1 })
  const many = Array.from({ length: 10 }, () => subscribe(relay.server, 0))
  const beforeMs = relay.time.now()
  relay.turn()
  t.ok(relay.time.now() - beforeMs <= 5, "one slice, and the record at work")
  t.ok(relay.copies > 0)
  let copiesMax = 0
  for (let round = 0; round < 200; round++) {
    relay.pass(10)
    copiesMax = Math.max(copiesMax, relay.copies)
  }
  t.ok(copiesMax <= 4)
  for (const { told } of many) t.same(told, ["begin", "records", "records", "records", "records", "whole"])
  t.equal(relay.copies, 0)
  relay.server.stop()
  t.end()
})

test("one that takes nothing of the state gives way to others", (t) => {
  const relay = new Relay()
  relay.records = 4
  const stuck = Array.from({ length: 4 }, () => subscribe(relay.server, 0))
  for (const { state } of stuck)
    Object.defineProperty(state, "waitingBytes", { get: () => (stuck[0]?.told.length ? 2 ** 21 : 0) })
  relay.turn()
  const next = subscribe(relay.server, 0)
  relay.pass(31_000)
  t.ok(stuck[0]?.state.isClosed)
  relay.pass(100)
  t.equal(next.told.at(-1), "whole")
  t.equal(relay.copies, 0)
  t.end()
})

test("after a recovery whoever has entries of before it begins anew, and whoever knows of a later one is let go", (t) => {
  const relay = new Relay()
  relay.epoch = undefined
  const [ahead, before, after, same] = [
    subscribe(relay.server, 9, 1),
    subscribe(relay.server, 4, 1),
    subscribe(relay.server, 4, 3),
    subscribe(relay.server, 4, 2),
  ]
  relay.pass(50)
  t.same(same.told, [], "not asked while an entry is at work")
  relay.epoch = 2
  relay.pass(50)
  t.same(ahead.told, ["begin", "whole"], "entries up to 9 that were lost")
  t.same(before.told, ["begin", "whole"])
  t.ok(after.state.isClosed)
  t.same(same.told, ["entries 5"])
  relay.server.stop()
  t.end()
})
