import { test } from "tap"
import { circles } from "./circles.ts"
import { codeOf, ownTree } from "./source-tree.ts"

test("no files import each other in a loop", (t) => {
  t.same(circles(codeOf(ownTree())), [])
  t.end()
})

test("a loop is found, by way of a third file and of types, too", (t) => {
  const sources = [
    { path: "agent/a.ts", text: `import { b } from "./b.ts"\nimport { d } from "./d.ts"` },
    { path: "agent/b.ts", text: `import type { C } from "./c.ts"` },
    { path: "agent/c.ts", text: `export const a = await import("./a.ts")` },
    { path: "agent/d.ts", text: `import { e } from "./e.ts"` },
    { path: "agent/e.ts", text: "" },
    { path: "agent/f.ts", text: `import { d } from "./d.ts"\nimport { c } from "./c.ts"` },
    { path: "swim/g.ts", text: `import { h } from "@conclave/swim/h"` },
    { path: "swim/h.ts", text: `import { g } from "./g.ts"` },
    { path: "test/sim/i.ts", text: `import { j } from "./j.ts"` },
    { path: "test/sim/j.ts", text: `import { i } from "./i.ts"` },
  ]
  t.same(circles(sources), ["agent/a.ts ↔ agent/b.ts ↔ agent/c.ts", "swim/g.ts ↔ swim/h.ts"])
  t.end()
})
