import type { Seat } from "@conclave/swim"
import { OwnSeat } from "conclave/group/own-seat"
import type { ReplicaLife } from "conclave/replica/replica-life"
import { test } from "tap"

const NONE = { toldCluster: undefined, replica: undefined, running: undefined }

function running(voters: readonly string[], learners: readonly string[]): object {
  return { raft: { group: { voters, outgoing: [], learners, learnersNext: [] } } }
}

test("gossip hears of the seat as it is, of none before there is one, and of the last when it has ended", (t) => {
  const told: Seat[] = []
  let hasRoom = true
  const own = new OwnSeat({
    wish: "auto",
    hasRoom: () => hasRoom,
    expects: () => undefined,
    onSeat: (seat) => void told.push(seat),
  })
  const changed = (life: object): void => own.changed({ ...NONE, ...life } as unknown as ReplicaLife)
  changed({})
  changed({ toldCluster: "c" })
  t.same(told, [], "nothing is offered yet")
  const seat = { toldCluster: "c", replica: "r" }
  changed(seat)
  changed({ ...seat, running: running(["x"], []) })
  changed({ ...seat, running: running(["x"], ["r"]) })
  changed({ ...seat, running: running(["x", "r"], []) })
  hasRoom = false
  changed({ ...seat, running: running(["x", "r"], []) })
  t.same(
    told.map(({ isFull }) => isFull),
    [false, false, false, false, true],
  )
  changed({ toldCluster: "c" })
  t.notOk(told.at(-1)?.isFull, "what is not there lacks no room")
  t.same(
    told.map(({ role }) => role),
    ["none", "none", "learner", "voter", "voter", "none"],
  )
  t.ok(told.every(({ cluster, replica, wish }) => cluster === "c" && replica === "r" && wish === "auto"))
  t.end()
})
