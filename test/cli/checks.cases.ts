import { judge, SCRIPTS } from "conclave/cli/dev/checks"
import { test } from "tap"

const PLAIN = { budgets: {}, budgetScale: 1 }

const NOTHING = new Map()

test("each script has the checks and the budgets of the contract", (t) => {
  const holder = { lockMs: 500 }
  const agent = { detectFirstMs: 1500, detectAllMs: 2000, lockMs: 3500, falseDead: 0 }
  const leader = { writeMs: 1500, lostWrites: 0 }
  const worker = { reassignMs: 1000, lostItems: 0, doubleOwners: 0 }
  const budgets = (script: (typeof SCRIPTS)[number]): readonly (readonly [string, number])[] =>
    judge(script, NOTHING, PLAIN).map(({ check, budget }) => [check, budget])
  t.same(Object.fromEntries(SCRIPTS.map((script) => [script, budgets(script)])), {
    story: [{ bootMs: 10_000 }, holder, agent, leader, worker].flatMap((part) => Object.entries(part)),
    "kill-holder": Object.entries(holder),
    "kill-agent": Object.entries(agent),
    "kill-leader": Object.entries(leader),
    "stop-agent": Object.entries({ detectAllMs: 5000, falseDead: 0, aliveMs: 5000 }),
    partition: Object.entries({ overlapMs: 0, minorityWrites: 0, healMs: 10_000 }),
    "kill-worker": Object.entries(worker),
    restart: Object.entries({ lostGrants: 0, dead: 0 }),
    "kill-random": Object.entries({ lostWrites: 0, lostGrants: 0, overlapMs: 0, doubleOwners: 0 }),
  })
  t.end()
})

test("the story says of each check to which part it belongs", (t) => {
  const measured = new Map([
    ["kill-holder", new Map([["lockMs", 400]])],
    ["kill-agent", new Map([["lockMs", 3400]])],
  ] as const)
  const locks = judge("story", measured, PLAIN).filter(({ check }) => check === "lockMs")
  t.same(locks, [
    { check: "lockMs", part: "kill-holder", value: 400, budget: 500, ok: true },
    { check: "lockMs", part: "kill-agent", value: 3400, budget: 3500, ok: true },
  ])
  t.end()
})

test("a value at its budget is kept, one beyond is not, and what never came is neither", (t) => {
  const measured = new Map([
    ["detectFirstMs", 1500],
    ["detectAllMs", 2000.1],
  ])
  const items = judge("kill-agent", new Map([["kill-agent", measured]]), PLAIN)
  t.same(
    items.map(({ check, ok }) => [check, ok]),
    [
      ["detectFirstMs", true],
      ["detectAllMs", false],
      ["lockMs", false],
      ["falseDead", false],
    ],
  )
  t.equal(items[3]?.value, null)
  t.end()
})

test("the scale stretches times and never counts", (t) => {
  const measured = new Map([
    ["detectFirstMs", 14_000],
    ["detectAllMs", 20_000],
    ["lockMs", 35_000],
    ["falseDead", 1],
  ])
  const items = judge("kill-agent", new Map([["kill-agent", measured]]), { budgets: {}, budgetScale: 10 })
  t.same(
    items.map(({ budget }) => budget),
    [15_000, 20_000, 35_000, 0],
  )
  t.same(
    items.map(({ ok }) => ok),
    [true, true, true, false],
  )
  t.end()
})

test("a budget that was given replaces the default one", (t) => {
  const measured = new Map([["partition", new Map([["healMs", 80]])]] as const)
  const items = judge("partition", measured, { budgets: { healMs: 50 }, budgetScale: 1 })
  const item = items.find(({ check }) => check === "healMs")
  t.same(item, { check: "healMs", value: 80, budget: 50, ok: false })
  t.end()
})

test("no scale excuses two holders at once", (t) => {
  const measured = new Map([["partition", new Map([["overlapMs", 0.2]])]] as const)
  const items = judge("partition", measured, { budgets: {}, budgetScale: 10 })
  t.same(items[0], { check: "overlapMs", value: 0.2, budget: 0, ok: false })
  t.end()
})
