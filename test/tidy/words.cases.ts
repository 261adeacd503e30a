import { test } from "tap"
import { ownTree } from "./source-tree.ts"
import { strayWords } from "./words.ts"

test("no file tells where it was written, or what is not done", (t) => {
  t.same(strayWords(ownTree()), [])
  t.end()
})

test("a word of the workplace is found", (t) => {
  const found = (text: string) => strayWords([{ path: "docs/a.md", text }]).length
  for (const text of ["see /work/main", "in /root/x", "issues show 3", "helper-2 did", "/tmp/brief", "// TODO: more"])
    t.equal(found(text), 1, text)
  for (const text of ["docs/work/a.md", "the helper", "a path like /working/x"]) t.equal(found(text), 0, text)
  t.end()
})
