import { SEQ_WINDOW, Seqs } from "@conclave/sdk/session-core/seqs"
import { test } from "tap"

test("numbers grow from 1, and the window ends before an unanswered one is forgotten", (t) => {
  const seqs = new Seqs()
  for (let each = 1; each <= SEQ_WINDOW; each++) t.equal(seqs.draw(), each)
  t.equal(seqs.mayDraw, false)
  t.throws(() => seqs.draw(), { name: "AssertionError" })
  for (let each = 2; each <= SEQ_WINDOW; each++) seqs.answered(each)
  t.equal(seqs.mayDraw, false, "the lowest counts, not how many there are")
  seqs.answered(1)
  t.equal(seqs.draw(), SEQ_WINDOW + 1)
  t.end()
})
