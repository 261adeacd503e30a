import { ExactReader } from "@conclave/consensus/exact-reader"
import fc from "fast-check"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"

function read64(bytes: Uint8Array): number {
  return Number(new ExactReader(bytes).uint64())
}

test("a 64-bit field is a plain number", async (t) => {
  t.equal(typeof new ExactReader(new protobuf.Writer().uint64(7).finish()).uint64(), "number")
  fc.assert(fc.property(fc.maxSafeNat(), (value) => read64(new protobuf.Writer().uint64(value).finish()) === value))
  t.equal(typeof new protobuf.Reader(Uint8Array.of(1)).uint64(), "object", "others keep theirs")
})

test("a 64-bit field beyond 53 bits is refused, never rounded", async (t) => {
  t.equal(read64(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 15)), Number.MAX_SAFE_INTEGER)
  t.throws(() => read64(Uint8Array.of(128, 128, 128, 128, 128, 128, 128, 16)), RangeError)
  t.throws(() => read64(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1)), RangeError)
  t.throws(() => read64(new Uint8Array(20).fill(128)), RangeError)
  t.throws(() => read64(Uint8Array.of(128, 128)), RangeError, "that ends too early")
  t.throws(() => read64(new Uint8Array(0)), RangeError)
})

test("text that is not UTF-8 is refused", async (t) => {
  t.equal(new ExactReader(Uint8Array.of(1, 97)).string(), "a")
  t.throws(() => new ExactReader(Uint8Array.of(1, 0xff)).string())
})
