import { groupId, idIn } from "conclave/node/groups"
import { test } from "tap"

test("a group is found by its name or its number", (t) => {
  t.equal(groupId(7), 7)
  t.equal(groupId("7"), 7)
  t.equal(groupId("root"), 0)
  t.equal(groupId("no-such-group-here"), undefined)
  t.end()
})

test("a line of the file of groups is found by the whole name", (t) => {
  const text = "root:x:0:\norders:x:1007:a,b\nbroken\norders2:x:1008:\nnone:x::\n"
  t.same(
    ["root", "orders", "orders2", "order", "broken", "none", "x"].map((name) => idIn(text, name)),
    [0, 1007, 1008, undefined, undefined, undefined, undefined],
  )
  t.end()
})
