import { SNAPSHOT, SNAPSHOT_OPS } from "conclave/api/snapshot-schema"
import { test } from "tap"

test("a saved state is told of with what it is and how it is checked", (t) => {
  const snapshot = { format: 1, path: "-", bytes: 3, sha256: "ab", clusterId: "c", index: "1", term: "2", rev: "3" }
  const whole = { ...snapshot, token: "4", time: "2026-03-01T12:00:00.000Z" }
  t.same(SNAPSHOT.parse(whole), whole)
  t.notOk(SNAPSHOT.safeParse({ ...whole, token: 4 }).success)
  t.end()
})

test("a restore names the cluster that is meant", (t) => {
  const { input } = SNAPSHOT_OPS["snapshot.restore"]
  t.ok(input.safeParse({ confirm: "c" }).success)
  t.notOk(input.safeParse({}).success)
  t.notOk(input.safeParse({ confirm: "c".repeat(65) }).success)
  t.end()
})
