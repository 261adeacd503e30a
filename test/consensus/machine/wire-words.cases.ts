import type { SessionId } from "@conclave/consensus"
import { UnknownField } from "@conclave/consensus/machine/wire-reader"
import { hashOf, idBytes, idOf, readRequest, wireRequest, wordOf } from "@conclave/consensus/machine/wire-words"
import { test } from "tap"
import { sessionId } from "./stage.ts"

test("ids, hashes and words refuse what they are not", (t) => {
  t.equal(idOf<SessionId>(idBytes(sessionId(7))), sessionId(7))
  t.throws(() => idOf(new Uint8Array(15)), RangeError)
  t.throws(() => idOf(undefined), RangeError)
  t.throws(() => hashOf(new Uint8Array(31)), RangeError)
  t.equal(wordOf(["a", "b"], 2), "b")
  for (const number of [0, 3, undefined]) t.throws(() => wordOf(["a", "b"], number), UnknownField)
  t.end()
})

test("a request has a session and a number from 1", (t) => {
  const request = { session: sessionId(1), seq: 1, floor: 3 }
  t.same(readRequest(wireRequest(request)), request)
  for (const seq of [0, null]) t.throws(() => readRequest({ ...wireRequest(request), seq }), RangeError)
  t.throws(() => readRequest(undefined), RangeError)
  t.end()
})
