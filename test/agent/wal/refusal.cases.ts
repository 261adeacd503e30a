import type { ClosedReason } from "conclave/log-store"
import { closed } from "conclave/wal/refusal"
import { test } from "tap"

test("each reason comes with a next step of its own", (t) => {
  const reasons: readonly ClosedReason[] = [
    "damaged",
    "data-directory-moved",
    "copy",
    "older-version",
    "newer-version",
    "io-error",
  ]
  const hints = reasons.map((reason) => {
    const opened = closed(reason, "what is wrong")
    t.match(opened, { kind: "closed", reason, message: "what is wrong", identity: undefined })
    return opened.kind === "closed" ? opened.hint : ""
  })
  t.equal(new Set(hints).size, reasons.length)
  t.ok(hints.every((hint) => hint.length > 20))
  t.end()
})
