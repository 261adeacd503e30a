import { type Raft, type ReplicaId, raftConfig } from "@conclave/consensus"
import { LeaderWatch } from "conclave/replica/leader-watch"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

const [A, B, C] = ["a", "b", "c"] as ReplicaId[] as [ReplicaId, ReplicaId, ReplicaId]
const HEARTBEAT_MS = 100

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly probed: { readonly of: ReplicaId; readonly done: (isAnswered: boolean) => void }[] = []
  readonly gone: ReplicaId[] = []
  readonly watch: LeaderWatch
  role: Raft["role"] = "follower"
  leader: ReplicaId | undefined = B
  learners: readonly ReplicaId[] = []
  heardMs: number = this.time.now()

  constructor() {
    const stage = this
    const raft: Pick<Raft, "id" | "role" | "leader" | "group" | "heardMs" | "config"> = {
      id: A,
      config: raftConfig({ heartbeatMs: HEARTBEAT_MS, electionMs: 1000 }),
      get role() {
        return stage.role
      },
      get leader() {
        return stage.leader
      },
      get heardMs() {
        return stage.heardMs
      },
      get group() {
        const voters = [A, B, C].filter((each) => !stage.learners.includes(each))
        return { voters, outgoing: [], learners: stage.learners, learnersNext: [] }
      },
    }
    this.watch = new LeaderWatch({
      clock: clockOf(this.time),
      received: () => 0,
      raft,
      probe: (of, done) => void this.probed.push({ of, done }),
      onGone: (replica) => this.gone.push(replica),
    })
    this.watch.changed()
  }

  heard(): void {
    this.heardMs = this.time.now()
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) this.time.advance(10)
  }
}

test("a leader that misses three heartbeats and answers no probe that began meanwhile is gone", async (t) => {
  const stage = new Stage()
  for (let beats = 0; beats < 20; beats++) {
    stage.pass(HEARTBEAT_MS)
    stage.heard()
  }
  t.same(stage.probed, [], "one that is heard is not probed")
  stage.pass(190)
  t.same(stage.probed, [])
  stage.pass(10)
  t.equal(stage.probed[0]?.of, B)
  stage.probed[0]?.done(false)
  stage.pass(90)
  t.same(stage.gone, [], "two may be late")
  stage.pass(10)
  t.same(stage.gone, [B])
  stage.pass(2000)
  t.same(stage.gone, [B], "which is said once")
  t.equal(stage.probed.length, 1)
})

test("a probe that takes longer than the third heartbeat decides when it ends", async (t) => {
  const stage = new Stage()
  stage.pass(700)
  t.same(stage.gone, [])
  stage.probed[0]?.done(false)
  stage.pass(10)
  t.same(stage.gone, [B])
})

test("one whose host answers, or that is heard again, is not gone, nor is a silence judged by the probe of another", async (t) => {
  const answered = new Stage()
  answered.pass(300)
  answered.probed[0]?.done(true)
  answered.pass(5000)
  t.same(answered.gone, [])
  const back = new Stage()
  back.pass(250)
  back.heard()
  back.probed[0]?.done(false)
  back.pass(150)
  t.same(back.gone, [])
  back.pass(5000)
  t.same(back.gone, [], "the probe of the second silence is not over")
  t.equal(back.probed.length, 2)
  back.probed[1]?.done(false)
  back.pass(10)
  t.same(back.gone, [B])
})

test("whoever leads, knows no leader or has no vote watches nobody", async (t) => {
  const stage = new Stage()
  for (const change of [{ role: "leader", leader: A }, { leader: undefined }, { learners: [A] }] as const) {
    Object.assign(stage, { role: "follower", leader: B, learners: [] }, change)
    stage.watch.changed()
    stage.pass(3000)
    t.same(stage.probed, [])
  }
  Object.assign(stage, { learners: [] })
  stage.watch.changed()
  stage.pass(10)
  t.equal(stage.probed.length, 1)
})

test("after a stall of our own it is looked once more", async (t) => {
  const stage = new Stage()
  stage.time.advance(1000)
  t.same(stage.probed, [], "heartbeats may wait to be read")
  stage.pass(HEARTBEAT_MS)
  t.equal(stage.probed.length, 1)
  for (let stalls = 0; stalls < 4; stalls++) stage.time.advance(1000)
  stage.probed[0]?.done(false)
  stage.time.advance(1000)
  stage.time.advance(1000)
  t.same(stage.gone, [B], "one that always is late still decides")
})

test("a moment that no sum of numbers hits is no loop", async (t) => {
  for (let tries = 0; tries < 200; tries++) {
    const stage = new Stage()
    stage.time.advance(tries * 0.123457)
    stage.heard()
    stage.watch.changed()
    // As precisely as an alarm of this clock rings.
    for (let rings = 0; rings < 4; rings++) stage.time.advance(stage.time.nextMs - stage.time.now())
    if (stage.probed.length === 0) return t.fail(`heard at ${stage.heardMs}, not probed at ${stage.time.now()}`)
  }
  return t.pass("each alarm leads on")
})

test("who has stopped looks at nothing", async (t) => {
  const stage = new Stage()
  stage.pass(250)
  stage.watch.stop()
  stage.probed[0]?.done(false)
  stage.pass(1000)
  t.same(stage.gone, [])
  t.equal(stage.time.armed, 0)
})
