import { openCiphers } from "conclave/node/ciphers"
import { Secret } from "conclave/secret"
import { test } from "tap"

const ciphers = openCiphers()

function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString("hex")
}

test("HKDF gives what RFC 5869 says (test case 3)", async (t) => {
  const derived = ciphers.derive(new Secret(new Uint8Array(22).fill(0x0b)), new Uint8Array(0), "", 42)
  t.equal(hex(derived), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
})

test("AES-256-GCM gives what its specification says (test case 14)", async (t) => {
  const packet = new Uint8Array(32)
  ciphers.cipher(new Uint8Array(32)).seal(packet, 0, 0)
  t.equal(hex(packet), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
})

test("the head stays readable, the body does not, and both are authenticated", async (t) => {
  const cipher = ciphers.cipher(ciphers.random(32))
  const packet = new Uint8Array(4 + 5 + 16)
  packet.set([1, 2, 3, 4, 5, 6, 7, 8, 9])
  cipher.seal(packet, 4, 2 ** 48 - 1)
  t.equal(hex(packet.subarray(0, 4)), "01020304")
  t.not(hex(packet.subarray(4, 9)), "0506070809")
  t.equal(hex(cipher.open(packet, 4, 2 ** 48 - 1)), "0506070809")
  t.equal(cipher.open(packet, 4, 2 ** 48 - 2), undefined, "another nonce")
  t.equal(ciphers.cipher(ciphers.random(32)).open(packet, 4, 2 ** 48 - 1), undefined, "another key")
  for (let at = 0; at < packet.length; at++) {
    const changed = Uint8Array.from(packet)
    changed[at] = (changed[at] as number) ^ 1
    t.equal(cipher.open(changed, 4, 2 ** 48 - 1), undefined, `byte ${at} changed`)
  }
  t.match(new Error("of anything else").stack, /\n +at /, "other errors still say where they are from")
})

test("random bytes are as many as asked for, and not the same twice", async (t) => {
  t.equal(ciphers.random(8).length, 8)
  t.not(hex(ciphers.random(16)), hex(ciphers.random(16)))
})
