import { isQuantiles, quantiles, significant } from "@conclave/bench/quantiles"
import fc from "fast-check"
import { test } from "tap"

test("quantiles of nothing are nothing", async (t) => {
  t.equal(quantiles([]), undefined)
})

test("quantiles of one value are that value", async (t) => {
  t.same(quantiles([7]), { count: 1, min: 7, mean: 7, p50: 7, p90: 7, p99: 7, max: 7 })
})

test("quantiles go by nearest rank: ten values", async (t) => {
  const found = quantiles([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  t.same(found, { count: 10, min: 1, mean: 5.5, p50: 5, p90: 9, p99: 10, max: 10 })
})

test("quantiles sort as numbers, not as text", async (t) => {
  t.equal(quantiles([100, 20, 3])?.p50, 20)
})

test("quantiles are values that were measured, in order, whatever the figures are", async (t) => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
      const q = quantiles(values)
      if (q === undefined) return false
      const ordered = [q.min, q.p50, q.p90, q.p99, q.max]
      const grows = ordered.every((value, index) => index === 0 || value >= (ordered[index - 1] ?? 0))
      // A share of the values as large as the quantile says lies at or below it.
      const below = values.filter((value) => value <= q.p90).length
      return grows && ordered.every((value) => values.includes(value)) && below >= 0.9 * values.length
    }),
  )
  t.pass("no counterexample")
})

test("quantiles are told from other figures", async (t) => {
  t.equal(isQuantiles(quantiles([1])), true)
  for (const other of [1, null, undefined, "p50", {}, []]) t.equal(isQuantiles(other), false)
})

test("significant keeps four digits and leaves what is not finite alone", async (t) => {
  t.equal(significant(123.456), 123.5)
  t.equal(significant(0.000123456), 0.0001235)
  t.equal(significant(123.456, 2), 120)
  t.equal(significant(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY)
})
