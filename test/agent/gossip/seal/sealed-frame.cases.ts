import { checkOf, counterOf, saltOf, writeCheck, writeFrom } from "conclave/gossip/seal/sealed-frame"
import fc from "fast-check"
import { test } from "tap"

test("counter, sender, boot and check are read as they were written, each in its place", async (t) => {
  const number = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 2 ** 48 - 1 }))
  const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
  fc.assert(
    fc.property(number, number, bytes(16), bytes(8), (counter, check, sender, boot) => {
      const packet = new Uint8Array(60).fill(0xee)
      writeFrom(packet, { sender, boot }, counter)
      writeCheck(packet, check)
      const isUntouched = [...packet.subarray(0, 4), ...packet.subarray(40)].every((byte) => byte === 0xee)
      const salt = Buffer.concat([sender, boot])
      return isUntouched && counterOf(packet) === counter && checkOf(packet) === check && salt.equals(saltOf(packet))
    }),
  )
  t.pass("for all of them")
})
