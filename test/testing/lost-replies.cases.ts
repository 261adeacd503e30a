import { frame } from "@conclave/base"
import { LostReplies } from "@conclave/testing/lost-replies"
import { test } from "tap"

function bytes(message: object): Uint8Array {
  return frame(new TextEncoder().encode(JSON.stringify(message)))
}

test("answers to calls and grants count, one after the other, and nothing else does", (t) => {
  const left = { count: 2 }
  const replies = new LostReplies(left)
  for (const [at, op] of ["hello", "session.open", "heartbeat", "hold"].entries())
    replies.sent(bytes({ id: at + 1, op }))
  t.notOk(replies.loses(bytes({ id: 1, out: {} })), "the handshake")
  t.notOk(replies.loses(bytes({ id: 3, out: {} })), "a heartbeat")
  t.notOk(replies.loses(bytes({ id: 4, ev: { type: "queued" } })))
  t.ok(replies.loses(bytes({ id: 2, out: {} })))
  t.ok(replies.loses(bytes({ id: 4, ev: { type: "granted" } })))
  t.equal(left.count, 0)
  t.notOk(replies.loses(bytes({ id: 4, error: {} })), "enough were lost")
  t.end()
})

test("pieces of frames are put together first", (t) => {
  const replies = new LostReplies({ count: 1 })
  const [asked, answered] = [bytes({ id: 1, op: "status" }), bytes({ id: 1, out: {} })]
  replies.sent(asked.subarray(0, 5))
  replies.sent(asked.subarray(5))
  t.notOk(replies.loses(answered.subarray(0, 7)))
  t.ok(replies.loses(answered.subarray(7)))
  t.end()
})
