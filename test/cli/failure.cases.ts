import { ConclaveError, type ErrorCode } from "@conclave/sdk"
import { Failure, failureJson, failureOf, failureText } from "conclave/cli/terminal/failure"
import { test } from "tap"

test("each error code has the exit code of the contract", (t) => {
  const codes: Readonly<Record<ErrorCode, number>> = {
    INVALID_ARGUMENT: 2,
    PERMISSION_DENIED: 4,
    NOT_FOUND: 6,
    CONFLICT: 7,
    DEADLOCK: 7,
    GRANT_LOST: 122,
    SESSION_LOST: 122,
    WAIT_TIMEOUT: 124,
    RESOURCE_EXHAUSTED: 7,
    UNIMPLEMENTED: 2,
    NO_QUORUM: 5,
    TIMEOUT: 8,
    AGENT_UNAVAILABLE: 3,
    CLOSED: 1,
    INTERNAL: 1,
  }
  for (const [code, exit] of Object.entries(codes)) {
    t.equal(failureOf(new ConclaveError(code as ErrorCode, "x"), false).exitCode, exit, code)
  }
  t.end()
})

test("a text says what happened, why, and one next command", (t) => {
  const failure = new Failure("NOT_FOUND", "there is no member x", { why: "It was pruned.", next: "conclave members" })
  t.equal(failureText(failure), "conclave: there is no member x\n  It was pruned.\nNext: conclave members\n")
  t.end()
})

test("as JSON it is one line with the fields of the contract", (t) => {
  const error = new ConclaveError("TIMEOUT", "late", {
    outcome: "unknown",
    retryable: true,
    hint: "again",
    details: { op: "x" },
  })
  const text = failureJson(failureOf(error, false))
  t.equal(text.indexOf("\n"), text.length - 1)
  t.same(JSON.parse(text), {
    error: {
      code: "TIMEOUT",
      message: "late",
      hint: "again",
      outcome: "unknown",
      retryable: true,
      details: { op: "x" },
    },
  })
  t.end()
})

test("what nobody foresaw is a bug: exit 1, the stack with --verbose", (t) => {
  const bug = new TypeError("x is not a function")
  t.match(failureText(failureOf(bug, false)), /^conclave: x is not a function\n {2}This is a bug/)
  t.equal(failureOf(bug, false).exitCode, 1)
  t.match(failureText(failureOf(bug, true)), /failure\.cases/)
  t.end()
})

test("a message of another host cannot drive the terminal", (t) => {
  t.notOk(failureText(new Failure("NOT_FOUND", "no \u001b[2Jx", {})).includes("\u001b"))
  t.end()
})
