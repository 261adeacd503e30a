import { test } from "tap"
import { LINE_CHARACTERS_MAX, spreadLiterals, tooWide } from "./layout.ts"
import { codeOf, ownTree } from "./source-tree.ts"

test("no comment is too wide, and no object is put together of literals", (t) => {
  t.same([...tooWide(codeOf(ownTree())), ...spreadLiterals(codeOf(ownTree()))], [])
  t.end()
})

test("a comment is refused one character beyond the limit, and nothing else is", (t) => {
  const file = (begin: string, characters: number) => [{ path: "swim/wide.ts", text: begin.padEnd(characters, "é") }]
  for (const begin of ["// ", "  // ", "/** ", " * ", "   * "]) {
    t.same(tooWide(file(begin, LINE_CHARACTERS_MAX)), [], begin)
    t.same(tooWide(file(begin, LINE_CHARACTERS_MAX + 1)), ["swim/wide.ts:1 is too wide"], begin)
  }
  t.same(tooWide(file('const a = "', 200)), [])
  t.end()
})

test("a literal that is spread into another is found; a choice and a copy are none", (t) => {
  const found = (path: string, text: string) => spreadLiterals([{ path, text }])
  t.same(found("swim/a.ts", "const a = {\n  ...{ b: 1 },\n}"), ["swim/a.ts:2 spreads a literal"])
  t.same(found("swim/a.ts", "const a = { ...b, ...(c ? {} : { d }) }"), [])
  t.same(found("test/swim/a.cases.ts", "const a = { ...{ b: 1 } }"), [])
  t.end()
})
