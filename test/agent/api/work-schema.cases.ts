import { WORK_OPS } from "conclave/api/work-schema"
import { test } from "tap"

test("payloads of 64 KiB and checkpoints of 4 KiB are taken, and one byte more is not", (t) => {
  const { input: put } = WORK_OPS["work.put"]
  t.ok(put.safeParse({ name: "p", item: "x", payload: "x".repeat(64 * 1024 - 2) }).success)
  t.notOk(put.safeParse({ name: "p", item: "x", payload: "x".repeat(64 * 1024 - 1) }).success)
  const { input: checkpoint } = WORK_OPS["work.checkpoint"]
  t.ok(checkpoint.safeParse({ name: "p", item: "x", token: "1", value: "x".repeat(4094) }).success)
  t.notOk(checkpoint.safeParse({ name: "p", item: "x", token: "1", value: "x".repeat(4095) }).success)
  t.notOk(checkpoint.safeParse({ name: "p", item: "x", token: "1" }).success, "a value is needed")
  t.end()
})

test("settings and weights have bounds", (t) => {
  const { input: configure } = WORK_OPS["work.configure"]
  for (const right of [
    {},
    { partitions: 0 },
    { partitions: 50_000 },
    { spread: "zone" },
    { maxAttempts: 1, ifRev: "0" },
  ])
    t.ok(configure.safeParse({ name: "p", ...right }).success, JSON.stringify(right))
  for (const wrong of [
    { partitions: 50_001 },
    { partitions: 1.5 },
    { spread: "rack" },
    { maxAttempts: 0 },
    { restartGraceMs: -1 },
  ])
    t.notOk(configure.safeParse({ name: "p", ...wrong }).success, JSON.stringify(wrong))
  const { input: put } = WORK_OPS["work.put"]
  for (const weight of [1, 1_000_000]) t.ok(put.safeParse({ name: "p", item: "x", weight }).success)
  for (const weight of [0, 1_000_001, 0.5]) t.notOk(put.safeParse({ name: "p", item: "x", weight }).success)
  t.notOk(put.safeParse({ name: "p", item: "-x" }).success)
  t.end()
})
