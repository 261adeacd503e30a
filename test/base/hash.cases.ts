import { hashBytes, hashNumber, hashText } from "@conclave/base"
import fc from "fast-check"
import { test } from "tap"

const seed = fc.integer({ min: 0, max: 0xffffffff })

test("a hash is 32 bits and depends on nothing but its input", (t) => {
  const isHash = (hash: number) => Number.isInteger(hash) && hash >= 0 && hash <= 0xffffffff
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), fc.maxSafeNat(), seed, (bytes, text, number, from) => {
      const of = () => [hashBytes(bytes, from), hashText(text, from), hashNumber(number, from)]
      const [first, second] = [of(), of()]
      return first.every(isHash) && first.join() === second.join()
    }),
  )
  t.pass("three hashes")
  t.end()
})

test("the seed changes the hash", (t) => {
  t.not(hashText("a", 1), hashText("a", 2))
  t.not(hashBytes(new Uint8Array([1]), 1), hashBytes(new Uint8Array([1]), 2))
  t.not(hashNumber(1, 1), hashNumber(1, 2))
  t.end()
})

test("the upper half of a large number counts", (t) => {
  t.not(hashNumber(5, 0), hashNumber(5 + 2 ** 32, 0))
  t.not(hashNumber(5, 0), hashNumber(5 + 2 ** 52, 0))
  t.end()
})

test("neighbours fall into different buckets, evenly", (t) => {
  const buckets = 64
  const draws = 64_000
  const hashes: readonly ((n: number) => number)[] = [
    (n) => hashNumber(n, 1),
    (n) => hashText(`n${n}`),
    (n) => hashBytes(new Uint8Array([n & 255, (n >> 8) & 255, n >> 16])),
  ]
  for (const hash of hashes) {
    const low = new Uint32Array(buckets)
    const high = new Uint32Array(buckets)
    for (let n = 0; n < draws; n++) {
      const value = hash(n)
      low[value % buckets] = (low[value % buckets] as number) + 1
      high[value >>> 26] = (high[value >>> 26] as number) + 1
    }
    // Chi-squared with 63 degrees of freedom is below 130 in all but one of a million fair draws.
    for (const counts of [low, high]) {
      const expected = draws / buckets
      const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      t.ok(chi < 130, `chi-squared ${chi.toFixed(0)}`)
    }
  }
  t.end()
})
