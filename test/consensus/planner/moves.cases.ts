import { even, grow, replace, shrink, spread } from "@conclave/consensus/planner/moves"
import { survey } from "@conclave/consensus/planner/survey"
import { test } from "tap"
import { dead, inputOf, MINUTE_MS, type Scene, silent } from "./scene.ts"

function seen(scene: Scene): ReturnType<typeof survey> {
  return survey(inputOf(scene))
}

test("a group at rest gives no move of any kind", async (t) => {
  for (const make of [grow, even, replace, shrink, spread])
    t.equal(make(seen({ voters: "abc", learners: "d" })), undefined)
})

test("growth takes the place of those who should go in the same change", async (t) => {
  const move = grow(seen({ voters: "a", learners: "bcd", agents: { a: { wish: "never" } } }))
  t.same(
    move?.voters.map(({ id }) => id),
    [..."bcd"],
  )
  t.same(move?.because, ["3 shall vote, and nb and nc and nd have caught up", "na goes: it is not to vote"])
})

test("only what cannot come back by itself is urgent", async (t) => {
  const urgent = (scene: Scene) => replace(seen(scene))?.isUrgent
  t.equal(urgent({ voters: "abc", learners: "d", agents: { c: { isDraining: true } } }), true)
  t.equal(urgent({ voters: "abc", learners: "d", agents: { c: { wish: "never" } } }), false)
  const gone = { agents: { c: dead(MINUTE_MS) }, replicas: { c: silent(MINUTE_MS) } }
  t.equal(urgent({ voters: "abc", learners: "d", ...gone }), false)
})

test("a voter that is moved for the spread or the count stays as a learner, one that must go does not", async (t) => {
  t.same(even(seen({ voters: "ab" }))?.learners, ["b"])
  const never = { b: { wish: "never" } } as const
  t.same(even(seen({ voters: "ab", agents: never }))?.learners, [])
  const hosts = { a: { host: "1" }, b: { host: "1" } }
  t.same(spread(seen({ voters: "abc", learners: "d", agents: hosts }))?.learners, ["b"])
  t.same(replace(seen({ voters: "abc", learners: "d", agents: never }))?.learners, [])
})

test("without gossip an even group stays as it is", async (t) => {
  t.equal(even(seen({ voters: "ab", agents: { a: null, b: null } })), undefined)
})

test("of an even group it is the removed host that goes, also where gossip has forgotten it", async (t) => {
  const move = even(seen({ voters: "abcd", removed: "b", agents: { b: null }, replicas: { b: silent(MINUTE_MS) } }))
  t.same(
    move?.voters.map(({ id }) => id),
    [..."acd"],
  )
})

test("shrinking takes those whose host was removed, too: nobody will hear of them again", async (t) => {
  const gone = dead(20 * MINUTE_MS)
  const silence = { b: silent(20 * MINUTE_MS), c: silent(20 * MINUTE_MS) }
  const seenAs = (agents: NonNullable<Scene["agents"]>, removed: string) =>
    shrink(seen({ voters: "abcde", policy: { seats: 5 }, removed, agents, replicas: silence }))?.voters.length
  t.equal(seenAs({ b: gone, c: gone }, ""), 3)
  t.equal(seenAs({ b: gone, c: gone }, "b"), 3)
  t.equal(seenAs({ b: { ...gone, status: "left" }, c: null }, "bc"), 3)
  t.equal(seenAs({ b: gone, c: { isDraining: true } }, ""), undefined, "who is there yet is not shrunk away")
})

test("shrinking takes the two that were silent longest", async (t) => {
  const [long, short] = [60 * MINUTE_MS, 20 * MINUTE_MS]
  const move = shrink(
    seen({
      ...{ voters: "abcdefg", policy: { seats: 7 } },
      agents: { b: dead(short), c: dead(long), d: dead(long) },
      replicas: { b: silent(short), c: silent(long), d: silent(long) },
    }),
  )
  t.same(
    move?.voters.map(({ id }) => id),
    [..."abefg"],
  )
})
