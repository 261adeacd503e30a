import { Progress } from "@conclave/consensus/progress"
import fc from "fast-check"
import { test } from "tap"
import { at } from "./stage.ts"

const WINDOW = { inflightMax: 3, inflightBytesMax: 100 }

function replicating(match: number): Progress {
  const progress = new Progress(at(match + 1), 0)
  progress.matched(at(match))
  progress.replicate()
  return progress
}

test("a probe is one append at a time", async (t) => {
  const progress = new Progress(at(5), 0)
  t.notOk(progress.isPaused(WINDOW))
  progress.sent(at(7), 30)
  t.ok(progress.isPaused(WINDOW))
  t.equal(progress.next, 5, "nothing is taken for granted")
  progress.matched(at(7))
  t.notOk(progress.isPaused(WINDOW))
  t.equal(progress.match, 7)
  t.equal(progress.next, 8)
})

test("replication runs ahead until the window is full, in number or in bytes", async (t) => {
  const progress = replicating(4)
  for (const last of [5, 6, 7]) {
    t.notOk(progress.isPaused(WINDOW))
    progress.sent(at(last), 10)
  }
  t.ok(progress.isPaused(WINDOW))
  t.equal(progress.next, 8)
  progress.matched(at(6))
  t.notOk(progress.isPaused(WINDOW))
  t.equal(progress.inflight, 1)
  progress.sent(at(8), 95)
  t.ok(progress.isPaused(WINDOW), "105 bytes are on their way")
})

test("a full window without acknowledgements opens by one place, one that is not full stays", async (t) => {
  const progress = replicating(4)
  progress.sent(at(5), 10)
  progress.freeOne(WINDOW)
  t.equal(progress.inflight, 1)
  progress.sent(at(6), 10)
  progress.sent(at(7), 10)
  progress.freeOne(WINDOW)
  t.equal(progress.inflight, 2)
  t.notOk(progress.isPaused(WINDOW))
})

test("an old acknowledgement is no news and takes nothing back", async (t) => {
  const progress = replicating(4)
  t.notOk(progress.matched(at(2)))
  t.equal(progress.match, 4)
  t.equal(progress.next, 5)
})

test("a rejection in replication goes back to probing behind what matches", async (t) => {
  const progress = replicating(4)
  progress.sent(at(9), 10)
  t.notOk(progress.rejected(at(4), at(1)), "an old one: that much is known to match")
  t.equal(progress.state, "replicate")
  t.ok(progress.rejected(at(9), at(2)))
  t.equal(progress.state, "probe")
  t.equal(progress.next, 5)
  t.equal(progress.inflight, 0)
})

test("a rejected probe goes to where the logs may agree, never below what matches, and always back", async (t) => {
  const progress = new Progress(at(10), 0)
  progress.sent(at(12), 10)
  t.notOk(progress.rejected(at(8), at(2)), "an answer to an older probe")
  t.ok(progress.rejected(at(9), at(5)))
  t.equal(progress.next, 6)
  t.ok(progress.rejected(at(5), at(5)), "a hint that leads nowhere")
  t.equal(progress.next, 5)
  progress.matched(at(3))
  t.ok(progress.rejected(at(4), at(0)))
  t.equal(progress.next, 4)
})

test("nothing is sent while a snapshot is on its way", async (t) => {
  const progress = replicating(4)
  progress.waitForSnapshot(at(20))
  t.ok(progress.isPaused(WINDOW))
  t.notOk(progress.rejected(at(4), at(1)))
  progress.probe(at(21))
  t.equal(progress.next, 21)
  t.notOk(progress.isPaused(WINDOW))
})

test("match stays below next and never falls, whatever happens", async (t) => {
  const anyOp = fc.tuple(
    fc.constantFrom("sent", "matched", "rejected", "probe", "replicate", "snapshot", "free"),
    fc.nat(30),
    fc.nat(30),
  )
  fc.assert(
    fc.property(fc.array(anyOp, { maxLength: 60 }), (ops) => {
      const progress = new Progress(at(1), 0)
      for (const [op, one, other] of ops) {
        const { match } = progress
        if (op === "sent") progress.sent(at(progress.next - 1 + (one % 3)), other)
        else if (op === "matched") progress.matched(at(one))
        else if (op === "rejected") progress.rejected(at(one), at(other))
        else if (op === "probe") progress.probe(at(one))
        else if (op === "replicate") progress.replicate()
        else if (op === "snapshot") progress.waitForSnapshot(at(one))
        else progress.freeOne(WINDOW)
        if (progress.match >= progress.next || progress.match < match) return false
      }
      return true
    }),
  )
  t.pass("after any events")
})
