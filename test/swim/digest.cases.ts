import { deepStrictEqual, equal } from "node:assert/strict"
import { BUCKETS, Digest } from "@conclave/swim/digest"
import fc from "fast-check"
import { test } from "tap"

const uint32 = fc.nat(0xffffffff)
const anyChange = fc.record({
  row: fc.nat(40),
  idHash: uint32,
  hash: fc.oneof(fc.constant(0), uint32),
})

test("buckets and root are the sums of the rows, whatever was changed on the way", async (t) => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 100 }), (changes) => {
      const digest = new Digest()
      const idHashes = new Map<number, number>()
      const hashes = new Map<number, number>()
      for (const { row, idHash, hash } of changes) {
        // A row keeps its member while it is shown.
        const kept = idHashes.get(row) ?? idHash
        idHashes.set(row, kept)
        hashes.set(row, hash)
        digest.set(row, kept, hash, 0)
      }
      const buckets = new Array<number>(BUCKETS).fill(0)
      let root = 0
      for (const [row, hash] of hashes) {
        const index = Digest.bucketOf(idHashes.get(row) ?? 0)
        buckets[index] = ((buckets[index] ?? 0) + hash) >>> 0
        root = (root + hash) >>> 0
      }
      deepStrictEqual(digest.buckets(), buckets)
      equal(digest.root, root === 0 ? 1 : root)
    }),
  )
  t.pass("for all changes")
})

test("equal views have equal digests, whatever the order they came about in", async (t) => {
  const rows = fc.uniqueArray(fc.tuple(uint32, uint32), {
    maxLength: 50,
    selector: ([idHash]) => idHash,
  })
  fc.assert(
    fc.property(rows, (view) => {
      const forwards = new Digest()
      const backwards = new Digest()
      for (const [row, [idHash, hash]] of view.entries()) forwards.set(row, idHash, hash, 0)
      for (const [row, [idHash, hash]] of [...view].reverse().entries()) backwards.set(row, idHash, hash, 9)
      deepStrictEqual(forwards.buckets(), backwards.buckets())
      equal(forwards.root, backwards.root)
    }),
  )
  t.pass("in both orders")
})

test("a root is never 0, which says that there is nothing to compare", async (t) => {
  const digest = new Digest()
  t.equal(digest.root, 1)
  digest.set(0, 5, 0xffffffff, 0)
  digest.set(1, 6, 1, 0)
  t.equal(digest.root, 1)
})

test("a bucket is settled when it has not changed for long enough", async (t) => {
  const digest = new Digest()
  t.ok(digest.isSettled(5, 0, 5000), "that never changed")
  digest.set(0, 5, 77, 1000)
  t.notOk(digest.isSettled(5, 5999, 5000))
  t.ok(digest.isSettled(5, 6000, 5000))
  t.ok(digest.isSettled(6, 1000, 5000), "another bucket")
  digest.set(0, 5, 77, 9000)
  t.ok(digest.isSettled(5, 9000, 5000), "the same again is no change")
})

test("rows far beyond the first ones have their place", async (t) => {
  const digest = new Digest()
  digest.set(10_000, 3, 7, 0)
  digest.set(2, 3, 8, 0)
  t.equal(digest.bucket(3), 15)
})
