import { HOLD_EVENT, isHoldKind, LOSS } from "conclave/api/hold-objects"
import { test } from "tap"

test("kinds are locks and elections, by these names alone", (t) => {
  for (const kind of ["lock", "election"]) t.ok(isHoldKind(kind))
  for (const kind of ["", "locks", "Lock", "members", "toString"]) t.notOk(isHoldKind(kind))
  t.end()
})

test("each event of a hold has its own fields", (t) => {
  const events = [
    { type: "queued", position: 1, holders: [] },
    { type: "granted", token: "7", rev: "9", validForMs: 10_000 },
    { type: "beat", validForMs: 9000, atBootMs: 5 },
    { type: "revoking", token: "7", by: "ops", reason: "upgrade", deadlineMs: 10_000 },
    { type: "lost", token: "7", reason: "revoked" },
    { type: "released", rev: "10" },
  ]
  for (const event of events) t.same(HOLD_EVENT.parse(event), event)
  t.notOk(HOLD_EVENT.safeParse({ type: "granted", token: 7, rev: "9", validForMs: 1 }).success)
  t.notOk(LOSS.safeParse("bored").success)
  t.end()
})
