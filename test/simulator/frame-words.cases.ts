import type { ClusterId, Message } from "@conclave/consensus"
import { encodeMessage } from "@conclave/consensus/wire"
import { frameWords } from "@conclave/sim/group/frame-words"
import { test } from "tap"

const CLUSTER = "b".repeat(26) as ClusterId
const HEAD = { from: "r".repeat(26), to: "s".repeat(26), term: 70_000_000_000 }

function wordsOf(message: object): ReturnType<typeof frameWords> {
  return frameWords(encodeMessage({ ...HEAD, ...message } as Message, CLUSTER))
}

test("what a frame says of a disk is read off its bytes as it was written", (t) => {
  const none = { ...HEAD, granted: false, match: 0 }
  t.same(wordsOf({ kind: "appended", match: 300 }), { ...none, kind: "appended", match: 300 })
  t.same(wordsOf({ kind: "voteReply", granted: true }), { ...none, kind: "voteReply", granted: true })
  t.same(wordsOf({ kind: "voteReply", granted: false, refusal: "log-behind" }), { ...none, kind: "voteReply" })
  t.same(wordsOf({ kind: "preVoteReply", granted: true }), { ...none, kind: "preVoteReply", granted: true })
  t.match(wordsOf({ kind: "vote", last: { index: 1, term: 1 }, byTransfer: true, byHint: false }), { kind: "vote" })
  t.match(wordsOf({ kind: "heartbeat", commit: 9, match: 9, round: 2 }), { ...none, kind: "heartbeat" })
  t.match(wordsOf({ kind: "timeoutNow" }), { kind: "unknown" })
  t.end()
})

test("bytes that are no message are told from one", (t) => {
  const whole = encodeMessage({ ...HEAD, kind: "appended", match: 300 } as Message, CLUSTER)
  t.equal(frameWords(whole.subarray(0, whole.length - 1)), undefined)
  t.equal(frameWords(whole.subarray(0, 10)), undefined)
  t.equal(frameWords(new Uint8Array(0)), undefined)
  t.end()
})
