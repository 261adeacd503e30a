import { WireReader } from "@conclave/consensus/wire-reader"
import { test } from "tap"

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
