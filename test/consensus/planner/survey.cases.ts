import { margin, survey } from "@conclave/consensus/planner/survey"
import { test } from "tap"
import { id } from "../stage.ts"
import { dead, ELECTION_MS, inputOf, MINUTE_MS, type Scene, silent } from "./scene.ts"

function targetOf(scene: Scene): number {
  return survey(inputOf(scene)).target
}

test("as many shall vote as there are agents for, an odd number, up to the policy", async (t) => {
  t.equal(targetOf({ voters: "a" }), 1)
  t.equal(targetOf({ voters: "a", others: "b" }), 1)
  t.equal(targetOf({ voters: "a", others: "bc" }), 3)
  t.equal(targetOf({ voters: "a", others: "bcdefgh" }), 3)
  t.equal(targetOf({ voters: "abc", others: "d", policy: { seats: 5 } }), 3)
  t.equal(targetOf({ voters: "abc", learners: "d", others: "e", policy: { seats: 5 } }), 5)
})

test("fewer agents are no reason for fewer voters", async (t) => {
  const gone = {
    agents: { b: dead(MINUTE_MS), c: dead(MINUTE_MS) },
    replicas: { b: silent(MINUTE_MS), c: silent(MINUTE_MS) },
  }
  t.equal(targetOf({ voters: "abc", ...gone }), 3)
  t.equal(targetOf({ voters: "abcde", policy: { seats: 3 } }), 5)
})

test("the most urgent goes first: replaced, leaving, dead, unwanted, the longest silent before others", async (t) => {
  const seen = survey(
    inputOf({
      ...{ voters: "abcdefg", policy: { seats: 7 } },
      agents: {
        ...{ b: { wish: "never" }, c: dead(MINUTE_MS), d: dead(2 * MINUTE_MS), e: { isDraining: true } },
        f: { replica: id("F") },
      },
      replicas: { c: silent(MINUTE_MS), d: silent(2 * MINUTE_MS), f: silent(ELECTION_MS) },
    }),
  )
  t.same(
    seen.going.map((each) => each.id),
    [..."fedcb"],
  )
  t.same(
    seen.staying.map((each) => each.id),
    [..."ag"],
  )
})

test("an agent has one replica: who has a seat is no candidate, unless that replica is no more", async (t) => {
  const seen = (c: NonNullable<Scene["agents"]>[string]) =>
    survey(inputOf({ voters: "abc", agents: { c }, replicas: { c: silent(ELECTION_MS) } })).candidates
  t.same(seen(dead(MINUTE_MS)), [])
  t.match(seen({ replica: id("C") }), [{ id: "C", isReturning: true }])
})

test("a learner is warm when it has caught up and may vote", async (t) => {
  const warm = (scene: Partial<Scene>) => survey(inputOf({ voters: "abc", learners: "d", ...scene })).warm.length
  t.equal(warm({}), 1)
  t.equal(warm({ replicas: { d: { isCaughtUp: false } } }), 0)
  t.equal(warm({ agents: { d: { isDegraded: true } } }), 0)
  t.equal(warm({ agents: { d: { replica: id("D") } } }), 0)
  t.equal(warm({ agents: { d: null } }), 0, "gossip knows nothing of it")
})

test("the margin is how many more may fall silent", async (t) => {
  const of = (silentOnes: string) =>
    margin(
      survey(
        inputOf({ voters: "abcde", replicas: Object.fromEntries([...silentOnes].map((each) => [each, silent(9000)])) }),
      ).voters,
    )
  t.same([of(""), of("e"), of("de"), of("cde")], [2, 1, 0, -1])
})
