import type { Order, Told } from "conclave/keyring/ring"
import { decodeKeysTold, decodeOrder, encodeKeysTold, encodeOrder } from "conclave/keyring/wire-keyring"
import { Secret } from "conclave/secret"
import fc from "fast-check"
import { test } from "tap"

const SECRET = new Secret(new Uint8Array(32).fill(7))
const FINGERPRINT = "0123456789abcdef"

const ORDERS: readonly Order[] = [
  { kind: "show" },
  { kind: "install", secret: SECRET, serial: 4_294_967_295 },
  { kind: "use", fingerprint: FINGERPRINT, serial: 3 },
  { kind: "remove", fingerprint: FINGERPRINT },
  { kind: "give", fingerprint: FINGERPRINT },
]

test("orders and what came of them are read as they were written", (t) => {
  for (const order of ORDERS) {
    const read = decodeOrder(encodeOrder(order))
    t.same(read, order, order.kind)
    if (read?.kind === "install") t.same(read.secret.reveal(), SECRET.reveal())
  }
  const told: Told = { ring: [{ fingerprint: FINGERPRINT, serial: 2 }], refusal: "no room", secret: SECRET }
  const read = decodeKeysTold(encodeKeysTold(told))
  t.same(read, told)
  t.same(read?.secret?.reveal(), SECRET.reveal())
  t.same(decodeKeysTold(encodeKeysTold({ ring: [] })), { ring: [], refusal: undefined, secret: undefined })
  t.end()
})

test("what is no order is none, and no bytes break anything", (t) => {
  t.equal(decodeOrder(Uint8Array.of(8, 9)), undefined, "of a later program")
  t.equal(decodeOrder(encodeOrder({ kind: "use", fingerprint: "ABC", serial: 0 })), undefined)
  t.equal(decodeOrder(encodeOrder({ kind: "install", secret: new Secret(new Uint8Array(31)), serial: 0 })), undefined)
  t.equal(decodeKeysTold(encodeKeysTold({ ring: [{ fingerprint: "x", serial: 0 }] })), undefined)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 128 }), (bytes) => {
      decodeOrder(bytes)
      decodeKeysTold(bytes)
    }),
    { numRuns: 5000 },
  )
  t.end()
})
