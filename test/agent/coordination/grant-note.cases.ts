import type { Session, Token } from "@conclave/consensus"
import { askedBy, isSameWish, noteOf } from "conclave/coordination/grant-note"
import { test } from "tap"

const SESSION = { member: "a", app: "" } as Session
const STEP = { kind: "lock.granted", name: "x", token: undefined, reason: undefined }

test("a note has what its step has, and nothing that it has not", async (t) => {
  const who = { member: "a", app: null }
  t.strictSame(noteOf(SESSION, STEP), { kind: "lock.granted", name: "x", ...who })
  const token = 7 as Token
  t.strictSame(noteOf(SESSION, { ...STEP, token }), { kind: "lock.granted", name: "x", token: "7", ...who })
  const revoked = { by: "o", reason: "r" }
  const step = { kind: "work.lost", name: "p", item: "3", token, reason: "revoked", revoked }
  t.strictSame(noteOf(SESSION, step), { ...step, token: "7", ...who })
  t.strictSame(noteOf({ ...SESSION, app: "web" }, STEP), { kind: "lock.granted", name: "x", member: "a", app: "web" })
})

test("a wish is another one when another asks, for another reason, or until another time", async (t) => {
  const wish = { by: "o", reason: "r", untilMs: 5 }
  t.ok(isSameWish(undefined, undefined))
  t.ok(isSameWish(wish, { ...wish }))
  for (const other of [undefined, { ...wish, by: "p" }, { ...wish, reason: "s" }, { ...wish, untilMs: undefined }])
    t.notOk(isSameWish(wish, other))
  t.strictSame(askedBy(wish), { by: "o", reason: "r" })
  t.equal(askedBy(undefined), undefined)
})
