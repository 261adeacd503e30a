import { test } from "tap"
import { poorNames } from "./names.ts"
import { ownTree } from "./source-tree.ts"

test("every file and folder is named after a thing", (t) => {
  t.same(poorNames(ownTree()), [])
  t.end()
})

test("a drawer for everything is refused, and a name in another case", (t) => {
  const named = (path: string) => poorNames([{ path, text: "" }]).length
  t.equal(named("agent/utils/time.ts"), 1)
  t.equal(named("swim/helpers.ts"), 1)
  t.equal(named("common/a.md"), 1)
  t.equal(named("swim/memberTable.ts"), 1)
  t.equal(named("swim/member_table.ts"), 1)
  t.equal(named("swim/member-table.ts"), 0)
  t.equal(named("test/swim/member-table.cases.ts"), 0)
  t.end()
})
