import { fitted, footer } from "conclave/cli/dev/screen"
import { test } from "tap"

test("the live view fits any terminal: the oldest lines of the log give way first", (t) => {
  const head = ["title", "n1", "n2"]
  const log = ["one", "two", "three"]
  t.same(fitted(head, log, ["keys"], 24), ["title", "n1", "n2", "", "one", "two", "three", "", "keys"])
  t.same(fitted(head, log, ["keys"], 7), ["title", "n1", "n2", "", "three", "", "keys"])
  t.same(fitted(head, log, ["keys"], 6), ["title", "n1", "n2", "", "", "keys"])
  t.same(fitted(head, log, ["keys"], 2), ["title", "n1"])
  t.end()
})

test("the live view names the command as it is known where it was started", (t) => {
  t.match(footer({}).join("\n"), /: eval \$\(conclave dev env n1\); conclave members$/)
  t.match(footer({ npm_lifecycle_event: "start" }).join("\n"), /eval \$\(npx conclave dev env n1\)/)
  t.end()
})
