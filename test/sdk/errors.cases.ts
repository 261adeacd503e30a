import { ConclaveError } from "@conclave/sdk"
import { closedError, errorFromAgent, errorOf, invalidError, timeoutError } from "@conclave/sdk/errors"
import { test } from "tap"

test("an error shows what the agent wrote, and writes it again", (t) => {
  const wire = {
    code: "NOT_FOUND",
    message: "there is no member x",
    hint: "conclave members",
    outcome: "not-applied",
    retryable: false,
    details: { name: "x" },
  }
  const error = errorFromAgent(wire)
  t.ok(error instanceof ConclaveError && error instanceof Error)
  t.equal(error.name, "ConclaveError")
  t.same(JSON.parse(JSON.stringify({ error })), { error: wire })
  t.end()
})

test("what an answer lacks is read most carefully", (t) => {
  for (const answer of [undefined, null, 7, {}, { code: 1, outcome: "surely", details: 3, retryable: "yes" }]) {
    t.match(errorFromAgent(answer), { code: "INTERNAL", outcome: "unknown", retryable: false, details: {} })
  }
  t.end()
})

test("is tells errors of this library from others, by code where one is given", (t) => {
  const error = new ConclaveError("CONFLICT", "x")
  t.ok(ConclaveError.is(error))
  t.ok(ConclaveError.is(error, "CONFLICT"))
  t.notOk(ConclaveError.is(error, "NOT_FOUND"))
  t.notOk(ConclaveError.is(new Error("x")))
  t.notOk(ConclaveError.is({ name: "ConclaveError", code: "CONFLICT" }))
  const copy = Object.assign(new Error("x"), { name: "ConclaveError", code: "CONFLICT" })
  t.ok(ConclaveError.is(copy, "CONFLICT"), "of another copy of the library")
  t.end()
})

test("what was not sent was not applied", (t) => {
  t.match(timeoutError("ping", 5, false), { code: "AGENT_UNAVAILABLE", outcome: "not-applied", retryable: true })
  t.match(timeoutError("ping", 5, true), { code: "TIMEOUT", outcome: "unknown", retryable: true })
  t.match(closedError(), { code: "CLOSED", outcome: "not-applied", retryable: false })
  t.match(invalidError("f", "m"), { code: "INVALID_ARGUMENT", details: { field: "f" }, message: "m" })
  t.end()
})

test("what the session core says becomes an error as it is", (t) => {
  const details = { reason: "revoked" }
  const failure = {
    code: "GRANT_LOST",
    message: "x",
    outcome: "unknown",
    retryable: false,
    hint: "y",
    details,
  } as const
  const error = errorOf(failure)
  t.ok(ConclaveError.is(error, "GRANT_LOST"))
  t.same(error.toJSON(), failure)
  t.not(error.details, details)
  t.end()
})
