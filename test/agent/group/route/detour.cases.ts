import type { Addr } from "@conclave/base"
import { Detour } from "conclave/group/route/detour"
import type { RunningReplica } from "conclave/replica/running-replica"
import { test } from "tap"
import { FakeClock } from "../../fake-clock.ts"

const ELECTION_MS = 1000
const [LEADER, OTHER] = ["10.0.0.1:7951", "10.0.0.2:7951"] as [Addr, Addr]

class Stage {
  readonly clock: FakeClock = new FakeClock()
  replica: { isLeader: boolean } | undefined = { isLeader: false }
  leader: Addr | undefined = LEADER
  relays: readonly Addr[] = [LEADER, OTHER]
  readonly detour: Detour = new Detour({
    clock: this.clock,
    electionMs: ELECTION_MS,
    running: () => this.replica as unknown as RunningReplica | undefined,
    leaderAddr: () => this.leader,
    relays: () => this.relays,
  })
}

test("who knows of no leader for longer than an election takes goes round, and not where the last one is", (t) => {
  const stage = new Stage()
  t.notOk(stage.detour.isNeeded)
  stage.leader = undefined
  stage.detour.look()
  t.notOk(stage.detour.isNeeded, "an election is no reason")
  stage.clock.advance(ELECTION_MS)
  t.ok(stage.detour.isNeeded)
  t.same(stage.detour.relays(), [OTHER])
  stage.relays = [LEADER]
  t.same(stage.detour.relays(), [LEADER], "where there is nobody else it may be the one")
  stage.leader = LEADER
  t.notOk(stage.detour.isNeeded)
  stage.leader = undefined
  stage.clock.advance(ELECTION_MS)
  stage.replica = { isLeader: true }
  t.notOk(stage.detour.isNeeded)
  stage.replica = undefined
  t.notOk(stage.detour.isNeeded, "a host without a replica has no other way")
  t.end()
})

test("a leader that is heard and not reached for two elections is gone round for a while", (t) => {
  const stage = new Stage()
  const miss = (times: number): void => {
    for (let each = 0; each < times; each++) {
      stage.detour.unreached(LEADER)
      stage.clock.advance(200)
    }
  }
  miss(10)
  t.notOk(stage.detour.isNeeded)
  miss(1)
  t.ok(stage.detour.isNeeded)
  stage.leader = OTHER
  t.notOk(stage.detour.isNeeded, "another one may be reached")
  stage.leader = LEADER
  t.ok(stage.detour.isNeeded)
  stage.clock.advance(5000)
  t.notOk(stage.detour.isNeeded, "then it is tried again")
  miss(3)
  t.notOk(stage.detour.isNeeded)
  t.end()
})
