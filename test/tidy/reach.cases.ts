import { test } from "tap"
import { deadFiles } from "./reach.ts"
import { codeOf, ownTree } from "./source-tree.ts"

test("no file is dead", (t) => {
  t.same(deadFiles(codeOf(ownTree())), [])
  t.end()
})

test("a file that nobody imports is found, and one that only tests import", (t) => {
  const sources = [
    { path: "setup.mjs", text: `run("agent/dist/main.js")` },
    {
      path: "agent/main.ts",
      text: `import { a } from "./used.ts"\nspawn(new URL("./node/child.js", import.meta.url))`,
    },
    { path: "agent/used.ts", text: `export const a = (await import("@conclave/swim/core")).core` },
    { path: "agent/node/child.ts", text: "" },
    { path: "swim/core.ts", text: "" },
    { path: "agent/for-tests.ts", text: "" },
    { path: "agent/lost.ts", text: `import { a } from "./used.ts"` },
    { path: "test/agent/agent.test.ts", text: `import { b } from "conclave/for-tests"` },
  ]
  t.same(deadFiles(sources), ["agent/for-tests.ts is reached by tests alone", "agent/lost.ts is reached by nothing"])
  t.end()
})
