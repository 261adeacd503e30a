import { handovers } from "@conclave/bench/group/handovers"
import { test } from "tap"

function step(kind: "leads" | "resigns" | "observed", value: string, atMs: number) {
  return { kind, value, atNs: String(atMs * 1_000_000) } as const
}

test("a handover lasts from a resignation to the next leader's word, and to each observer's", async (t) => {
  const steps = [
    ...[step("observed", "b/1", 130), step("leads", "b/1", 110), step("resigns", "a/1", 100), step("leads", "a/1", 50)],
    ...[step("observed", "b/1", 115), step("resigns", "b/1", 200), step("leads", "a/2", 204), step("observed", "x", 1)],
  ]
  t.same(handovers(steps), { handoverMs: [10, 4], observeMs: [15, 30], overlaps: 0 })
})

test("a leader that begins before the one before it has resigned overlaps, and is no handover", async (t) => {
  const early = [step("leads", "a", 10), step("resigns", "a", 30), step("leads", "b", 20), step("resigns", "b", 40)]
  t.same(handovers(early), { handoverMs: [], observeMs: [], overlaps: 1 })
  t.equal(handovers([step("leads", "a", 10), step("leads", "b", 20)]).overlaps, 1, "nobody resigned")
})

test("what began before the window, and nothing at all, are no handovers", async (t) => {
  t.same(handovers([step("resigns", "a", 5), step("leads", "b", 9)]).handoverMs, [])
  t.same(handovers([]), { handoverMs: [], observeMs: [], overlaps: 0 })
})
