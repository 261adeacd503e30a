import type { MemberChanged } from "conclave/api/view"
import { ChangeCounts } from "conclave/node/change-counts"
import { test } from "tap"

function change(from: string, to: string, suspectMs = 0): MemberChanged {
  return { before: { state: from }, after: { state: to }, change: to, suspectMs } as unknown as MemberChanged
}

function count(counts: ChangeCounts, from: string, to: string): number | undefined {
  return counts.moves().find((move) => move.from === from && move.to === to)?.count
}

test("changes of state are counted by both states, and every pair is told", (t) => {
  const counts = new ChangeCounts()
  t.equal(counts.moves().length, 12)
  t.equal(count(counts, "alive", "left"), 0)
  counts.changed(change("alive", "suspect"))
  counts.changed(change("suspect", "alive"))
  counts.changed(change("alive", "suspect"))
  counts.changed(change("suspect", "dead", 600))
  t.equal(count(counts, "alive", "suspect"), 2)
  t.equal(count(counts, "suspect", "dead"), 1)
  t.equal(counts.refuted, 1)
  t.end()
})

test("who comes, goes or only changes its description has moved between no states", (t) => {
  const counts = new ChangeCounts()
  counts.changed({ ...change("alive", "alive"), before: undefined } as MemberChanged)
  counts.changed({ ...change("dead", "dead"), after: undefined } as MemberChanged)
  counts.changed(change("alive", "alive"))
  t.ok(counts.moves().every((move) => move.count === 0))
  t.end()
})

test("each suspicion that ended in a death is told once, of very many the last thousand", (t) => {
  const counts = new ChangeCounts()
  counts.changed(change("suspect", "dead", 600))
  t.same(counts.takeSuspicionsMs(), [600])
  t.same(counts.takeSuspicionsMs(), [])
  for (let ms = 0; ms <= 1000; ms++) counts.changed(change("suspect", "dead", ms))
  const told = counts.takeSuspicionsMs()
  t.equal(told.length, 1000)
  t.equal(told[0], 1)
  t.end()
})
