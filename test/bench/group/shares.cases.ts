import { balancedMs, bandOf, doubleOwners, movesOf, type WorkerSteps } from "@conclave/bench/group/shares"
import { test } from "tap"

function worker(steps: readonly (readonly ["has" | "gives", string, number, number])[], endMs?: number): WorkerSteps {
  return {
    steps: steps.map(([kind, item, token, atMs]) => ({ kind, item, token: String(token), atNs: ns(atMs) })),
    endNs: endMs === undefined ? undefined : BigInt(ns(endMs)),
  }
}

function ns(ms: number): string {
  return String(ms * 1_000_000)
}

test("the band is that of the planner", async (t) => {
  t.same(bandOf(1000, 20), { low: 45, high: 55 })
  t.same(bandOf(10, 3), { low: 3, high: 4 }, "what whole numbers can reach")
})

test("balanced is when every item has a worker and no worker too much, for good", async (t) => {
  const a = worker([
    ...([
      ["has", "0", 1, 10],
      ["has", "1", 2, 10],
      ["has", "2", 3, 10],
      ["has", "3", 4, 10],
    ] as const),
    ...([
      ["gives", "2", 3, 20],
      ["gives", "3", 4, 20],
    ] as const),
  ])
  const b = worker([
    ["has", "2", 5, 25],
    ["has", "3", 6, 27],
  ])
  t.equal(balancedMs([a, b], 4, 15_000_000n), 12)
  t.equal(balancedMs([a, b], 5, 0n), null, "one that nobody has")
  t.equal(balancedMs([a], 4, 0n), null, "it has given them back")
  const again = worker([
    ["has", "2", 5, 25],
    ["has", "3", 6, 27],
    ["gives", "3", 6, 30],
    ["has", "3", 7, 40],
  ])
  t.equal(balancedMs([a, again], 4, 15_000_000n), 25, "what did not last does not count")
  t.equal(balancedMs([worker([["has", "0", 1, 5]])], 1, 9_000_000n), 0, "before the last join")
})

test("of a killed worker each item moves to the first who has it after the kill", async (t) => {
  const victim = worker([
    ["has", "0", 1, 1],
    ["has", "1", 2, 1],
    ["has", "2", 3, 1],
    ["gives", "2", 3, 5],
  ]).steps
  const others = [
    worker([
      ["has", "2", 4, 6],
      ["has", "0", 5, 30],
    ]),
    worker([["has", "0", 6, 40]]),
  ]
  t.match(
    movesOf(victim, others, 20_000_000n),
    { moveMs: 10, itemMoveMs: { count: 1, max: 10 }, moved: 1, lostItems: 1 },
    "1 is lost, 2 was not the victim's any more",
  )
  const late = [...others, worker([["has", "1", 7, 50]])]
  t.match(movesOf(victim, late, 20_000_000n), { moveMs: 30, itemMoveMs: { count: 2, min: 10 }, lostItems: 0 })
  t.same(movesOf([], others, 0n), { moveMs: null, itemMoveMs: null, moved: 0, lostItems: 0 })
})

test("two that have an item at a time are counted, also with one that was killed", async (t) => {
  const early = worker([["has", "0", 2, 15]])
  t.equal(
    doubleOwners([
      worker([
        ["has", "0", 1, 10],
        ["gives", "0", 1, 20],
      ]),
      early,
    ]),
    1,
  )
  t.equal(
    doubleOwners([
      worker([
        ["has", "0", 1, 10],
        ["gives", "0", 1, 15],
      ]),
      early,
    ]),
    0,
  )
  t.equal(doubleOwners([worker([["has", "0", 1, 10]]), early]), 1, "it was never given back")
  t.equal(doubleOwners([worker([["has", "0", 1, 10]], 12), early]), 0, "it was dead by then")
  t.equal(doubleOwners([worker([["has", "0", 1, 10]], 18), early]), 1)
})
