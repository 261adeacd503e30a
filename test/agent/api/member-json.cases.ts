import { byName, timeText } from "conclave/api/member-json"
import { test } from "tap"

test("times are UTC with milliseconds, names are sorted by their bytes", (t) => {
  t.equal(timeText(0), "1970-01-01T00:00:00.000Z")
  const names = ["b", "a", "B", "a-1", "a.1", "a1", "a"].map((name) => ({ name }))
  t.same(
    names.sort(byName).map(({ name }) => name),
    ["B", "a", "a", "a-1", "a.1", "a1", "b"],
  )
  t.end()
})
