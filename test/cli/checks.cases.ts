import { budgetsOf, judge, SCRIPTS } from "conclave/cli/dev/checks"
import { test } from "tap"

const PLAIN = { budgets: {}, budgetScale: 1 }

test("each script has the checks and the budgets of the contract", (t) => {
  const kill = { detectFirstMs: 1500, detectAllMs: 2000, falseDead: 0 }
  t.same(Object.fromEntries(SCRIPTS.map((script) => [script, budgetsOf(script)])), {
    story: { bootMs: 10_000, ...kill },
    "kill-agent": kill,
    "stop-agent": { detectAllMs: 5000, falseDead: 0, aliveMs: 5000 },
    partition: { healMs: 10_000 },
    restart: { dead: 0 },
  })
  t.end()
})

test("a value at its budget is kept, one beyond is not, and what never came is neither", (t) => {
  const measured = new Map([
    ["detectFirstMs", 1500],
    ["detectAllMs", 2000.1],
  ])
  const items = judge("kill-agent", measured, PLAIN)
  t.same(
    items.map(({ check, ok }) => [check, ok]),
    [
      ["detectFirstMs", true],
      ["detectAllMs", false],
      ["falseDead", false],
    ],
  )
  t.equal(items[2]?.value, null)
  t.end()
})

test("the scale stretches times and never counts", (t) => {
  const measured = new Map([
    ["detectFirstMs", 14_000],
    ["detectAllMs", 20_000],
    ["falseDead", 1],
  ])
  const items = judge("kill-agent", measured, { budgets: {}, budgetScale: 10 })
  t.same(
    items.map(({ budget }) => budget),
    [15_000, 20_000, 0],
  )
  t.same(
    items.map(({ ok }) => ok),
    [true, true, false],
  )
  t.end()
})

test("a budget that was given replaces the default one", (t) => {
  const [item] = judge("partition", new Map([["healMs", 80]]), { budgets: { healMs: 50 }, budgetScale: 1 })
  t.same(item, { check: "healMs", value: 80, budget: 50, ok: false })
  t.end()
})
