import { GROUP_WISHES, problemOf } from "conclave/group/group-wishes"
import { test } from "tap"

test("to move the leadership to whoever is best is wished once, as it would move on", (t) => {
  t.ok(GROUP_WISHES.isOnce({ what: "transfer", to: undefined }))
  t.notOk(GROUP_WISHES.isOnce({ what: "transfer", to: "b" }))
  t.notOk(GROUP_WISHES.isOnce({ what: "add", name: "b" }))
  t.end()
})

test("a refusal of another agent is one of this one", (t) => {
  t.match(problemOf({ code: "TIMEOUT", message: "late", hint: "look", details: { a: 1 } }), {
    ...{ code: "TIMEOUT", message: "late", hint: "look", details: { a: 1 } },
    ...{ outcome: "unknown", retryable: true },
  })
  t.notOk("hint" in problemOf({ code: "CONFLICT", message: "no", details: {} }))
  t.end()
})
