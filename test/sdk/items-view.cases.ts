import { ItemsView } from "@conclave/sdk/items-view"
import { MEMBERS } from "@conclave/sdk/member-order"
import type { Member, WatchLine } from "@conclave/sdk/wire.gen"
import { test } from "tap"

const member = (name: string): Member => ({ name, id: `id-${name}` }) as Member
const view = (rev: bigint, names: readonly string[], more = false): WatchLine =>
  ({ type: "view", rev, items: names.map(member), ...(more ? { more } : {}) }) as WatchLine
const put = (rev: bigint, name: string): WatchLine =>
  ({ type: "change", rev, changes: [{ type: "put", item: member(name) }] }) as WatchLine

test("a view counts when its last part has come", (t) => {
  const members = new ItemsView<Member>(MEMBERS)
  let wakes = 0
  const reader = members.addReader(() => wakes++)
  members.take(view(5n, ["b"], true))
  t.same([members.isLoaded, members.rev, wakes], [false, 0n, 0])
  members.take(view(5n, ["a"]))
  t.same([members.isLoaded, members.rev, wakes, reader.reset], [true, 5n, 1, false])
  t.same(
    members.items().map(({ name }) => name),
    ["a", "b"],
  )
  members.take(put(6n, "c"))
  members.take(view(9n, ["x"], true))
  t.same([members.rev, members.items().length], [6n, 3], "the old one stands until then")
  members.restart()
  members.take(view(2n, ["y"]))
  t.same(
    [members.rev, members.items().map(({ name }) => name), reader.reset],
    [2n, ["y"], true],
    "no half of the old one",
  )
  t.same(reader.changes, [])
  t.end()
})

test("progress moves the revision and wakes nobody; a line without one is refused", (t) => {
  const members = new ItemsView<Member>(MEMBERS)
  members.take(view(1n, []))
  let wakes = 0
  members.addReader(() => wakes++)
  members.take({ type: "progress", rev: 4n })
  t.same([members.rev, wakes], [4n, 0])
  t.throws(() => members.take({ type: "view" } as WatchLine), TypeError)
  t.throws(() => members.take({ type: "view", rev: 1n, items: 7 } as never), TypeError)
  t.end()
})

test("1,024 changes are kept for a reader, then it compares views", (t) => {
  const members = new ItemsView<Member>(MEMBERS)
  members.take(view(1n, []))
  const reader = members.addReader(() => {})
  for (let each = 0; each < 1024; each++) members.take(put(2n, `m${each}`))
  t.same([reader.changes.length, reader.reset], [1024, false])
  members.take(put(2n, "one more"))
  t.same([reader.changes.length, reader.reset], [0, true])
  members.removeReader(reader)
  members.take(put(2n, "unseen"))
  t.equal(reader.changes.length, 0)
  t.end()
})
