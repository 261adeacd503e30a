import { obstacleOf } from "conclave/cli/hold/wait-notice"
import { test } from "tap"

const SEAT = { id: "", addr: "", matchIndex: null, lag: null, lastContactMs: null }

function group(more: Partial<Parameters<typeof obstacleOf>[0]>): Parameters<typeof obstacleOf>[0] {
  return { term: 4n, leader: null, commitIndex: 1n, appliedIndex: 1n, quorum: 2, canLose: 0, items: [], ...more }
}

test("nothing is in the way where somebody leads", (t) => {
  t.equal(obstacleOf(group({ leader: "a" })), undefined)
  t.end()
})

test("before the founding that is said, and how a cluster is founded", (t) => {
  t.match(obstacleOf(group({ term: 0n, quorum: 0 })), { why: /not founded/, next: /conclave raft bootstrap/ })
  t.end()
})

test("without a quorum it is said who is away", (t) => {
  const items = [
    { ...SEAT, name: "a", role: "voter", up: true },
    { ...SEAT, name: "b", role: "voter", up: false },
    { ...SEAT, name: "c", role: "voter", up: false },
    { ...SEAT, name: "d", role: "learner", up: true },
  ] as const
  const said = obstacleOf(group({ items }))
  t.match(said, {
    why: "nobody leads: 1 of 3 voters are up, and 2 are needed (not b, c)",
    next: "conclave raft status",
  })
  t.end()
})
