import { TAGS_TAG, UPDATES_TAG, WireReader } from "@conclave/swim/wire-reader"
import fc from "fast-check"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"

function read64(bytes: Uint8Array): number {
  return Number(new WireReader(bytes, UPDATES_TAG, 1).uint64())
}

test("a 64-bit field is a plain number", async (t) => {
  const bytes = new protobuf.Writer().uint64(7).finish()
  t.equal(typeof new WireReader(bytes, UPDATES_TAG, 1).uint64(), "number")
  fc.assert(fc.property(fc.maxSafeNat(), (value) => read64(new protobuf.Writer().uint64(value).finish()) === value))
})

test("a 64-bit field beyond 53 bits is refused, never rounded", async (t) => {
  t.equal(read64(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 15)), Number.MAX_SAFE_INTEGER)
  t.throws(() => read64(Uint8Array.of(128, 128, 128, 128, 128, 128, 128, 16)), RangeError)
  t.throws(() => read64(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1)), RangeError)
  t.throws(() => read64(new Uint8Array(20).fill(128)), RangeError)
  t.throws(() => read64(Uint8Array.of(129, 128, 128, 128, 128, 128, 128, 128, 0)), RangeError, "a 1 in nine bytes")
  t.throws(() => read64(Uint8Array.of(128, 128)), RangeError, "that ends too early")
  t.throws(() => read64(new Uint8Array(0)), RangeError)
})

test("other users of the library keep their 64-bit reads", async (t) => {
  t.equal(typeof new protobuf.Reader(Uint8Array.of(1)).uint64(), "object")
})

test("a list is refused at the first item too many", async (t) => {
  const reader = new WireReader(new Uint8Array(10).fill(TAGS_TAG), TAGS_TAG, 3)
  for (let read = 0; read < 3; read++) t.equal(reader.tag(), TAGS_TAG)
  t.throws(() => reader.tag(), RangeError)
  t.equal(reader.pos, 4, "nothing after it was looked at")
})

test("each verdict has its own eight accusers", async (t) => {
  const accusers = new Array<number>(8).fill(74)
  const two = new WireReader(Uint8Array.from([66, ...accusers, 66, ...accusers]), UPDATES_TAG, 2)
  for (let read = 0; read < 18; read++) two.tag()
  t.equal(two.pos, 18)
  const nine = new WireReader(Uint8Array.from([66, ...accusers, 74]), UPDATES_TAG, 2)
  for (let read = 0; read < 9; read++) nine.tag()
  t.throws(() => nine.tag(), RangeError)
})

test("text that is not UTF-8 is refused", async (t) => {
  const text = (...bytes: number[]) => new WireReader(Uint8Array.of(bytes.length, ...bytes), UPDATES_TAG, 1).string()
  t.equal(text(0xc3, 0xbc), "ü")
  t.equal(text(0xef, 0xbb, 0xbf), "\ufeff", "a byte order mark is kept")
  t.throws(() => text(0xff))
  t.throws(() => text(0xed, 0xa0, 0x80), "half a surrogate pair")
})
