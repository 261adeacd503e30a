import { Beliefs } from "@conclave/bench/fleet/beliefs"
import type { Verdict } from "@conclave/bench/fleet/observation"
import { test } from "tap"

function lineOf(observer: string, subject: string, verdict: Verdict, atMs = 0) {
  return { atMs, observer, subject, verdict, initial: false }
}

test("beliefs count the rows that say alive, each pair once", async (t) => {
  const beliefs = new Beliefs()
  for (const verdict of ["alive", "alive", "suspect", "alive", "dead"] as const) {
    beliefs.apply(lineOf("a", "b", verdict))
  }
  t.equal(beliefs.aliveRows, 0)
  beliefs.apply(lineOf("a", "b", "alive", 9))
  beliefs.apply(lineOf("a", "a", "alive", 10))
  t.equal(beliefs.aliveRows, 2)
  t.equal(beliefs.lastAtMs, 10)
  t.equal(beliefs.of("a", "b"), "alive")
  t.equal(beliefs.of("b", "a"), undefined)
})

test("a bare accusation changes no belief", async (t) => {
  const beliefs = new Beliefs()
  beliefs.apply(lineOf("a", "b", "alive", 1))
  beliefs.apply(lineOf("a", "b", "accused", 2))
  t.equal(beliefs.of("a", "b"), "alive")
  t.equal(beliefs.lastAtMs, 1)
})

test("a forgotten observer's rows do not count", async (t) => {
  const beliefs = new Beliefs()
  beliefs.apply(lineOf("a", "b", "alive"))
  beliefs.apply(lineOf("b", "a", "alive"))
  beliefs.forget("a")
  beliefs.forget("nobody")
  t.equal(beliefs.aliveRows, 1)
  t.equal(beliefs.of("a", "b"), undefined)
})
