import { test } from "tap"
import { World } from "./world.ts"

const SEEDS = 60
const FAULTS_MS = 60_000
const CALM_MS = 30_000

test("grants of different holders never overlap, whatever clocks, pauses and networks do", (t) => {
  const sums = { grants: 0, expired: 0, cuts: 0, pauses: 0, aborts: 0 }
  for (let seed = 1; seed <= SEEDS; seed++) {
    const world = new World(seed)
    world.run(FAULTS_MS, true)
    t.same(world.problems, [], `seed ${seed}`)
    for (const { grants } of world.applications) sums.grants += grants
    sums.expired += world.service.expired
    sums.cuts += world.cuts
    sums.pauses += world.pauses
    sums.aborts += world.aborts
    if (world.problems.length > 0) break
  }
  // A run in which nothing happened has shown nothing.
  for (const [what, sum] of Object.entries(sums)) t.ok(sum > SEEDS * 2, `${what}: ${sum}`)
  t.end()
})

test("when the faults are over, everything that was let go of is given back, and the lock can be had", (t) => {
  for (let seed = 1; seed <= SEEDS / 2; seed++) {
    const world = new World(seed)
    world.run(FAULTS_MS / 4, true)
    for (const each of world.applications) each.abort()
    for (const each of world.applications) each.release()
    world.run(CALM_MS, false)
    for (const each of world.applications) {
      each.abort()
      each.release()
    }
    world.run(CALM_MS, false)
    t.same([world.service.entries.length, world.problems], [0, []], `seed ${seed}`)
    for (const each of world.applications) {
      const before = each.grants
      each.want(Number.POSITIVE_INFINITY)
      world.run(CALM_MS, false)
      t.equal(each.grants, before + 1, `seed ${seed}`)
      each.release()
      world.run(CALM_MS, false)
    }
  }
  t.end()
})
