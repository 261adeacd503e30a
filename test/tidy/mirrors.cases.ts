import { test } from "tap"
import { brokenMirrors } from "./mirrors.ts"
import { codeOf, ownTree } from "./source-tree.ts"

test("every source has its test, and every test is run", (t) => {
  t.same(brokenMirrors(codeOf(ownTree())), [])
  t.end()
})

const WHOLE = [
  { path: "swim/probe.ts", text: "export const a = 1" },
  { path: "test/swim/probe.cases.ts", text: `test("a", () => {})` },
  { path: "test/swim/swim.test.ts", text: `import "./probe.cases.ts"` },
]

test("a source without a test is found, unless it has nothing to test", (t) => {
  t.same(brokenMirrors(WHOLE, {}), [])
  const sources = (text: string) => [...WHOLE, { path: "agent/api/status.ts", text }]
  t.same(brokenMirrors(sources("export const a = 1"), {}), [
    "agent/api/status.ts has no test/agent/api/status.cases.ts",
  ])
  t.same(brokenMirrors(sources("export interface A { readonly a: 1 }"), {}), [])
  t.same(brokenMirrors(sources("export const a = 1"), { "agent/api/status.ts": "a reason" }), [])
  t.end()
})

test("an exception that is none any more is found", (t) => {
  t.same(brokenMirrors(WHOLE, { "swim/probe.ts": "a reason" }), ["swim/probe.ts needs no exception"])
  t.same(brokenMirrors(WHOLE, { "swim/gone.ts": "a reason" }), ["swim/gone.ts needs no exception"])
  t.end()
})

test("cases that no test file imports are found, and cases without a test", (t) => {
  const lost = [...WHOLE, { path: "test/swim/lost.cases.ts", text: `test("b", () => {})` }]
  t.same(brokenMirrors(lost, {}), ["test/swim/lost.cases.ts is run by no test file"])
  const empty = WHOLE.map((each) => (each.path.endsWith("cases.ts") ? { ...each, text: "" } : each))
  t.same(brokenMirrors(empty, {}), ["test/swim/probe.cases.ts tests nothing"])
  t.end()
})
