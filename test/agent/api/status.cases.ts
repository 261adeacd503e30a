import { STATUS } from "conclave/api/objects"
import { status } from "conclave/api/status"
import { test } from "tap"
import { FakeAgent } from "../fake-view.ts"
import { NO_GROUP, outside } from "../outside.ts"

test("ready is every item of readiness; before founding there is no group, and that is said", (t) => {
  const fake = new FakeAgent()
  const show = () => status(fake.view, NO_GROUP, outside())
  t.same(STATUS.strict().parse(show()), show())
  t.match(show(), { ready: true, raft: null, clusterId: null, sessions: 0, grants: 0, encrypted: false })
  t.equal(status({ ...fake.view, warnings: () => [] }, NO_GROUP, outside()).encrypted, true, "nothing warns of it")
  fake.readiness[0] = { name: "join", ok: false, message: "" }
  t.equal(show().ready, false)
  t.end()
})

test("sessions and grants are this agent's own, the group is as this host sees it", (t) => {
  const summary = { role: "leader", leader: "a", term: "3", commitIndex: "9", appliedIndex: "9" } as const
  const raft = { ...summary, voters: 1, votersUp: 1, canLose: 0 }
  const group = { clusterId: () => "c", summary: () => raft }
  const shown = status(new FakeAgent().view, group, { counts: { sessions: 2, grants: 1 } })
  t.match(shown, { clusterId: "c", raft, sessions: 2, grants: 1 })
  t.end()
})
