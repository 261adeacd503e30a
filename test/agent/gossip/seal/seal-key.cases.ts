import { SealKey } from "conclave/gossip/seal/seal-key"
import { test } from "tap"
import { idOf } from "../../../swim/stage.ts"
import { CIPHERS, sealed, sealOf, secretOf } from "./stage.ts"

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
