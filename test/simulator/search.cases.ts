import { type Interval, linearizable, type Model } from "@conclave/sim/check/search"
import fc from "fast-check"
import { test } from "tap"

type RegisterOp = { readonly kind: "write" | "read"; readonly value: number }

const REGISTER: Model<number, RegisterOp> = {
  initial: 0,
  step: (state, { kind, value }) => (kind === "write" ? value : state === value ? state : undefined),
  keyOf: String,
  isRead: ({ kind }) => kind === "read",
}

function interval(kind: "write" | "read", value: number, call: number, end: number): Interval<RegisterOp> {
  return { op: { kind, value }, call, end }
}

/** Every order that time allows, one after the other. */
function bruteForce(intervals: readonly Interval<RegisterOp>[], state = 0): boolean {
  if (intervals.length === 0) return true
  const firstEnd = Math.min(...intervals.map(({ end }) => end))
  return intervals.some((each) => {
    if (each.call > firstEnd) return false
    const next = REGISTER.step(state, each.op)
    return (
      next !== undefined &&
      bruteForce(
        intervals.filter((other) => other !== each),
        next,
      )
    )
  })
}

test("reads see the last write, or one of those that overlap them", (t) => {
  const write = interval("write", 1, 0, 10)
  const kind = (...more: readonly Interval<RegisterOp>[]): string => linearizable(REGISTER, [write, ...more]).kind
  t.equal(kind(interval("read", 0, 1, 9)), "linearizable")
  t.equal(kind(interval("read", 1, 1, 9)), "linearizable")
  t.equal(kind(interval("read", 0, 11, 12)), "not-linearizable")
  t.equal(kind(interval("read", 1, 1, 2), interval("read", 0, 3, 4)), "not-linearizable", "not back again")
  t.equal(
    kind({ ...interval("write", 2, 5, Number.POSITIVE_INFINITY), isOptional: true }, interval("read", 1, 20, 21)),
    "linearizable",
  )
  t.equal(
    kind({ ...interval("write", 2, 5, Number.POSITIVE_INFINITY), isOptional: true }, interval("read", 2, 20, 21)),
    "linearizable",
  )
  t.equal(
    kind({ ...interval("write", 2, 30, Number.POSITIVE_INFINITY), isOptional: true }, interval("read", 2, 20, 21)),
    "not-linearizable",
  )
  t.end()
})

test("what was seen before it was asked for has no order", (t) => {
  const verdict = linearizable(REGISTER, [interval("write", 1, 0, 10), interval("read", 1, 9, 8)])
  t.same(verdict, { kind: "not-linearizable", deepest: 0, stuck: 1 })
  t.end()
})

test("a search that is broken off has no verdict", (t) => {
  const many = Array.from({ length: 30 }, (_, value) => interval("write", value, 0, 100))
  t.equal(linearizable(REGISTER, [...many, interval("read", -1, 101, 102)], 1000).kind, "unknown")
  t.end()
})

const anyHistory = fc.array(
  fc.record({
    kind: fc.constantFrom("write" as const, "read" as const),
    value: fc.integer({ min: 0, max: 2 }),
    call: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 0, max: 8 }),
  }),
  { maxLength: 7 },
)

test("the verdict is that of trying every order", (t) => {
  const verdicts = new Set<string>()
  fc.assert(
    fc.property(anyHistory, (drawn) => {
      const history = drawn.map(({ kind, value, call, length }) => interval(kind, value, call, call + length))
      const { kind } = linearizable(REGISTER, history)
      verdicts.add(kind)
      return kind === (bruteForce(history) ? "linearizable" : "not-linearizable")
    }),
    { numRuns: 2000 },
  )
  t.same([...verdicts].sort(), ["linearizable", "not-linearizable"])
  t.end()
})
