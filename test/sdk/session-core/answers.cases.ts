import { readHoldEvent, readOpened, readReleased, readValidFor } from "@conclave/sdk/session-core/answers"
import { test } from "tap"

test("what an agent says is read, or not understood", (t) => {
  const opened = { id: "s", secret: "x", validForMs: 5 }
  t.same(readOpened(opened), opened)
  for (const bad of [undefined, null, 1, {}, { ...opened, id: 1 }, { ...opened, secret: null }])
    t.equal(readOpened(bad), undefined)
  for (const bad of [
    { ...opened, validForMs: "5" },
    { ...opened, validForMs: -1 },
    { ...opened, validForMs: Number.NaN },
  ])
    t.equal(readOpened(bad), undefined)
  t.equal(readValidFor({ validForMs: 0 }), 0)
  t.same([{ released: true, rev: "4" }, { released: true }, { released: "x", rev: "4" }, null].map(readReleased), [
    4n,
    0n,
    undefined,
    undefined,
  ])
  t.end()
})

test("events of a hold, and those of a later agent", (t) => {
  t.same(readHoldEvent({ type: "queued", position: 2, holders: [] }), {
    type: "queued",
    position: 2,
    holders: [],
  })
  const token = 2n ** 53n + 1n
  const unbounded = { type: "granted", maxHoldLeftMs: undefined }
  t.same(readHoldEvent({ type: "granted", token: String(token), rev: "8" }), { ...unbounded, token, rev: 8n })
  t.same(readHoldEvent({ type: "granted", token: "9" }), { ...unbounded, token: 9n, rev: 0n })
  t.match(readHoldEvent({ type: "granted", token: "9", maxHoldLeftMs: 0 }), { maxHoldLeftMs: 0 })
  t.match(readHoldEvent({ type: "granted", token: "9", maxHoldLeftMs: -1 }), unbounded)
  const revoking = { type: "revoking", by: "op", reason: "x", deadlineMs: 5 }
  t.same(readHoldEvent(revoking), revoking)
  const polite = { type: "revoking", by: null, reason: "unknown", deadlineMs: undefined }
  t.same(readHoldEvent({ type: "revoking", deadlineMs: null }), polite)
  t.same(readHoldEvent({ type: "lost", reason: "expired" }), { type: "lost", reason: "expired" })
  t.same(readHoldEvent({ type: "lost" }), { type: "lost", reason: "unknown" }, "a loss without a reason is one, too")
  for (const bad of [
    null,
    "x",
    {},
    { type: "granted", token: 7 },
    { type: "granted", token: "-1" },
    { type: "assigned" },
  ])
    t.equal(readHoldEvent(bad), undefined)
  t.end()
})
