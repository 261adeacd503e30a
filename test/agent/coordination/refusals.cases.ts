import type { Refusal, Token } from "@conclave/consensus"
import { nothingToWatch, notProposed, refusalProblem, sessionLost } from "conclave/coordination/refusals"
import { test } from "tap"

type About = Parameters<typeof refusalProblem>[1]

function wordsOf(refusal: Refusal, about: About): ReturnType<typeof refusalProblem> {
  return refusalProblem({ kind: "refused", refusal, rev: 7 }, about)
}

test("each refusal has its code, and a hold's lost session leaves its outcome open", (t) => {
  const table: readonly (readonly [Refusal, string, string])[] = [
    [{ kind: "session-lost", cause: "silent" }, "SESSION_LOST", "not-applied"],
    [{ kind: "invalid", field: "names" }, "INVALID_ARGUMENT", "not-applied"],
    [{ kind: "exhausted", limit: "names" }, "RESOURCE_EXHAUSTED", "not-applied"],
    [{ kind: "grant-lost" }, "GRANT_LOST", "not-applied"],
    [{ kind: "conflict", reason: "no-candidate" }, "CONFLICT", "not-applied"],
    [{ kind: "not-yours" }, "PERMISSION_DENIED", "not-applied"],
    [{ kind: "outdated" }, "SESSION_LOST", "not-applied"],
    [{ kind: "forgotten" }, "TIMEOUT", "unknown"],
  ]
  for (const [refusal, code, outcome] of table) {
    const said = { code, outcome, details: { rev: "7" } }
    t.match(wordsOf(refusal, { op: "hold.update", name: "a" }), said, refusal.kind)
  }
  const hold = { op: "hold", name: "a" }
  t.equal(wordsOf({ kind: "session-lost", cause: undefined }, hold).outcome, "unknown")
  t.equal(wordsOf({ kind: "forgotten" }, hold).code, "GRANT_LOST")
  const update = { op: "hold.update", name: "a" }
  t.match(wordsOf({ kind: "grant-lost" }, update).details, { current: null })
  t.match(wordsOf({ kind: "grant-lost" }, { ...update, current: 7 as Token }).details, { current: "7" })
  t.match(wordsOf({ kind: "grant-lost" }, update).message, "the token does not hold, or not any more")
  t.match(
    wordsOf({ kind: "invalid", field: "value" }, { ...update, kind: "lock" }).message,
    "value: there is none of kind lock",
  )
  t.match(
    wordsOf({ kind: "invalid", field: "ready" }, { ...update, kind: "election" }).message,
    "ready: there is none of kind election",
  )
  t.match(wordsOf({ kind: "invalid", field: "value" }, { ...update, kind: "group" }).message, /is out of range/)
  t.match(wordsOf({ kind: "invalid", field: "note" }, { ...update, kind: "lock" }).message, /is out of range/)
  t.match(wordsOf({ kind: "conflict", reason: "no-candidate" }, update), {
    message: "nobody who may take over stands for a",
    hint: /conclave elections a /,
    details: { reason: "no-candidate", current: null },
  })
  t.match(wordsOf({ kind: "conflict", reason: "seq" }, update), { message: /this seq/, hint: /of its own/ })
  t.match(nothingToWatch("kv", "holder"), { code: "NOT_FOUND", message: "kv has no holders to watch", hint: /lock, / })
  t.match(nothingToWatch("x"), { message: "there is nothing of kind x to watch", hint: /kv, items or members/ })
  t.match(wordsOf({ kind: "not-yours" }, update), { hint: /granted/ })
  const unread = wordsOf({ kind: "invalid", field: "command" }, update).details
  t.strictSame(unread, { field: "command" }, "which was not proposed, so that there is no revision of it")
  t.match(sessionLost("revoked"), { details: { cause: "revoked" }, message: /operator/ })
  t.end()
})

test("what was not proposed says why, and that asking again may help", (t) => {
  const why = (reason: "no-cluster" | "no-founding" | "no-quorum" | "overloaded" | "disk-full") =>
    notProposed({ kind: "not-proposed", reason, up: 1, needed: 2 })
  t.match(why("no-quorum"), { code: "NO_QUORUM", retryable: true, details: { up: 1, needed: 2 } })
  const named = { kind: "not-proposed", reason: "no-quorum", up: 1, needed: 2 } as const
  t.match(notProposed({ ...named, reachable: ["n1"], unreachable: ["n2", "n3"] }), {
    message: /: 1 voter is up \(not n2, n3\), 2 needed; .*stale reads still work/,
    details: { up: 1, needed: 2, reachable: ["n1"], unreachable: ["n2", "n3"] },
  })
  t.match(why("no-cluster"), { code: "NO_QUORUM", retryable: true, hint: /^conclave raft bootstrap/ })
  t.match(why("no-founding"), { code: "NO_QUORUM", retryable: true, hint: /^conclave status/ })
  t.match(why("disk-full"), { code: "RESOURCE_EXHAUSTED", details: { limit: "disk" }, hint: /make room/ })
  t.match(why("overloaded"), { code: "RESOURCE_EXHAUSTED", retryable: true, outcome: "not-applied" })
  t.end()
})
