import { problem } from "conclave/api/problem"
import { see, seeing } from "conclave/coordination/seen"
import { test } from "tap"

test("what a client has seen grows with each revision that it is told, a refusal's as much as a result's", async (t) => {
  const seen = { rev: 0 }
  const told: object[] = []
  const done = seeing(seen, (result: object) => void told.push(result))
  done({ rev: "5" })
  t.equal(seen.rev, 5)
  const refusal = problem("CONFLICT", "not so", { details: { rev: "9" } })
  done(refusal)
  t.equal(seen.rev, 9)
  for (const other of [{ rev: "8" }, {}, problem("NO_QUORUM", "none")]) done(other)
  see(seen, 3)
  t.equal(seen.rev, 9, "and never shrinks")
  t.equal(told[1], refusal)
  t.equal(told.length, 5)
})
