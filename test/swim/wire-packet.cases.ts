import { deepStrictEqual } from "node:assert/strict"
import { decodePacket, encodePacket } from "@conclave/swim/wire"
import fc from "fast-check"
import { test } from "tap"
import { anyMessage } from "./arbitraries.ts"

test("a body has the room that was asked for before and behind it, and is read without it", async (t) => {
  fc.assert(
    fc.property(anyMessage, fc.nat(60), fc.nat(20), (message, before, after) => {
      const bytes = encodePacket(message, before, after)
      const body = bytes.subarray(before, bytes.length - after)
      deepStrictEqual(Buffer.concat([new Uint8Array(before), body, new Uint8Array(after)]), Buffer.from(bytes))
      deepStrictEqual(decodePacket(body, message.from), message)
    }),
    { numRuns: 200 },
  )
  t.pass("for all messages")
})

test("a body that breaks a rule says nothing", async (t) => {
  t.equal(
    decodePacket(Uint8Array.of(2, 0), fc.sample(anyMessage, { numRuns: 1, seed: 1 })[0]?.from as never),
    undefined,
  )
})
