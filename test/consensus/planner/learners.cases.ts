import { isStuck, learners } from "@conclave/consensus/planner/learners"
import { survey } from "@conclave/consensus/planner/survey"
import { test } from "tap"
import { id } from "../stage.ts"
import { ELECTION_MS, inputOf, MINUTE_MS, NOW_MS, type Scene, silent } from "./scene.ts"

function wanted(scene: Scene): string | undefined {
  return learners(survey(inputOf(scene)))?.learners.join("")
}

test("as many learners as seats are open, and the standbys of the policy", async (t) => {
  t.equal(wanted({ voters: "a", others: "bcdef" }), "bcd")
  t.equal(wanted({ voters: "a", learners: "b", others: "cdef" }), "bcd")
  t.equal(wanted({ voters: "abc", others: "def", policy: { standbys: 2 } }), "de")
  t.equal(wanted({ voters: "abc", learners: "d", others: "e" }), undefined)
})

test("who comes back has its place before others", async (t) => {
  const scene: Scene = {
    voters: "abc",
    others: "de",
    agents: { c: { replica: id("x") } },
    replicas: { c: silent(ELECTION_MS) },
  }
  t.equal(wanted(scene), "xd")
  t.equal(learners(survey(inputOf(scene)))?.isUrgent, true)
  t.equal(learners(survey(inputOf({ voters: "abc", others: "d" })))?.isUrgent, false)
})

test("of too many those go that have not caught up", async (t) => {
  t.equal(wanted({ voters: "abc", learners: "defg", replicas: { e: { isCaughtUp: false } } }), "df")
  t.equal(wanted({ voters: "a", learners: "bcde" }), undefined, "two are to vote, two stand by")
})

test("a learner is stuck when it is not ready long after it became one, in this reign", async (t) => {
  const stuck = (scene: Partial<Scene>) => {
    const seen = survey(inputOf({ voters: "abc", learners: "d", replicas: { d: { isCaughtUp: false } }, ...scene }))
    return seen.learners.some((each) => isStuck(each, seen))
  }
  const since = new Map([[id("d"), NOW_MS - 11 * MINUTE_MS]])
  t.equal(stuck({}), false)
  t.equal(stuck({ history: { learnersSinceMs: since } }), true)
  t.equal(stuck({ history: { learnersSinceMs: since, settledMs: NOW_MS - 5 * MINUTE_MS } }), false)
  t.equal(stuck({ history: { learnersSinceMs: new Map() } }), false)
  t.equal(stuck({ history: { learnersSinceMs: since }, replicas: {} }), false, "ready is not stuck")
})
