import { ItemsView } from "@conclave/sdk/items-view"
import { MEMBERS } from "@conclave/sdk/member-order"
import type { Member } from "@conclave/sdk/wire.gen"
import { test } from "tap"

const member = (name: string): Member => ({ name, id: `id-${name}` }) as Member

test("of two members that share a name, a dead and its successor, the order is always the same", (t) => {
  const two = [
    { ...member("a"), id: "2" },
    { ...member("a"), id: "1" },
  ]
  for (const items of [two, [...two].reverse()]) {
    const members = new ItemsView<Member>(MEMBERS)
    members.take({ type: "view", rev: 1n, items })
    t.same(
      members.items().map(({ id }) => id),
      ["1", "2"],
    )
  }
  t.end()
})
