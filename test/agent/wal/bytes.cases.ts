import { ByteReader, ByteWriter, isZero } from "conclave/wal/bytes"
import { test } from "tap"

test("what is written reads the same", (t) => {
  const bytes = new ByteWriter(1)
    .u8(7)
    .u32(0xfffffffe)
    .u64(2 ** 53 - 1)
    .text("a text")
    .bytes(new Uint8Array([1, 2]))
  t.equal(bytes.length, 1 + 4 + 8 + 7 + 2)
  const reader = new ByteReader(bytes.finish())
  t.same([reader.u8(), reader.u32(), reader.u64(), reader.text()], [7, 0xfffffffe, 2 ** 53 - 1, "a text"])
  t.same(reader.bytes(2), new Uint8Array([1, 2]))
  t.ok(reader.ok && reader.left === 0)
  t.end()
})

test("beyond the end everything is zero, and said to be wrong", (t) => {
  const reader = new ByteReader(new Uint8Array([1, 2, 3]))
  t.equal(reader.u32(), 0)
  t.equal(reader.u8(), 0, "also what would have been there")
  t.notOk(reader.ok)
  const number = new ByteReader(new Uint8Array(8).fill(255))
  number.u64()
  t.notOk(number.ok, "a number beyond 2⁵³")
  t.throws(() => new ByteWriter().u64(-1))
  t.throws(() => new ByteWriter().text("x".repeat(256)))
  t.end()
})

test("zeros are told from the rest", (t) => {
  t.ok(isZero(new Uint8Array(9)))
  t.ok(isZero(new Uint8Array(0)))
  t.notOk(isZero(new Uint8Array([0, 0, 1])))
  t.end()
})
