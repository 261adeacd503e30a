import { sipHash, sipKey } from "conclave/gossip/seal/sip-hash"
import { test } from "tap"

/** The paper's (key and input are 00 01 02 …), by the length of the input; made by OpenSSL 3.0, cut to 48 bits. */
const VECTORS: Readonly<Record<number, string>> = {
  0: "310e0edd47db",
  1: "fd67dc93c539",
  7: "37d1018bf500",
  8: "6224939a79f5",
  15: "e545be4961ca",
  34: "381205bb1ab0",
  63: "724506eb4c32",
}

function counting(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index)
}

function littleEndian(value: number): string {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntLE(value, 0, 6)
  return bytes.toString("hex")
}

test("it is SipHash-2-4", async (t) => {
  const key = sipKey(counting(16))
  for (const [length, expected] of Object.entries(VECTORS)) {
    t.equal(littleEndian(sipHash(key, counting(Number(length)), Number(length))), expected, `${length} bytes`)
  }
})

test("what stands behind the length does not count, and the key is left as it was", async (t) => {
  const key = sipKey(counting(16))
  t.equal(sipHash(key, counting(63), 34), sipHash(key, counting(34), 34))
  t.same(key, sipKey(counting(16)))
})
