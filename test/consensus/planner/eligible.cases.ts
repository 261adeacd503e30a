import { byRank, ineligibility, unwanted } from "@conclave/consensus/planner/eligible"
import { test } from "tap"
import { agentOf, inputOf, NOW_MS } from "./scene.ts"

const INPUT = inputOf({ voters: "a", others: "b" })

test("an agent with nothing against it may vote", async (t) => {
  t.equal(ineligibility(agentOf("b"), INPUT, false), undefined)
  t.equal(unwanted(agentOf("b"), INPUT), undefined)
})

test("what is measured keeps a newcomer out, not one that returns, and moves nobody who votes", async (t) => {
  const young = agentOf("b", { startedMs: NOW_MS - 10 })
  t.match(ineligibility(young, INPUT, false), /it runs for 10 ms only/)
  t.equal(ineligibility(young, INPUT, true), undefined)
  t.equal(unwanted(young, INPUT), undefined)
  t.match(ineligibility(agentOf("b", { isDegraded: true }), INPUT, true), /degraded/, "sick is not young")
})

test("an agent that has joined no cluster yet may be made a member, one of another may not", async (t) => {
  t.equal(ineligibility(agentOf("b", { cluster: undefined }), INPUT, false), undefined)
  t.match(ineligibility(agentOf("b", { cluster: "other" }), INPUT, false), /another cluster/)
})

test("somebody of another cluster who says yes, or one who left, has no say here", async (t) => {
  for (const changes of [{ cluster: "other" }, { status: "left" as const }]) {
    const input = inputOf({ voters: "a", others: "bc", agents: { c: { wish: "yes", ...changes } } })
    t.equal(unwanted(agentOf("b"), input), undefined)
  }
  const input = inputOf({ voters: "a", others: "bc", agents: { c: { wish: "yes" } } })
  t.match(unwanted(agentOf("b"), input), /only agents that say yes/)
  t.equal(unwanted(agentOf("c", { wish: "yes" }), input), undefined)
})

test("one that has not said so far what it wants is not moved for that, and offers nothing", async (t) => {
  const silent = agentOf("b", { wish: undefined, replica: undefined })
  const input = inputOf({ voters: "a", others: "bc", agents: { c: { wish: "yes" } } })
  for (const each of [INPUT, input]) t.equal(unwanted(silent, each), undefined)
  t.match(ineligibility(silent, INPUT, false), /offers no replica/)
  t.match(unwanted(agentOf("b", { wish: undefined, isDraining: true }), INPUT), /leaving/)
})

test("rank is in steps, and equal ones stand by their id", async (t) => {
  const order = (one: Parameters<typeof byRank>[0], other: Parameters<typeof byRank>[0]) =>
    Math.sign(byRank(one, other, NOW_MS))
  t.equal(order(agentOf("b"), agentOf("c")), -1)
  t.equal(order(agentOf("c"), agentOf("b")), 1)
  t.equal(order(agentOf("b"), agentOf("b")), 0)
  t.equal(order(agentOf("b"), agentOf("c", { wish: "yes" })), 1)
  t.equal(order(agentOf("b"), agentOf("c", { startedMs: 0 })), 1)
  t.equal(order(agentOf("b", { syncP99Ms: 6 }), agentOf("c", { syncP99Ms: 19 })), -1, "both are ordinary disks")
  t.equal(order(agentOf("b", { syncP99Ms: 21 }), agentOf("c", { syncP99Ms: 19 })), 1)
})
