import { formatProblems } from "conclave/config/problem"
import { test } from "tap"

test("problems are lines of place, key and message", (t) => {
  t.equal(
    formatProblems([{ file: "flags", key: "--name", message: "is bad" }]),
    "The configuration has 1 problem:\n  flags  --name  is bad\n",
  )
  t.equal(
    formatProblems([
      { file: "/a.yaml", line: 3, column: 11, key: "zone", message: "is bad" },
      { file: "flags", key: "--name", message: "too" },
    ]),
    "The configuration has 2 problems:\n  /a.yaml:3:11  zone    is bad\n  flags         --name  too\n",
  )
  t.end()
})
