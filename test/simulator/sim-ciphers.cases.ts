import { AssertionError, Random } from "@conclave/base"
import { SimCiphers } from "@conclave/sim/sim-ciphers"
import { Secret } from "conclave/secret"
import { test } from "tap"

const SALT = Uint8Array.of(1, 2, 3)

test("what one seals the other opens, unless it was changed or has another key", async (t) => {
  const ciphers = new SimCiphers()
  const key = ciphers.derive(new Secret(SALT), SALT, "info", 32)
  const [sealing, opening] = [ciphers.cipher(key), ciphers.cipher(key)]
  const random = new Random(5)
  let opened = 0
  for (let nonce = 1; nonce <= 500; nonce++) {
    const bodyAt = random.below(8)
    const packet = Uint8Array.from({ length: bodyAt + random.below(60) + 16 }, () => random.below(256))
    const body = [...packet.subarray(bodyAt, packet.length - 16)]
    sealing.seal(packet, bodyAt, nonce)
    t.same([...(opening.open(packet, bodyAt, nonce) ?? [])], body)
    const at = random.below(packet.length)
    packet[at] = (packet[at] as number) ^ (1 << random.below(8))
    if (opening.open(packet, bodyAt, nonce) !== undefined) opened++
  }
  t.equal(opened, 0)
  const packet = new Uint8Array(30)
  sealing.seal(packet, 4, 501)
  t.equal(opening.open(packet, 4, 502), undefined)
  const other = ciphers.cipher(ciphers.derive(new Secret(SALT), SALT, "other", 32))
  t.equal(other.open(packet, 4, 501), undefined)
})

test("a nonce that comes twice, or comes back, is a bug of whoever seals, whatever process it is", async (t) => {
  const ciphers = new SimCiphers()
  const [one, same] = [ciphers.cipher(SALT), ciphers.cipher(SALT)]
  one.seal(new Uint8Array(20), 4, 7)
  t.throws(() => same.seal(new Uint8Array(20), 4, 7), AssertionError)
  t.throws(() => one.seal(new Uint8Array(20), 4, 6), AssertionError)
  same.seal(new Uint8Array(20), 4, 8)
  ciphers.cipher(Uint8Array.of(9)).seal(new Uint8Array(20), 4, 7)
  t.not(ciphers.random(8).join(), ciphers.random(8).join())
})
