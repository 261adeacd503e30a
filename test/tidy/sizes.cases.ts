import { test } from "tap"
import { FILE_LINES_MAX, FUNCTION_LINES_MAX, tooLarge } from "./sizes.ts"
import { codeOf, ownTree } from "./source-tree.ts"

test("no file and no function is too large", (t) => {
  t.same(tooLarge(codeOf(ownTree())), [])
  t.end()
})

test("a file is refused one line beyond its limit", (t) => {
  const file = (lines: number) => [{ path: "swim/large.ts", text: "\n".repeat(lines) }]
  t.equal(tooLarge(file(FILE_LINES_MAX)).length, 0)
  t.equal(tooLarge(file(FILE_LINES_MAX + 1)).length, 1)
  t.end()
})

test("a function, method or arrow is refused one line beyond its limit", (t) => {
  const shapes = [
    (body: string) => `function large() {${body}}`,
    (body: string) => `class Large {\n  method() {${body}}\n}`,
    (body: string) => `const large = () => {${body}}`,
  ]
  for (const shape of shapes) {
    const file = (lines: number) => [{ path: "swim/large.ts", text: shape("\n".repeat(lines - 1)) }]
    t.equal(tooLarge(file(FUNCTION_LINES_MAX)).length, 0)
    t.equal(tooLarge(file(FUNCTION_LINES_MAX + 1)).length, 1)
  }
  t.end()
})
