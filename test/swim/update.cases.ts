import { generation, incarnation, millis } from "@conclave/base"
import { MemberTable } from "@conclave/swim/member-table"
import { rowUpdates, stateUpdate } from "@conclave/swim/update"
import { test } from "tap"
import { accuser, gone, recordOf, suspect } from "./stage.ts"

test("a row says its state, a suspect is described before it is accused", async (t) => {
  const table = new MemberTable(recordOf(0), millis(0))
  const row = table.admit(recordOf(1), "alive", millis(0))
  const stands = (state: "suspect" | "dead" | "left") => ({
    state,
    generation: generation(1),
    incarnation: incarnation(2),
  })
  const described = { kind: "alive", record: recordOf(1) }
  t.same(rowUpdates(table, row, 5), [described])
  table.setAccusers(row, [accuser(2)])
  table.write(row, stands("suspect"), millis(10))
  t.same(rowUpdates(table, row, 15), [described, suspect(1, [2], 2)])
  table.write(row, stands("dead"), millis(20))
  t.same(rowUpdates(table, row, 50), [gone("dead", 1, { counter: 2, ageMs: 30, by: 2 })])
  table.setAccusers(row, [])
  table.write(row, stands("left"), millis(60))
  t.same(stateUpdate(table, row, 60, true), gone("left", 1, { counter: 2, prune: true }))
})
