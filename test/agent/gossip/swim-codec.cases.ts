import type { Message } from "@conclave/swim"
import { wireCodec } from "conclave/gossip/swim-codec"
import { test } from "tap"
import { alive, idOf, recordOf } from "../../swim/stage.ts"

const MESSAGE: Message = { kind: "gossip", from: idOf(1), digest: 9, updates: [alive(2)] }

test("what is encoded is decoded to the same", (t) => {
  const codec = wireCodec("prod")
  t.same(codec.decodeMessage(codec.encodeMessage(MESSAGE)), MESSAGE)
  const request = { kind: "join", record: recordOf(1) } as const
  t.same(codec.decodeRequest(codec.encodeRequest(request)), request)
  const reply = { kind: "refused", reason: "no room" } as const
  t.same(codec.decodeReply(codec.encodeReply(reply)), reply)
  t.end()
})

test("a datagram of another cluster is told from garbage", (t) => {
  const codec = wireCodec("prod")
  t.same(codec.decodeMessage(wireCodec("test").encodeMessage(MESSAGE)), { kind: "unreadable", problem: "label" })
  const garbage = codec.decodeMessage(Uint8Array.of(1, 2, 3))
  t.equal(garbage.kind, "unreadable")
  t.not(garbage.kind === "unreadable" && garbage.problem, "label")
  t.end()
})

test("streams that cannot be read are refused, never thrown", (t) => {
  const codec = wireCodec("prod")
  for (const bytes of [new Uint8Array(0), Uint8Array.of(255, 255, 255, 255), new Uint8Array(70_000).fill(8)]) {
    t.equal(codec.decodeRequest(bytes), undefined)
    t.equal(codec.decodeReply(bytes), undefined)
  }
  t.end()
})
