import { showConfig } from "conclave/api/config"
import { test } from "tap"
import { FakeAgent } from "../fake-view.ts"

test("keys come by name, each with its origin, and nothing else", (t) => {
  const items = [
    { key: "zone", value: null, origin: "default" },
    { key: "join", value: ["a"], origin: "flag", secret: "x" },
  ]
  const view = { ...new FakeAgent().view, config: () => items }
  t.same(showConfig(view), {
    items: [
      { key: "join", value: ["a"], origin: "flag" },
      { key: "zone", value: null, origin: "default" },
    ],
  })
  t.end()
})
