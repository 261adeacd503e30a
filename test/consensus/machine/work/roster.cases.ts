import { Roster } from "@conclave/consensus"
import { test } from "tap"
import { PoolStage } from "./pool.ts"

test("of many workers those are looked at anew that something has changed of, so many at once", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 4 })
  const members = [1, 2, 3, 4, 5].map((number) => stage.join(number, { id: `w${number}` }))
  const roster = new Roster("p")
  t.ok(stage.machine.review(roster, 3), "there are more")
  t.equal(roster.size, 3)
  t.notOk(stage.machine.review(roster, 3))
  t.equal(roster.size, 5)
  const before = new Map([...roster.workers].map((each) => [each.id, each]))
  const { changes } = stage.apply({
    kind: "workAssign",
    pool: "p",
    moves: [{ item: "0", to: members[1], token: undefined, reason: "test" }],
  })
  for (const change of changes) roster.changed(change)
  t.notOk(stage.machine.review(roster, 1))
  const after = [...roster.workers]
  t.strictSame(
    after.filter((each) => before.get(each.id) !== each).map(({ id, used }) => [id, used]),
    [["w2", 1]],
  )
  t.end()
})

test("a worker whose session is asked back takes nothing, and where places are others all are looked at anew", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1, spread: "zone" })
  const member = stage.join(1, { id: "a" })
  stage.give("0", member)
  const roster = new Roster("p")
  const tell = (command: Parameters<PoolStage["apply"]>[0]): void => {
    for (const change of stage.apply(command).changes) roster.changed(change)
    while (stage.machine.review(roster, 1));
  }
  tell({ kind: "tick" })
  t.match(roster.taker("a"), { place: "" })
  const rest = { partitions: undefined, handoffTimeoutMs: undefined, restartGraceMs: undefined, maxAttempts: undefined }
  tell({ kind: "workConfigure", request: undefined, pool: "p", config: { ...rest, spread: "host" }, ifRev: undefined })
  t.not(roster.taker("a")?.place, "")
  tell({ kind: "revoke", what: { kind: "session", id: member.session }, graceMs: 1000, by: "b", reason: "r" })
  t.equal(roster.taker("a"), undefined)
  t.match([...roster.workers], [{ id: "a", isLeaving: true }])
  tell({ kind: "end", session: member.session, of: undefined, cause: "closed", isGone: true })
  t.equal(roster.size, 0)
  t.end()
})
