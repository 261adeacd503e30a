import type { Wall } from "@conclave/consensus"
import { ReplicatedTime } from "conclave/coordination/replicated-time"
import { test } from "tap"

test("a time is what the wall clock showed then, also while the state cannot be asked", (t) => {
  const night = Date.parse("2030-01-01T22:00:00.000Z")
  let walls: readonly Wall[] | undefined = [{ timeMs: 0, wallMs: night }]
  const time = new ReplicatedTime(() => walls)
  t.equal(time.text(1500), "2030-01-01T22:00:01.500Z")
  walls = [...walls, { timeMs: 2000, wallMs: Date.parse("2030-01-02T08:00:00.000Z") }]
  t.equal(time.text(1500), "2030-01-01T22:00:01.500Z", "a night without a quorum moves nothing that was before")
  t.equal(time.text(2000), "2030-01-02T08:00:00.000Z")
  walls = undefined
  t.equal(time.text(3000), "2030-01-02T08:00:01.000Z")
  t.end()
})
