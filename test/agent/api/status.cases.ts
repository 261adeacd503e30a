import { STATUS } from "conclave/api/objects"
import { status } from "conclave/api/status"
import { test } from "tap"
import { FakeAgent } from "../fake-view.ts"

test("ready is every item of readiness; there is no Raft yet, and that is said", (t) => {
  const fake = new FakeAgent()
  t.same(STATUS.strict().parse(status(fake.view)), status(fake.view))
  t.match(status(fake.view), { ready: true, raft: null, clusterId: null, sessions: 0, grants: 0, encrypted: false })
  fake.readiness[0] = { name: "join", ok: false, message: "" }
  t.equal(status(fake.view).ready, false)
  t.end()
})
