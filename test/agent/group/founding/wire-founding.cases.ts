import type { NodeId } from "@conclave/base"
import type { FoundingAnswer, FoundingAsk } from "@conclave/consensus"
import { decodeAsk, decodeFoundingAnswer, encodeAsk, encodeFoundingAnswer } from "conclave/group/founding/wire-founding"
import fc from "fast-check"
import { test } from "tap"

const TO = "aaaaaaaaaaaaaaaaaaaaaaaaaa" as NodeId

test("what hosts that found together say is read as it was said", (t) => {
  const asks: readonly FoundingAsk[] = [
    { kind: "propose", line: "l", number: 3, expects: 5 },
    { kind: "verdict", line: "l", number: 2 ** 40 },
  ]
  for (const ask of asks) t.same(decodeAsk(encodeAsk({ to: TO, ask })), { to: TO, ask })
  const answers: readonly FoundingAnswer[] = [
    ...(["pledged", "busy", "open", "aborted", "unknown"] as const).map((kind) => ({ kind })),
    { kind: "outranked", by: "n1" },
    { kind: "differs", expects: 7 },
    { kind: "cluster", cluster: "c" as never },
  ]
  for (const answer of answers) t.same(decodeFoundingAnswer(encodeFoundingAnswer(answer)), answer)
  t.end()
})

test("of what others say no more is kept and shown than honest ones say", (t) => {
  const ask = { kind: "propose", line: "l".repeat(65), number: 3, expects: 5 } as const
  t.equal(decodeAsk(encodeAsk({ to: TO, ask })), undefined)
  const answer = { kind: "outranked", by: "n".repeat(100_000) } as const
  t.same(decodeFoundingAnswer(encodeFoundingAnswer(answer)), { kind: "outranked", by: "n".repeat(255) })
  t.end()
})

test("what nobody says is nothing, and no bytes end the reader", (t) => {
  t.equal(decodeAsk(new Uint8Array(0)), undefined)
  t.equal(decodeFoundingAnswer(new Uint8Array(0)), undefined)
  t.equal(decodeFoundingAnswer(encodeFoundingAnswer({ kind: "cluster", cluster: "" as never })), undefined)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      decodeAsk(bytes)
      decodeFoundingAnswer(bytes)
    }),
  )
  t.end()
})
