import { test } from "tap"
import { Stage } from "./stage.ts"

test("a lock goes from one session to the next that waits, in the very entry that releases it", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1)
  t.match(stage.acquire(two, 1), { kind: "queued", position: 1 })
  const applied = stage.apply({ kind: "release", session: one, seq: 2, floor: 0, token })
  t.match(applied.result, { kind: "written", rev: applied.rev })
  t.same(stage.holders("a"), [two])
  const [released, granted] = applied.changes
  t.match(released, { kind: "hold", rev: applied.rev, before: { token }, after: undefined, end: "released" })
  t.match(granted, { kind: "hold", rev: applied.rev, before: { session: two }, after: { token: token + 1 } })
  t.equal(applied.changes.length, 2)
  t.end()
})
