import { StateHash, weigh } from "@conclave/consensus/machine/state-hash"
import fc from "fast-check"
import { test } from "tap"

const NOTHING = weigh(new Uint8Array(0))

test("the hash of records depends on the records alone, not on the way to them", (t) => {
  const anyRecords = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 20 })
  fc.assert(
    fc.property(anyRecords, anyRecords, fc.nat(), (kept, gone, seed) => {
      const [direct, roundabout] = [new StateHash(), new StateHash()]
      for (const each of kept) direct.add(weigh(each))
      const moves = [...gone, ...kept].map((each, at) => ({ each, key: (at * 7919 + seed) % 101 }))
      for (const { each } of moves.sort((a, b) => a.key - b.key)) roundabout.add(weigh(each))
      for (const each of gone) roundabout.subtract(weigh(each))
      return direct.textWith(NOTHING) === roundabout.textWith(NOTHING) && direct.bytes === roundabout.bytes
    }),
  )
  t.end()
})

test("one bit makes another hash, of 16 digits", (t) => {
  const seen = new Set<string>()
  const hash = new StateHash()
  for (let bit = 0; bit < 64; bit++) {
    const record = new Uint8Array(8)
    record[bit >> 3] = 1 << (bit & 7)
    seen.add(hash.textWith(weigh(record)))
  }
  t.equal(seen.size, 64)
  t.ok([...seen].every((each) => /^[0-9a-f]{16}$/.test(each)))
  t.end()
})
