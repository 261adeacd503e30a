import { History, PAST_BYTES_MAX, PAST_MAX } from "conclave/coordination/watch/history"
import { test } from "tap"

const step = (rev: number, bytes = 1) => ({ rev, changes: [], bytes })
const revsOf = (steps: readonly { readonly rev: number }[] | undefined) => steps?.map(({ rev }) => rev)

test("what followed on a revision is known from where it began, and nothing of what is to come", (t) => {
  const history = new History()
  t.same(history.since(5, 5), [], "nothing follows on the present")
  t.equal(history.since(4, 5), undefined)
  history.begin(5)
  history.begin(9)
  for (const rev of [6, 8, 9]) history.keep(step(rev))
  t.same(
    [revsOf(history.since(5, 9)), revsOf(history.since(6, 9)), revsOf(history.since(7, 9))],
    [
      [6, 8, 9],
      [8, 9],
      [8, 9],
    ],
  )
  t.equal(history.since(4, 9), undefined)
  t.equal(history.since(10, 9), undefined, "a future of another state")
  history.forget()
  t.equal(history.since(8, 9), undefined)
  t.end()
})

test("so many revisions are kept, and so many bytes; then the first ones are not known any more", (t) => {
  const history = new History()
  history.begin(0)
  for (let rev = 1; rev <= PAST_MAX; rev++) history.keep(step(rev))
  t.equal(history.since(0, PAST_MAX)?.length, PAST_MAX)
  history.keep(step(PAST_MAX + 1))
  t.equal(history.since(0, PAST_MAX + 1), undefined)
  t.equal(history.since(1, PAST_MAX + 1)?.length, PAST_MAX)
  const large = new History()
  large.begin(0)
  large.keep(step(1, PAST_BYTES_MAX))
  t.equal(large.since(0, 1)?.length, 1)
  large.keep(step(2, 1))
  t.same([large.since(0, 2), revsOf(large.since(1, 2))], [undefined, [2]])
  t.end()
})
