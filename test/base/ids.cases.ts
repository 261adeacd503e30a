import {
  AssertionError,
  addr,
  base32,
  GENERATION_MAX,
  generation,
  INCARNATION_MAX,
  incarnation,
  isNodeId,
  millis,
  nodeId,
  nodeIdBytes,
} from "@conclave/base"
import fc from "fast-check"
import { test } from "tap"

test("base32 gives the examples of RFC 4648, in lower case and without padding", (t) => {
  const examples = {
    "": "",
    f: "my",
    fo: "mzxq",
    foo: "mzxw6",
    foob: "mzxw6yq",
    fooba: "mzxw6ytb",
    foobar: "mzxw6ytboi",
  }
  for (const [text, expected] of Object.entries(examples)) t.equal(base32(new TextEncoder().encode(text)), expected)
  t.end()
})

test("sixteen bytes are a node id, and the id gives them back", (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const id = base32(bytes)
      return isNodeId(id) && nodeIdBytes(nodeId(id)).join() === bytes.join()
    }),
  )
  t.pass("there and back")
  t.end()
})

test("a text that sixteen bytes do not give is no node id", (t) => {
  const good = base32(new Uint8Array(16))
  t.equal(isNodeId(good), true)
  const bad = [
    "",
    good.slice(1),
    `${good}a`,
    good.toUpperCase(),
    `0${good.slice(1)}`,
    `${good.slice(0, 25)}b`,
    ` ${good}`,
  ]
  for (const each of bad) {
    t.equal(isNodeId(each), false, JSON.stringify(each))
    t.throws(() => nodeId(each), AssertionError)
  }
  t.end()
})

test("numbers are kept at their limits and refused beyond", (t) => {
  for (const value of [1, GENERATION_MAX]) t.equal(generation(value), value)
  for (const value of [0, -1, 1.5, GENERATION_MAX + 1, Number.NaN]) t.throws(() => generation(value), AssertionError)
  for (const value of [0, INCARNATION_MAX]) t.equal(incarnation(value), value)
  for (const value of [-1, 0.5, INCARNATION_MAX + 1, Number.NaN]) t.throws(() => incarnation(value), AssertionError)
  for (const value of [0, -5, 1.5]) t.equal(millis(value), value)
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) t.throws(() => millis(value), AssertionError)
  t.end()
})

test("an address has a port", (t) => {
  t.equal(addr("127.0.0.1:7951"), "127.0.0.1:7951")
  t.equal(addr("[::1]:7951"), "[::1]:7951")
  for (const value of ["", "host", ":7951"]) t.throws(() => addr(value), AssertionError)
  t.end()
})
