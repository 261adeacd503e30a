import { type Counted, StateHash, WAITING_MAX, weigh } from "@conclave/consensus/machine/state-hash"
import fc from "fast-check"
import { test } from "tap"

const NOTHING = weigh(new Uint8Array(0))

function counted(record: Uint8Array): Counted {
  return { encode: () => record, isLong: false, weight: undefined }
}

test("the hash of records depends on the records alone, not on the way to them or on who asked when", (t) => {
  const anyRecords = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 20 })
  fc.assert(
    fc.property(anyRecords, anyRecords, fc.nat(), (kept, gone, seed) => {
      const [direct, roundabout] = [new StateHash(), new StateHash()]
      for (const each of kept) direct.add(counted(each))
      const going = gone.map(counted)
      const moves = [...going, ...kept.map(counted)].map((each, at) => ({ each, key: (at * 7919 + seed) % 101 }))
      for (const { each, key } of moves.sort((a, b) => a.key - b.key)) {
        roundabout.add(each)
        if (key % 3 === 0) roundabout.weighOne()
        if (key % 7 === 0) roundabout.textWith(NOTHING)
      }
      for (const each of going) roundabout.subtract(each)
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
    const one = counted(record)
    hash.add(one)
    seen.add(hash.textWith(NOTHING))
    hash.subtract(one)
  }
  t.equal(seen.size, 64)
  t.ok([...seen].every((each) => /^[0-9a-f]{16}$/.test(each)))
  t.end()
})

test("a record that is gone before anybody asks is never encoded, and one that stays is encoded once", (t) => {
  const hash = new StateHash()
  let encoded = 0
  const record = (): Counted => ({ encode: () => new Uint8Array(++encoded && 10), isLong: false, weight: undefined })
  const [gone, stays] = [record(), record()]
  hash.add(gone)
  hash.add(stays)
  hash.subtract(gone)
  t.equal(encoded, 0)
  t.equal(hash.bytes, 10)
  hash.textWith(NOTHING)
  t.equal(encoded, 1)
  t.equal(hash.weighOne(), false)
  t.end()
})

test("so many records wait to be weighed, and one more weighs the first", (t) => {
  const hash = new StateHash()
  const order: number[] = []
  for (let at = 0; at <= WAITING_MAX; at++) {
    t.equal(order.length, 0)
    hash.add({ encode: () => new Uint8Array(order.push(at) && 1), isLong: false, weight: undefined })
  }
  t.same(order, [0])
  t.equal(hash.weighOne(), true)
  t.same(order, [0, 1])
  t.end()
})

test("long records wait longest", (t) => {
  const hash = new StateHash()
  const order: string[] = []
  const record = (name: string, isLong: boolean): Counted => ({
    encode: () => new Uint8Array(order.push(name) && 1),
    isLong,
    weight: undefined,
  })
  const [long, gone] = [record("long", true), record("gone", true)]
  for (const each of [long, gone, record("a", false), record("b", false)]) hash.add(each)
  hash.subtract(gone)
  t.equal(hash.weighOne() && hash.weighOne(), true)
  t.same(order, ["a", "b"])
  hash.subtract(long)
  t.equal(hash.weighOne(), false)
  t.same([order, hash.bytes], [["a", "b"], 2])
  t.end()
})

test("whether the records are below a size is told exactly, without weighing while they are far from it", (t) => {
  const hash = new StateHash()
  let encoded = 0
  hash.add({ encode: () => new Uint8Array(++encoded && 100), isLong: false, weight: undefined })
  t.equal(hash.isBelow(64 * 1024 * 1024), true)
  t.equal(encoded, 0)
  t.equal(hash.isBelow(101), true)
  t.equal(hash.isBelow(100), false)
  t.equal(encoded, 1)
  t.end()
})

test("what is taken away was counted", (t) => {
  t.throws(() => new StateHash().subtract(counted(new Uint8Array(1))), /was counted/)
  t.end()
})

test("large records are weighed as they come, so that whoever asks waits for none of them", (t) => {
  let encoded = 0
  const large = (byte: number): Counted => ({
    encode: () => {
      encoded++
      return new Uint8Array(30_000).fill(byte)
    },
    isLong: false,
    weight: undefined,
  })
  const hash = new StateHash()
  const all = Array.from({ length: 20 }, (_, byte) => large(byte))
  for (const each of all) hash.addLarge(each)
  t.equal(encoded, 20)
  t.equal(hash.bytes, 600_000)
  t.equal(encoded, 20)
  const same = new StateHash()
  for (const each of all) same.add({ encode: each.encode, isLong: false, weight: undefined })
  t.equal(hash.textWith(NOTHING), same.textWith(NOTHING))
  for (const each of all) hash.subtract(each)
  t.equal(hash.bytes, 0)
  t.end()
})
