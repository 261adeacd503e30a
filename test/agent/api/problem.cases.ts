import { type ErrorCode, httpStatus, invalid, problem } from "conclave/api/problem"
import { test } from "tap"

test("each code has its status, outcome and whether to try again", (t) => {
  const table: readonly (readonly [ErrorCode, number, string, boolean])[] = [
    ["INVALID_ARGUMENT", 400, "not-applied", false],
    ["PERMISSION_DENIED", 403, "not-applied", false],
    ["NOT_FOUND", 404, "not-applied", false],
    ["CONFLICT", 409, "not-applied", false],
    ["GRANT_LOST", 409, "not-applied", false],
    ["SESSION_LOST", 409, "not-applied", false],
    ["WAIT_TIMEOUT", 408, "not-applied", true],
    ["RESOURCE_EXHAUSTED", 429, "not-applied", false],
    ["UNIMPLEMENTED", 501, "not-applied", false],
    ["NO_QUORUM", 503, "not-applied", true],
    ["TIMEOUT", 504, "unknown", true],
    ["AGENT_UNAVAILABLE", 503, "not-applied", true],
    ["INTERNAL", 500, "unknown", false],
  ]
  for (const [code, status, outcome, retryable] of table) {
    const made = problem(code, "m")
    t.same([httpStatus(made), made.outcome, made.retryable, made.details], [status, outcome, retryable, {}], code)
    t.notOk("hint" in made)
  }
  t.equal(problem("RESOURCE_EXHAUSTED", "m", { details: { limit: 1, retryAfterMs: 5 } }).retryable, true)
  t.match(invalid("f", "m"), { code: "INVALID_ARGUMENT", details: { field: "f" } })
  t.end()
})
