import { LocalHealth } from "@conclave/swim/local-health"
import fc from "fast-check"
import { test } from "tap"

test("a new member trusts itself", async (t) => {
  const health = new LocalHealth(8)
  t.equal(health.score, 0)
  t.equal(health.stretch, 1)
})

test("the score saturates at both ends", async (t) => {
  const health = new LocalHealth(8)
  health.change(-3)
  t.equal(health.score, 0)
  health.change(3)
  t.equal(health.score, 3)
  t.equal(health.stretch, 4)
  health.change(100)
  t.equal(health.score, 8)
  t.equal(health.stretch, 9)
  health.change(-1)
  t.equal(health.score, 7, "one success is enough to begin to recover")
})

test("a member whose score may not rise keeps its timeouts", async (t) => {
  const health = new LocalHealth(0)
  health.change(5)
  t.equal(health.stretch, 1)
})

test("the score is always in its range", async (t) => {
  fc.assert(
    fc.property(fc.nat(8), fc.array(fc.integer({ min: -20, max: 20 })), (max, changes) => {
      const health = new LocalHealth(max)
      let score = 0
      for (const by of changes) {
        health.change(by)
        score = Math.max(0, Math.min(max, score + by))
        if (health.score !== score) return false
      }
      return true
    }),
  )
  t.pass("after any changes")
})
