import { byName, timeText } from "conclave/api/member-json"
import { test } from "tap"

test("times are UTC with milliseconds, members are sorted by the bytes of their names, then by id", (t) => {
  t.equal(timeText(0), "1970-01-01T00:00:00.000Z")
  const texts = ["b x", "a z", "B x", "a-1 x", "a.1 x", "a1 x", "a y"]
  const members = texts.map((text) => ({ name: text.slice(0, -2), id: text.slice(-1) }))
  t.same(
    members.sort(byName).map(({ name, id }) => `${name} ${id}`),
    ["B x", "a y", "a z", "a-1 x", "a.1 x", "a1 x", "b x"],
  )
  t.end()
})
