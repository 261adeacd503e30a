import { deepStrictEqual } from "node:assert/strict"
import type { Message, ReplicaId } from "@conclave/consensus"
import { parseMessage, readMessage, type WireMessage, writeMessage } from "@conclave/consensus/wire-message"
import fc from "fast-check"
import { test } from "tap"
import { anyMessage } from "./arbitraries.ts"
import { id, inTerm } from "./stage.ts"

function asRead(message: Message): WireMessage {
  return parseMessage(writeMessage(message).finish())
}

const HELLO: Message = { kind: "timeoutNow", from: id("a"), to: id("b"), term: inTerm(3) }

test("every kind of message keeps all it says", async (t) => {
  fc.assert(
    fc.property(anyMessage, (message) => deepStrictEqual(readMessage(asRead(message)), message)),
    { numRuns: 500 },
  )
  t.pass("for all messages")
})

test("a refusal for a reason that came later is still a refusal", async (t) => {
  const wire = asRead({ ...HELLO, kind: "voteReply", granted: false, refusal: "disk" })
  t.match(readMessage(wire), { refusal: "disk" })
  const later = readMessage({ ...wire, voteReply: { granted: false, refusal: 77 } } as WireMessage)
  t.same(later, { ...HELLO, kind: "voteReply", granted: false })
  const granted = readMessage({ ...wire, voteReply: { granted: true, refusal: 6 } } as WireMessage)
  t.same(granted, { ...HELLO, kind: "voteReply", granted: true }, "a vote that was given has no reason against it")
})

test("a message of no kind, of nobody, for nobody or to oneself is none", async (t) => {
  const { kind: _, ...noKind } = asRead(HELLO)
  t.equal(readMessage(noKind as WireMessage), "malformed")
  for (const wrong of ["", "a b", "x".repeat(65), "ü"] as ReplicaId[]) {
    t.equal(readMessage(asRead({ ...HELLO, from: wrong })), "malformed")
    t.equal(readMessage(asRead({ ...HELLO, to: wrong })), "malformed")
  }
  t.equal(readMessage(asRead({ ...HELLO, to: HELLO.from })), "malformed")
  t.same(readMessage(asRead(HELLO)), HELLO)
})
