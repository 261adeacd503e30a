import { HOLD_KINDS } from "conclave/api/hold-objects"
import { test } from "tap"
import { WatchStage } from "./watch-stage.ts"

test("there is a scope for each kind of holds, for entries and for items, the same one each time, and for nothing else", (t) => {
  const { scopeOf } = new WatchStage()
  for (const kind of [...HOLD_KINDS, "kv", "items"]) t.ok(scopeOf(kind), kind)
  for (const kind of HOLD_KINDS) t.not(scopeOf(kind, "holder"), scopeOf(kind))
  for (const kind of ["kv", "items", "members"]) t.equal(scopeOf(kind, "holder"), undefined, kind)
  for (const kind of ["thing", "members", "toString", ""]) t.equal(scopeOf(kind), undefined, kind)
  t.end()
})
