import type { Addr } from "@conclave/base"
import { type Origin, WayToLeader } from "conclave/group/route/way-to-leader"
import type { RunningReplica } from "conclave/replica/running-replica"
import { test } from "tap"

const LEADER = "10.0.0.1:7951" as Addr
const RELAYS = ["10.0.0.2:7951", "10.0.0.3:7951"] as Addr[]
const ROUND = "10.0.0.4:7951" as Addr
const ORIGINS: readonly Origin[] = ["own", "relayed", "last"]

class Stage {
  replica: { isLeader: boolean } | undefined
  leader: Addr | undefined
  relays: readonly Addr[] = RELAYS
  readonly missed: Addr[] = []
  readonly detour = {
    isNeeded: false,
    relays: (): readonly Addr[] => [ROUND],
    unreached: (addr: Addr): void => void this.missed.push(addr),
  }
  readonly way: WayToLeader = new WayToLeader({
    running: () => this.replica as RunningReplica | undefined,
    leaderAddr: () => this.leader,
    relays: () => this.relays,
    detour: this.detour,
  })

  get steps() {
    return ORIGINS.map((origin) => this.way.next(origin).kind)
  }
}

test("who leads takes all; who follows sends on what was not sent to it as to the leader", (t) => {
  const stage = new Stage()
  stage.replica = { isLeader: true }
  t.same(stage.steps, ["here", "here", "here"])
  stage.replica = { isLeader: false }
  t.same(stage.steps, ["nowhere", "nowhere", "refused"])
  stage.leader = LEADER
  t.same(stage.steps, ["leader", "leader", "refused"])
  t.notOk(stage.way.goesRound)
  t.match(stage.way.next("own"), { to: LEADER })
  t.end()
})

test("without a replica one relay after the other is asked, and others are refused", (t) => {
  const stage = new Stage()
  t.same(stage.steps, ["relay", "refused", "refused"])
  t.ok(stage.way.goesRound)
  t.same([stage.way.nextRelay(), stage.way.nextRelay()], [RELAYS[1], RELAYS[0]])
  stage.relays = []
  t.same(stage.steps, ["nowhere", "refused", "refused"])
  t.end()
})

test("a follower that does not get to the leader goes round for itself, and for nobody else", (t) => {
  const stage = new Stage()
  stage.replica = { isLeader: false }
  stage.leader = LEADER
  const step = stage.way.next("own")
  stage.way.unreached(step)
  stage.way.unreached({ kind: "relay", to: ROUND })
  t.same(stage.missed, [LEADER])
  stage.detour.isNeeded = true
  t.same(stage.steps, ["relay", "refused", "refused"])
  t.match(stage.way.next("own"), { to: ROUND })
  t.end()
})
