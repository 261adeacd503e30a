import type { Token } from "@conclave/consensus"
import { classOf, GRANT_CLASSES, GrantCounts, LOSSES, type Spent } from "conclave/coordination/grant-counts"
import type { GrantStep } from "conclave/coordination/grant-note"
import { test } from "tap"

function step(kind: string, more: Partial<GrantStep> = {}): GrantStep {
  return { kind, name: "x", token: 1 as Token, reason: undefined, spent: {}, ...more }
}

test("grants are counted by kind, losses by their reasons, and items by what became of them, all from zero", async (t) => {
  const counts = new GrantCounts()
  for (const of of GRANT_CLASSES) t.strictSame([...new Set(counts.lost(of).map(({ count }) => count))], [0], of)
  counts.counted(step("lock.granted"))
  counts.counted(step("lock.lost", { reason: "expired" }))
  counts.counted(step("lock.lost", { reason: "expired", spent: undefined }))
  counts.counted(step("work.lost", { reason: "fenced" }))
  counts.counted(step("work.lost", { item: "a", reason: "removed" }))
  for (const reason of ["done", "done", "failed: no room", "released"])
    counts.counted(step("work.released", { item: "a", reason }))
  counts.counted(step("work.released"))
  counts.counted(step("session.lost", { reason: "closed" }))
  const lost = GRANT_CLASSES.flatMap((of) =>
    counts.lost(of).flatMap((each) => (each.count > 0 ? [{ of, ...each }] : [])),
  )
  t.strictSame(lost, [
    { of: "lock", reason: "expired", count: 1 },
    { of: "worker", reason: "fenced", count: 1 },
    { of: "work", reason: "removed", count: 1 },
  ])
  t.strictSame(
    counts.settled().map(({ result, count }) => `${result} ${count}`),
    ["done 2", "released 1", "failed 1"],
  )
  t.equal(counts.lost("lock").length, LOSSES.length)
  t.strictSame(
    [classOf("work", undefined), classOf("work", "a"), classOf("barrier", undefined)],
    ["worker", "work", undefined],
  )
})

test("what was spent is kept until somebody looks, only the last of it, and then told as it comes", async (t) => {
  const counts = new GrantCounts()
  for (let ms = 1; ms <= 1500; ms++) counts.counted(step("lock.granted", { spent: { waitMs: ms } }))
  const told: Spent[] = []
  counts.observe((spent) => void told.push(spent))
  t.equal(told.length, 1000)
  t.strictSame(told.at(-1), { of: "lock", span: "wait", seconds: 1.5 })
  counts.counted(step("group.released", { spent: { holdMs: 2000, letGoMs: 10 } }))
  t.strictSame(told.slice(-2), [
    { of: "group", span: "hold", seconds: 2 },
    { of: "group", span: "letGo", seconds: 0.01 },
  ])
})

test("what stands now is asked for where it is known", async (t) => {
  const counts = new GrantCounts()
  t.strictSame(counts.standing()[0], { of: "lock", held: 0, waiting: 0 })
  counts.follow(() => new Map([["lock", { held: 2, waiting: 3 }]]))
  t.strictSame(counts.standing()[0], { of: "lock", held: 2, waiting: 3 })
  t.equal(counts.standing().length, GRANT_CLASSES.length)
})
