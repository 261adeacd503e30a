import { ExactWriter } from "@conclave/consensus/exact-writer"
import fc from "fast-check"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"

const EDGES = [0, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]

test("a 64-bit field has the bytes that the library gives it", async (t) => {
  const isSame = (value: number): boolean => {
    const wanted = new protobuf.Writer().uint64(value).finish()
    return Buffer.compare(new ExactWriter().uint64(value).finish(), wanted) === 0
  }
  for (const value of EDGES) t.ok(isSame(value), `${value}`)
  fc.assert(fc.property(fc.maxSafeNat(), isSame))
})

test("one writer serves again and again, also after one that threw half-way or wrote much", async (t) => {
  const writer = new ExactWriter()
  const first = writer.cleared().fork().string("abc").ldelim().finish()
  writer.cleared().fork().string("left open")
  t.same([...writer.cleared().uint64(5).finish()], [5])
  t.same([...first], [3 + 1, 3, 97, 98, 99], "what was taken out stays as it is")
  writer.cleared().bytes(new Uint8Array(1_000_000))
  t.ok(writer.cleared().buf.length < 100_000, "much room is given back")
})
