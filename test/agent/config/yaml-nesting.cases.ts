import { tooDeepAt } from "conclave/config/yaml-nesting"
import { readYaml } from "conclave/config/yaml-source"
import { test } from "tap"

test("what is nested as no configuration is refused by its place, whatever nests it, and ends no process", (t) => {
  for (const word of ["[", "{", "- ", "? ", "a: [", '"a": {', "- ? "]) {
    for (const times of [100, 5000]) {
      const text = `name: n1\njoin:\n ${word.repeat(times)}\n`
      t.ok((tooDeepAt(text) ?? 0) > 0, `${times} times ${word}`)
      t.match(readYaml("f", text), { entries: [], problems: [{ line: 3, message: /^is nested over 64 levels deep/ }] })
    }
  }
  t.end()
})

test("its place is where it begins to be too deep", (t) => {
  const text = `name: n1\njoin: ${"[".repeat(100)}\n`
  const offset = tooDeepAt(text) ?? 0
  t.equal(text[offset], "[")
  t.match(readYaml("f", text).problems, [{ line: 2, column: 1 + offset - "name: n1\n".length }])
  t.end()
})

test("what somebody may write is deep enough", (t) => {
  const levels = (count: number): string => `${"[".repeat(count)}1${"]".repeat(count)}`
  t.equal(tooDeepAt(levels(60)), undefined)
  t.equal(tooDeepAt("a:\n b:\n  c:\n   - d: {e: [f]}\n"), undefined)
  t.not(tooDeepAt(levels(70)), undefined)
  t.end()
})
