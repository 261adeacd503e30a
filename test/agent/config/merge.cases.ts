import { merge, mergedTags, placeOf } from "conclave/config/merge"
import type { Entry } from "conclave/config/problem"
import { test } from "tap"

function entry(key: string, value: unknown, file: string): Entry {
  return { key, value, origin: file, place: { file, line: 1, column: 1 } }
}

test("the last entry of a key wins, tag by tag", (t) => {
  const merged = merge([
    entry("name", "weak", "a"),
    entry("tags", { one: "1", two: "2" }, "a"),
    entry("name", "strong", "b"),
    entry("tags", { two: "zwei", "tags.x": "3" }, "b"),
  ])
  t.equal(merged.get("name")?.value, "strong")
  t.same(mergedTags(merged), { one: "1", two: "zwei", "tags.x": "3" })
  t.equal(placeOf(merged, "tags.one").file, "a")
  t.equal(placeOf(merged, "tags.two").file, "b")
  t.same(placeOf(merged, "zone"), { file: "defaults" })
  t.end()
})
