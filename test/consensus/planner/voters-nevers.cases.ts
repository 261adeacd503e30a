import { planVoters, type VoterInput, type VoterPlan } from "@conclave/consensus"
import { test } from "tap"
import { id } from "../stage.ts"
import { dead, inputOf, MINUTE_MS, NOW_MS, type Scene, silent } from "./scene.ts"

/**
 * What gossip may never decide, one by one. Those that are no affair of the planner are enforced where they arise, and
 * shown over whole agents in `simulator/nevers`: 2 (who leads, in which term): the core takes own evidence alone
 * (`leaderGone`), and the votes decide; 3 (commit, cuts, snapshots): the core has no input for gossip; 4 (expiry): the
 * machine, by logged commands; 5 (founding): the agent, which refuses while any cluster id was ever seen.
 */

const LONG_MS = 100 * MINUTE_MS

function plan(scene: Scene): VoterPlan {
  return planVoters(inputOf(scene))
}

function votersOf(scene: Scene): string {
  const planned = plan(scene)
  return planned.kind === "change" ? planned.voters.join("") : scene.voters
}

test("never 1: gossip alone changes neither the voters nor the size of a quorum", async (t) => {
  for (const agents of [
    { c: dead(LONG_MS) },
    { b: dead(LONG_MS), c: dead(LONG_MS) },
    { c: { status: "left", statusSinceMs: 0 } },
    { c: null },
    { a: null, b: null, c: null },
    { c: { replica: id("C") } },
    { c: { replica: undefined } },
  ] as const) {
    t.equal(votersOf({ voters: "abc", learners: "d", agents }), "abc", JSON.stringify(agents))
  }
  t.equal(votersOf({ voters: "abc", others: "defgh" }), "abc", "nor do newcomers become voters because they are seen")
})

test("never 2: a plan names members, nothing about who leads", async (t) => {
  const planned = plan({ voters: "abc", learners: "d", agents: { a: dead(LONG_MS) } })
  t.equal(planned.kind, "nothing", "the leader that gossip calls dead is the one that asks")
  t.same(Object.keys(plan({ voters: "a", others: "b" })).sort(), [
    "alarms",
    "because",
    "kind",
    "learners",
    "reason",
    "voters",
  ])
})

test("never 6: that a replica is the same as before is not believed: a new id begins as a learner without a vote", async (t) => {
  const back: Scene = { voters: "abc", agents: { c: { replica: id("C") } }, replicas: { c: silent(LONG_MS) } }
  const planned = plan(back)
  t.match(planned, { kind: "change", voters: [..."abc"], learners: ["C"] })
  const behind = { ...back, learners: "C", agents: { c: null, C: { agent: "agent-c" } } }
  const replicas = { c: silent(LONG_MS), C: { isCaughtUp: false } }
  t.equal(votersOf({ ...behind, replicas }), "abc", "and gets its vote when the log says that it has caught up")
})

test("never 7: that few are seen does not lower the number of voters", async (t) => {
  const gone = (letters: string): Scene => ({
    voters: "abc",
    agents: Object.fromEntries([...letters].map((each) => [each, dead(LONG_MS)])),
    replicas: Object.fromEntries([...letters].map((each) => [each, silent(LONG_MS)])),
  })
  for (const letters of ["b", "c", "bc"]) t.equal(votersOf(gone(letters)), "abc", letters)
  t.equal(votersOf({ voters: "abcde", policy: { seats: 3 } }), "abcde")
})

test("never 8: an agent of another cluster is no candidate, speaks for nobody and has no say", async (t) => {
  t.equal(plan({ voters: "abc", others: "d", agents: { d: { cluster: "other" } } }).kind, "nothing")
  const claims = { agent: "agent-x", cluster: "other", replica: id("b"), isDraining: true }
  t.equal(votersOf({ voters: "abc", learners: "d", others: "x", agents: { x: claims } }), "abc")
  t.equal(votersOf({ voters: "abc", learners: "d", others: "x", agents: { x: { ...claims, wish: "yes" } } }), "abc")
})

test("never 9: suspicion alone takes nobody's seat, however long, and even when the leader hears nothing either", async (t) => {
  const scene: Scene = {
    ...{ voters: "abc", learners: "d", replicas: { c: silent(LONG_MS) } },
    agents: { c: { status: "suspect", statusSinceMs: 0 } },
  }
  t.equal(plan(scene).kind, "nothing")
})

test("never 10: a version that gossip tells of switches nothing on; it only keeps out who does not know what is on", async (t) => {
  const newer = { featureMin: 1, featureMax: 9 }
  const scene: Scene = { voters: "abc", agents: { a: newer, b: newer, c: newer } }
  t.equal(plan(scene).kind, "nothing")
  const old = { featureMin: 1, featureMax: 1 }
  t.equal(
    votersOf({ voters: "abc", learners: "d", featureLevel: 2, agents: { a: old, b: old, c: old, d: old } }),
    "abc",
  )
  t.equal(plan({ voters: "abc", others: "d", featureLevel: 2, agents: { d: old } }).kind, "nothing")
})

test("and losing gossip altogether changes nothing", async (t) => {
  const blind: VoterInput = { ...inputOf({ voters: "abc", learners: "d" }), agents: [] }
  t.equal(planVoters(blind).kind, "nothing")
  const silentToo = inputOf({ voters: "abc", learners: "d", replicas: { c: silent(LONG_MS) } })
  t.equal(planVoters({ ...silentToo, agents: [] }).kind, "nothing", `at ${NOW_MS}`)
})
