import { test } from "tap"
import { brokenLinks, namedButGone, wrongTree } from "./documents.ts"
import { ownTree } from "./source-tree.ts"

const SOURCES = ownTree()

test("every link of a document leads somewhere", (t) => {
  t.same(brokenLinks(SOURCES), [])
  t.end()
})

test("the tree in the README is the tree of folders", (t) => {
  t.same(wrongTree(SOURCES), [])
  t.end()
})

test("every path that a document names is there", (t) => {
  t.same(namedButGone(SOURCES), [])
  t.end()
})

test("a link to no file, no folder or no heading is found", (t) => {
  const tree = (text: string) => [
    { path: "README.md", text: "# A title, it is\n" },
    { path: "docs/a.md", text },
  ]
  for (const good of ["[a](../README.md)", "[a](../docs)", "[a](../README.md#a-title-it-is)", "[a](https://x.y/z)"])
    t.same(brokenLinks(tree(good)), [], good)
  for (const bad of ["[a](README.md)", "[a](../doc)", "[a](../README.md#a-tale)", "![a](b.png)"])
    t.equal(brokenLinks(tree(bad)).length, 1, bad)
  t.same(brokenLinks(tree("`[a](b)` and\n```\n[a](b)\n```\n")), [], "code is no link")
  t.end()
})

test("a folder that the README does not show is found, and the other way round", (t) => {
  const readme = { path: "README.md", text: "```\nbase/    words\nswim/    who is alive\n```\n" }
  const base = { path: "base/ids.ts", text: "" }
  const swim = { path: "swim/probe.ts", text: "" }
  t.same(wrongTree([readme, base, swim, { path: ".ci/run", text: "" }]), [])
  t.equal(wrongTree([readme, base]).length, 1)
  t.equal(wrongTree([readme, base, swim, { path: "sdk/client.ts", text: "" }]).length, 1)
  t.end()
})

test("a path that is no more is found in a document", (t) => {
  const code = { path: "swim/probe.ts", text: "" }
  t.same(namedButGone([code, { path: "docs/a.md", text: "`swim/probe.ts`, `swim/probe`, `swim/`" }]), [])
  t.equal(namedButGone([code, { path: "docs/a.md", text: "`swim/prober.ts`" }]).length, 1)
  t.end()
})
