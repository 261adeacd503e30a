import {
  type Counted,
  NO_WEIGHT,
  StateHash,
  WAITING_MAX,
  weigh,
  weighNumber,
  weighPart,
} from "@conclave/consensus/machine/state-hash"
import fc from "fast-check"
import { test } from "tap"

const NOTHING = weigh(new Uint8Array(0))

function counted(record: Uint8Array | (() => Uint8Array)): Counted {
  const encode = typeof record === "function" ? record : () => record
  return { encode, weight: NO_WEIGHT, isWaiting: false }
}

test("the hash of records depends on the records alone, not on the way to them or on who asked when", (t) => {
  const anyRecords = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 20 })
  fc.assert(
    fc.property(anyRecords, anyRecords, fc.nat(), (kept, gone, seed) => {
      const [direct, roundabout] = [new StateHash(), new StateHash()]
      for (const each of kept) direct.count(counted(each))
      const going = gone.map(counted)
      const moves = [...going, ...kept.map(counted)].map((each, at) => ({ each, key: (at * 7919 + seed) % 101 }))
      for (const { each, key } of moves.sort((a, b) => a.key - b.key)) {
        roundabout.count(each)
        if (key % 3 === 0) roundabout.weighOne()
        if (key % 7 === 0) roundabout.textWith(NOTHING)
      }
      for (const each of going) roundabout.discount(each)
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
    hash.count(one)
    seen.add(hash.textWith(NOTHING))
    hash.discount(one)
  }
  t.equal(seen.size, 64)
  t.ok([...seen].every((each) => /^[0-9a-f]{16}$/.test(each)))
  t.end()
})

test("a record that is gone before anybody asks is never encoded, and one that stays is encoded once", (t) => {
  const hash = new StateHash()
  let encoded = 0
  const record = (): Counted => counted(() => new Uint8Array(++encoded && 10))
  const [gone, stays] = [record(), record()]
  hash.count(gone)
  hash.count(stays)
  hash.count(stays)
  hash.discount(gone)
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
    hash.count(counted(() => new Uint8Array(order.push(at) && 1)))
  }
  t.same(order, [0])
  t.equal(hash.weighOne(), true)
  t.same(order, [0, 1])
  t.end()
})

test("what changes is counted as it is when it is weighed, whatever it was before", (t) => {
  const hash = new StateHash()
  let bytes = 3
  const record = counted(() => new Uint8Array(bytes))
  hash.count(record)
  t.equal(hash.bytes, 3)
  for (bytes = 5; bytes < 8; bytes++) hash.count(record)
  t.equal(hash.bytes, 8)
  hash.discount(record)
  t.same([hash.bytes, hash.textWith(NOTHING)], [0, new StateHash().textWith(NOTHING)])
  t.end()
})

test("a part counts for what it says and for whose it is", (t) => {
  const part = Uint8Array.of(1, 2, 3)
  const hash = new StateHash()
  hash.add(weighPart(part, 1))
  t.equal(hash.bytes, 5, "with what says that it is one, and how long")
  const ofA = hash.textWith(NOTHING)
  hash.subtract(weighPart(part, 1))
  hash.add(weighPart(part, 2))
  t.not(hash.textWith(NOTHING), ofA)
  const seen = [1, 2].flatMap((seed) => [0, 1, 2 ** 32].map((value) => weighNumber(value, seed).a))
  t.equal(new Set(seen).size, 6, "so does a number")
  t.end()
})

test("whether the records are below a size is told exactly, without weighing while they are far from it", (t) => {
  const hash = new StateHash()
  let encoded = 0
  hash.count(counted(() => new Uint8Array(++encoded && 100)))
  t.equal(hash.isBelow(64 * 1024 * 1024), true)
  t.equal(encoded, 0)
  t.equal(hash.isBelow(101), true)
  t.equal(hash.isBelow(100), false)
  t.equal(encoded, 1)
  t.end()
})

test("large records are weighed as they come, so that whoever asks waits for none of them", (t) => {
  let encoded = 0
  const large = (byte: number): Counted =>
    counted(() => {
      encoded++
      return new Uint8Array(30_000).fill(byte)
    })
  const hash = new StateHash()
  const all = Array.from({ length: 20 }, (_, byte) => large(byte))
  for (const each of all) hash.countLarge(each)
  t.equal(encoded, 20)
  t.equal(hash.bytes, 600_000)
  t.equal(encoded, 20)
  const same = new StateHash()
  for (const each of all) same.count(counted(each.encode))
  t.equal(hash.textWith(NOTHING), same.textWith(NOTHING))
  for (const each of all) hash.discount(each)
  t.equal(hash.bytes, 0)
  t.end()
})
