import { leavingOf, planVoters, successorOf } from "@conclave/consensus"
import { test } from "tap"
import { at, id } from "../stage.ts"
import { dead, inputOf, type Scene, silent } from "./scene.ts"

const LEAVING = { isDraining: true }

function leaving(letter: string, scene: Scene): string {
  return leavingOf(`agent-${letter}`, inputOf({ ...scene, agents: { ...scene.agents, [letter]: LEAVING } }))
}

test("a voter may go where somebody could take its seat: a learner, or an agent that could become one", (t) => {
  t.equal(leaving("B", { voters: "ABC" }), "needed")
  t.equal(leaving("A", { voters: "A" }), "needed")
  t.equal(leaving("B", { voters: "ABC", learners: "D" }), "replaceable")
  t.equal(leaving("B", { voters: "ABC", others: "D" }), "replaceable")
  t.equal(leaving("B", { voters: "ABC", others: "D", agents: { D: { wish: "never" } } }), "needed")
  t.equal(leaving("B", { voters: "ABC", learners: "D", agents: { D: LEAVING } }), "needed", "it leaves, too")
  t.equal(leaving("B", { voters: "AB" }), "replaceable", "an even number bears no loss anyway")
  t.end()
})

test("a learner may go, and who has no seat has none to give up", (t) => {
  t.equal(leaving("D", { voters: "ABC", learners: "D" }), "replaceable")
  t.equal(leaving("D", { voters: "ABC", others: "D" }), "none")
  t.end()
})

test("a leader that goes hands over to the longest log of those that stay, and to nobody who led before it", (t) => {
  const heir = (scene: Partial<Scene>, ...besides: string[]) =>
    successorOf(inputOf({ voters: "ABC", learners: "D", ...scene }), new Set(besides.map(id)))
  const longer = { replicas: { C: { match: at(12) } } }
  t.equal(heir(longer), "C")
  t.equal(heir(longer, "C"), "B")
  t.equal(heir({ ...longer, agents: { C: LEAVING } }), "B", "who goes, too, would only pass it on")
  t.equal(heir({ ...longer, replicas: { C: silent(5000) } }), "B")
  t.equal(heir({ agents: { A: LEAVING, B: LEAVING } }, "C"), undefined, "it goes from the lead")
  t.end()
})

test("who leaves is replaced at once, also in a young reign, after a change, and when it is dead already", (t) => {
  const history = {
    settledMs: inputOf({ voters: "ABC" }).nowMs - 100,
    changedMs: inputOf({ voters: "ABC" }).nowMs - 50,
  }
  const scene = { voters: "ABC", learners: "D", history }
  t.match(planVoters(inputOf({ ...scene, agents: { B: LEAVING } })), {
    ...{ kind: "change", reason: "leave" },
    voters: [id("A"), id("C"), id("D")],
  })
  const gone = { agents: { B: { ...dead(1000), isDraining: true } }, replicas: { B: silent(5000) } }
  t.match(planVoters(inputOf({ ...scene, ...gone })), { kind: "change", reason: "leave" })
  const newcomer = { ...scene, learners: "", others: "D" }
  t.match(planVoters(inputOf({ ...newcomer, agents: { B: LEAVING } })), { kind: "change", learners: [id("D")] })
  t.match(planVoters(inputOf(newcomer)), { kind: "nothing" }, "without a leaver it has time")
  t.end()
})

test("of an even number who leaves goes at once; one whose voters all stay has time", (t) => {
  const { nowMs } = inputOf({ voters: "A" })
  const scene = { voters: "ABCD", history: { settledMs: nowMs - 100, changedMs: nowMs - 50 } }
  t.match(planVoters(inputOf({ ...scene, agents: { C: LEAVING } })), {
    ...{ kind: "change", reason: "even" },
    voters: [id("A"), id("B"), id("D")],
  })
  t.match(planVoters(inputOf(scene)), { kind: "nothing" })
  t.end()
})
