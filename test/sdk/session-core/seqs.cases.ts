import { HELD_BACK, SEQ_WINDOW, Seqs } from "@conclave/sdk/session-core/seqs"
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

test("what may be forgotten is below all that may be asked again; a hold that lasts keeps the last few back", (t) => {
  const seqs = new Seqs()
  t.equal(seqs.floor, 1, "nothing was asked")
  const [hold, write] = [seqs.draw(), seqs.draw()]
  t.equal(seqs.floor, hold)
  seqs.answered(hold)
  seqs.over(write)
  t.equal(seqs.floor, hold, "its release may still be asked again")
  const slow = seqs.draw()
  for (let each = 0; each < 3 * HELD_BACK; each++) seqs.over(seqs.draw())
  t.equal(seqs.floor, slow, "an older hold gives way, a request without an answer never")
  seqs.over(slow)
  const last = seqs.draw()
  t.equal(seqs.floor, last + 1 - HELD_BACK)
  seqs.over(hold)
  t.equal(seqs.floor, last)
  seqs.over(last)
  t.equal(seqs.floor, last + 1)
  t.end()
})
