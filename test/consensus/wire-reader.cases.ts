import { WireReader } from "@conclave/consensus/wire-reader"
import fc from "fast-check"
import protobuf from "protobufjs/minimal.js"
import { test } from "tap"

function read64(bytes: Uint8Array): number {
  return Number(new WireReader(bytes).uint64())
}

test("a 64-bit field of a replica is a plain number", async (t) => {
  t.equal(typeof new WireReader(new protobuf.Writer().uint64(7).finish()).uint64(), "number")
  fc.assert(fc.property(fc.maxSafeNat(), (value) => read64(new protobuf.Writer().uint64(value).finish()) === value))
  t.equal(typeof new protobuf.Reader(Uint8Array.of(1)).uint64(), "object", "others keep theirs")
})

test("a 64-bit field of a replica beyond 53 bits is refused, never rounded", async (t) => {
  t.equal(read64(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 15)), Number.MAX_SAFE_INTEGER)
  t.throws(() => read64(Uint8Array.of(128, 128, 128, 128, 128, 128, 128, 16)), RangeError)
  t.throws(() => read64(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1)), RangeError)
  t.throws(() => read64(new Uint8Array(20).fill(128)), RangeError)
  t.throws(() => read64(Uint8Array.of(128, 128)), RangeError, "that ends too early")
  t.throws(() => read64(new Uint8Array(0)), RangeError)
})

test("an append is refused at the first entry too many", async (t) => {
  const reader = new WireReader(new Uint8Array(70_000).fill(122))
  for (let read = 0; read < 65_536; read++) reader.tag()
  t.throws(() => reader.tag(), RangeError)
  t.equal(reader.pos, 65_537, "nothing after it was looked at")
})

test("a group is refused at the first replica too many, each entry with its own", async (t) => {
  for (const tag of [90, 98, 106, 114]) {
    const reader = new WireReader(new Uint8Array(300).fill(tag))
    for (let read = 0; read < 256; read++) reader.tag()
    t.throws(() => reader.tag(), RangeError)
  }
  const full = new Array<number>(256).fill(90)
  const two = new WireReader(Uint8Array.from([122, ...full, 122, ...full, 90]))
  for (let read = 0; read < 514; read++) two.tag()
  t.throws(() => two.tag(), RangeError)
})

test("text of a replica that is not UTF-8 is refused", async (t) => {
  t.equal(new WireReader(Uint8Array.of(1, 97)).string(), "a")
  t.throws(() => new WireReader(Uint8Array.of(1, 0xff)).string())
})
