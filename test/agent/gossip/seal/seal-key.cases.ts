import { SealKey } from "conclave/gossip/seal/seal-key"
import type { Ciphers } from "conclave/ports"
import { test } from "tap"
import { idOf } from "../../../swim/stage.ts"
import { CIPHERS, said, sealed, sealOf, secretOf } from "./stage.ts"

test("a fingerprint is the key's, whatever the cluster, and tells nothing of it", async (t) => {
  const [one, same, other] = [[1, "a"] as const, [1, "b"] as const, [2, "a"] as const].map(
    ([number, cluster]) => new SealKey(secretOf(number), cluster, CIPHERS),
  )
  t.match(one?.fingerprint, /^[0-9a-f]{16}$/)
  t.equal(same?.fingerprint, one?.fingerprint)
  t.equal(same?.id, one?.id)
  t.not(other?.fingerprint, one?.fingerprint)
})

test("no key has the number of an unsealed datagram", async (t) => {
  const ids = Array.from({ length: 256 }, (_, number) => new SealKey(secretOf(number), "a", CIPHERS).id)
  t.ok(ids.every((id) => id >= 1 && id <= 255))
})

test("a boot is known by its sender and its number, and derived once", async (t) => {
  let derived = 0
  const derive: typeof CIPHERS.derive = (...given) => {
    derived++
    return CIPHERS.derive(...given)
  }
  const key = new SealKey(secretOf(1), "prod", { ...CIPHERS, derive })
  const [a, b, again] = [sealOf(1), sealOf(2), sealOf(1)]
  const before = derived
  const boot = key.bootOf(sealed(a, "x"))
  t.equal(boot.sender, idOf(1))
  t.equal(key.bootOf(sealed(a, "y")), boot)
  t.equal(derived - before, 1)
  t.equal(key.bootOf(sealed(b, "x")).sender, idOf(2))
  t.not(key.bootOf(sealed(again, "x")), boot)
})

/** As many boots as there may be keys at hand, and as many again. */
const MANY = 4096

/** What one sender seals in so many boots, of which each says one thing. */
function boots(count: number): readonly Uint8Array[] {
  const seal = sealOf(3)
  return Array.from({ length: count }, (_, index) => {
    seal.stood(2000)
    return sealed(seal, String(index))
  })
}

test("of boots that were not heard for long the keys go, and what was recorded of them stays refused", async (t) => {
  let derived = 0
  const derive: typeof CIPHERS.derive = (...given) => {
    derived++
    return CIPHERS.derive(...given)
  }
  const [a, own] = [sealOf(1), sealOf(2, { ciphers: { ...CIPHERS, derive } })]
  const recorded = Array.from({ length: 40 }, (_, index) => sealed(a, `${index}`))
  const skipped = recorded[7] as Uint8Array
  for (const packet of recorded) if (packet !== skipped) t.ok(own.open(packet).ok)
  for (const packet of boots(MANY)) if (!own.open(packet).ok) t.fail("a boot is taken")
  const before = derived
  for (const packet of recorded)
    t.equal(said(own.open(packet)), "- replayed", "late by a whole fleet, also the one that was not here")
  t.equal(derived - before, 1, "its key was not kept")
  const late = sealed(a, "goes on")
  t.equal(said(own.open(late)), "goes on")
  for (const packet of boots(MANY)) own.open(packet)
  t.equal(said(own.open(late)), "- replayed", "and once more")
  t.equal(said(own.open(sealed(a, "still"))), "still")
})

test("headers that somebody has recorded make no boot forgotten", async (t) => {
  const [a, own] = [sealOf(1, { ciphers: CHEAP }), sealOf(2, { ciphers: CHEAP })]
  const recorded = sealed(a, "once")
  t.equal(said(own.open(recorded)), "once")
  const stranger = sealOf(3, { ciphers: CHEAP })
  for (let boot = 0; boot < 36_000; boot++) {
    stranger.stood(2000)
    const packet = sealed(stranger, "genuine")
    packet.fill(0, packet.length - 1)
    if (own.open(packet).ok) t.fail("another body is refused")
  }
  t.equal(said(own.open(recorded)), "- replayed")
  t.equal(said(own.open(sealed(a, "twice"))), "twice")
})

let drawn = 0

/** In place of a cipher a mark at the end: of so many boots only the bookkeeping counts. */
const CHEAP: Ciphers = {
  derive: (_secret, salt, _info, length) => new Uint8Array(length).fill(salt.length),
  cipher: () => ({
    seal: (packet) => packet.fill(9, packet.length - 16),
    open: (packet, bodyAt) => (packet.at(-1) === 9 ? packet.subarray(bodyAt, packet.length - 16) : undefined),
  }),
  random: (length) => {
    const bytes = Buffer.alloc(length)
    bytes.writeUInt32LE(drawn++)
    return bytes
  },
}
