import { noCluster, UNFOUNDED } from "conclave/api/no-quorum"
import { httpStatus } from "conclave/api/problem"
import { RAFT_STATUS } from "conclave/api/raft-schema"
import { test } from "tap"

test("outside a cluster nothing was proposed, and asking again may help", (t) => {
  const made = noCluster(false)
  t.match(made, { code: "NO_QUORUM", outcome: "not-applied", retryable: true, details: { up: 0, needed: 1 } })
  t.match(made, { hint: /^conclave raft bootstrap/ })
  t.match(noCluster(true), { code: "NO_QUORUM", hint: /^conclave status/ }, "others are not overtaken")
  t.equal(httpStatus(made), 503)
  t.same(RAFT_STATUS.strict().parse(UNFOUNDED), UNFOUNDED)
  t.end()
})
