import { alarmsOf } from "@conclave/consensus/planner/alarms"
import { survey } from "@conclave/consensus/planner/survey"
import { test } from "tap"
import { dead, inputOf, MINUTE_MS, NOW_MS, type Scene, silent } from "./scene.ts"

function texts(scene: Scene): readonly string[] {
  return alarmsOf(survey(inputOf(scene))).map(({ text }) => text)
}

test("not fault tolerant is said until three vote and are heard", async (t) => {
  const next = "so the next loss stops everything"
  t.same(texts({ voters: "a", others: "bc" }), [`not fault tolerant: one votes, ${next}`])
  t.same(texts({ voters: "ab", others: "c" }), [`not fault tolerant: two vote, ${next}`, "2 vote, an even number"])
  t.same(texts({ voters: "abc" }), [])
  t.same(texts({ voters: "abc", replicas: { b: silent(5000) } }), [`not fault tolerant: nb silent, ${next}`])
  t.same(texts({ voters: "abcde", replicas: { b: silent(5000) } }), [], "five bear one more")
})

test("a death that nobody can mend is said with its evidence", async (t) => {
  const ms = 11 * MINUTE_MS
  const scene: Scene = { voters: "abcde", agents: { c: dead(ms) }, replicas: { c: silent(ms) } }
  const text =
    "nc is dead to gossip for 11 min and silent to the leader for 11 min, and no standby is warm: it keeps its seat"
  t.same(texts(scene), [text])
  t.same(texts({ ...scene, learners: "f" }), [], "one that can be mended is none")
})

test("of a seat that nobody can take it is said why its host goes", async (t) => {
  const keeps = "nc keeps its seat, which nobody is ready to take yet:"
  t.same(texts({ voters: "abc", agents: { c: { isDraining: true } } }), [`${keeps} it is leaving`])
  t.same(texts({ voters: "abc", removed: "c" }), [`${keeps} an operator has removed its host`])
  t.same(texts({ voters: "abc", removed: "c", learners: "d" }), [], "another takes it")
})

test("of the many that may not vote some are named", async (t) => {
  const young = Object.fromEntries([..."bcdefghijkl"].map((letter) => [letter, { startedMs: NOW_MS }]))
  const [, text = ""] = texts({ voters: "a", others: "bcdefghijkl", agents: young })
  t.match(text, /^3 shall vote, and there are agents for 1; nb may not vote: .*; ni may not vote: [^;]*; and others$/)
})
