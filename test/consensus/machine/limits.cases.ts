import { isName, MACHINE_LIMITS, textBytes } from "@conclave/consensus/machine/limits"
import fc from "fast-check"
import { test } from "tap"

test("a name is what the contract says", (t) => {
  const pattern = /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,254}$/
  for (const each of ["a", "9", "a.b_c:d@e/f-g", "x".repeat(255)]) t.ok(isName(each), each)
  for (const each of ["", ".a", "/a", "a b", "a\n", "é", "aé", "a\u0000", "x".repeat(256)]) t.notOk(isName(each), each)
  const some = fc.string({ unit: fc.constantFrom(...'aZ09._:@/-,;[^`{ ~é"') })
  fc.assert(fc.property(fc.oneof(some, fc.string()), (text) => isName(text) === pattern.test(text)))
  t.end()
})

test("the length of a text is that of its UTF-8", (t) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => textBytes(text) === new TextEncoder().encode(text).length),
  )
  t.equal(textBytes("\ud800"), 3, "half a pair of surrogates is what replaces it")
  t.end()
})

test("the limits of the contract", (t) => {
  const { sessions, names, holdsOfName, stateBytes, answers } = MACHINE_LIMITS
  t.same([sessions, names, holdsOfName, stateBytes, answers], [100_000, 100_000, 10_000, 67_108_864, 128])
  t.end()
})
