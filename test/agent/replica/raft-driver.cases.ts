import type { millis } from "@conclave/base"
import {
  foundingState,
  logIndex,
  type Message,
  Raft,
  type ReplicaId,
  raftConfig,
  type StoredState,
  term,
  type Write,
} from "@conclave/consensus"
import type { Room } from "conclave/log-store"
import { RaftDriver, type ReplicaEffect } from "conclave/replica/raft-driver"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

const SELF = "a" as ReplicaId
const PEER = "b" as ReplicaId
const CONFIG = raftConfig()

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly sent: Message[] = []
  readonly writes: Write[] = []
  readonly effects: ReplicaEffect[] = []
  readonly driver: RaftDriver
  room: Room = "ok"
  #waitingSince: ReturnType<typeof millis> | undefined

  constructor(stored: StoredState = foundingState(SELF)) {
    const raft = new Raft({ id: SELF, config: CONFIG, seed: 3, nowMs: this.time.now(), stored })
    const since = (): ReturnType<typeof millis> | undefined => this.#waitingSince
    const room = (): Room => this.room
    this.driver = new RaftDriver({
      raft,
      clock: clockOf(this.time),
      store: {
        persist: (write) => {
          this.#waitingSince ??= this.time.now()
          this.writes.push(write)
        },
        get waitingSince() {
          return since()
        },
        get room() {
          return room()
        },
      },
      stallMs: 600,
      received: () => 0,
      send: (message) => this.sent.push(message),
      onEffect: (effect) => this.effects.push(effect),
    })
  }

  /** The disk has written everything up to now. */
  sync(): void {
    this.#waitingSince = undefined
    const last = this.writes.at(-1)
    if (last !== undefined) this.driver.persisted(last.write, last.epoch)
  }

  /** Until the group of one has elected itself. */
  lead(): this {
    this.driver.start()
    for (let turns = 0; turns < 5; turns++) this.sync()
    return this
  }

  kinds(): string[] {
    return this.sent.map(({ kind }) => kind)
  }
}

function twoVoters(): StoredState {
  const group = { voters: [SELF, PEER], outgoing: [], learners: [], learnersNext: [] }
  const first = { index: logIndex(1), term: term(1), kind: "group" as const, stampMs: 0, featureLevel: 1, group }
  const { snapshot, hardState } = foundingState(SELF)
  return { hardState, snapshot, entries: [{ ...first, data: new Uint8Array(0) }] }
}

test("a group of one elects itself, and what it proposes is committed when the disk has it", (t) => {
  const stage = new Stage().lead()
  t.equal(stage.driver.raft.role, "leader")
  const proposal = { call: 1, data: Uint8Array.of(1), stampMs: 0, relieves: false }
  stage.driver.input({ kind: "propose", proposals: [proposal] })
  const committed = (): number => stage.effects.filter(({ kind }) => kind === "commit").length
  const before = committed()
  t.match(stage.effects.at(-1), { kind: "proposed", call: 1 })
  stage.sync()
  t.equal(committed(), before + 1)
  t.end()
})

test("what relies on a write leaves when the disk has reported it, and not before", (t) => {
  const stage = new Stage(twoVoters())
  stage.driver.input({
    kind: "message",
    message: {
      kind: "vote",
      from: PEER,
      to: SELF,
      term: term(5),
      last: { index: logIndex(9), term: term(4) },
      byTransfer: false,
      byHint: false,
    },
  })
  t.equal(stage.writes.length, 1)
  t.same(stage.kinds(), [], "a vote that is not on disk is none")
  stage.sync()
  t.same(stage.kinds(), ["voteReply"])
  t.end()
})

test("messages wait for their own write alone, and leave in their order", (t) => {
  const stage = new Stage(twoVoters())
  const heartbeat = { kind: "heartbeat", from: PEER, to: SELF, commit: logIndex(0), match: logIndex(0) } as const
  stage.driver.input({ kind: "message", message: { ...heartbeat, term: term(5), round: 1 } })
  const first = stage.writes.at(-1) as Write
  stage.driver.input({ kind: "message", message: { ...heartbeat, term: term(6), round: 1 } })
  stage.driver.persisted(first.write, first.epoch)
  t.same(
    stage.sent.map(({ term: of }) => of),
    [5],
  )
  stage.sync()
  t.same(
    stage.sent.map(({ term: of }) => of),
    [5, 6],
  )
  stage.driver.input({ kind: "message", message: { ...heartbeat, term: term(6), round: 2 } })
  t.equal(stage.sent.length, 3, "with nothing to wait for it leaves at once")
  t.end()
})

test("messages that wait for a disk are bounded, however long it takes", (t) => {
  const stage = new Stage(twoVoters())
  const heartbeat = (round: number): void =>
    stage.driver.input({
      kind: "message",
      message: {
        ...{ kind: "heartbeat", from: PEER, to: SELF, term: term(5), round },
        ...{ commit: logIndex(0), match: logIndex(0) },
      },
    })
  for (let round = 1; round <= 5000; round++) heartbeat(round)
  t.same(stage.sent, [], "the term is not on disk")
  stage.sync()
  t.equal(stage.sent.length, 4096)
  t.match(stage.sent[0], { kind: "heartbeatReply", round: 1 })
  heartbeat(5001)
  t.match(stage.sent.at(-1), { kind: "heartbeatReply", round: 5001 })
  t.end()
})

test("after a stop nothing leaves, also not what waited for the disk", (t) => {
  const stage = new Stage(twoVoters())
  const heartbeat = { kind: "heartbeat", from: PEER, to: SELF, commit: logIndex(0), match: logIndex(0) } as const
  stage.driver.input({ kind: "message", message: { ...heartbeat, term: term(5), round: 1 } })
  stage.driver.stop()
  stage.sync()
  stage.time.advance(60_000)
  t.same(stage.kinds(), [])
  t.equal(stage.time.armed, 0)
  t.end()
})

test("the alarm ticks the core: a voter that hears nobody asks the others", (t) => {
  const stage = new Stage(twoVoters())
  stage.driver.start()
  stage.sync()
  for (let ms = 0; ms < 2 * CONFIG.electionMs; ms += 20) stage.time.advance(20)
  t.ok(stage.kinds().includes("preVote"))
  t.end()
})

test("a disk that stalls keeps a voter from standing, until it has written", (t) => {
  const stage = new Stage(twoVoters())
  const heartbeat = { kind: "heartbeat", from: PEER, to: SELF, commit: logIndex(0), match: logIndex(0) } as const
  stage.driver.input({ kind: "message", message: { ...heartbeat, term: term(5), round: 1 } })
  for (let ms = 0; ms < 4 * CONFIG.electionMs; ms += 20) stage.time.advance(20)
  t.notOk(stage.kinds().includes("preVote"))
  stage.sync()
  for (let ms = 0; ms < 4 * CONFIG.electionMs; ms += 20) stage.time.advance(20)
  t.ok(stage.kinds().includes("preVote"))
  t.end()
})

test("a disk is late at the instant for which its alarm was set, whatever a difference of two times is rounded to", (t) => {
  const stage = new Stage(twoVoters())
  stage.time.advance(32_620.397 - stage.time.now())
  const heartbeat = { kind: "heartbeat", from: PEER, to: SELF, commit: logIndex(0), match: logIndex(0) } as const
  stage.driver.input({ kind: "message", message: { ...heartbeat, term: term(5), round: 1 } })
  t.ok(33_220.397 - 32_620.397 < 600)
  stage.time.advance(600)
  t.equal(stage.driver.raft.disk, "stalled")
  t.end()
})

test("the core knows whether the disk takes new work before it is asked anything", (t) => {
  const stage = new Stage(twoVoters())
  const heartbeat = { kind: "heartbeat", from: PEER, to: SELF, commit: logIndex(0), match: logIndex(0) } as const
  const answers: unknown[] = []
  for (const room of ["ok", "low", "full", "ok"] as const) {
    stage.room = room
    stage.driver.input({ kind: "message", message: { ...heartbeat, term: term(5), round: 1 } })
    stage.sync()
    const answer = stage.sent.at(-1)
    answers.push(answer?.kind === "heartbeatReply" ? answer.isFull : answer)
  }
  t.same(answers, [undefined, true, true, undefined])
  t.end()
})
