import type { NodeId } from "@conclave/base"
import type { Renewal } from "@conclave/consensus"
import { Renewals } from "conclave/group/route/renewals"
import type { Renewed } from "conclave/group/route/wire-renewal"
import { test } from "tap"
import { idOf } from "../../../swim/stage.ts"
import { FakeClock } from "../../fake-clock.ts"

interface Batch {
  readonly items: readonly Renewal[]
  readonly done: (outcomes: readonly Renewed[] | undefined) => void
}

function stage(): { readonly time: FakeClock; readonly renewals: Renewals; readonly batches: Batch[] } {
  const time = new FakeClock()
  const batches: Batch[] = []
  const renewals = new Renewals({ clock: time, propose: (items, done) => void batches.push({ items, done }) })
  return { time, renewals, batches }
}

function renewal(host: NodeId, attempt = 1): Renewal {
  return { host, boot: 1, attempt }
}

test("renewals gather for 250 ms and go as one", (t) => {
  const { time, renewals, batches } = stage()
  const told: (Renewed | undefined)[] = []
  for (const host of [idOf(1), idOf(2)]) renewals.add(renewal(host), (outcome) => told.push(outcome))
  time.advance(249)
  t.equal(batches.length, 0)
  time.advance(1)
  t.same(batches[0]?.items, [renewal(idOf(1)), renewal(idOf(2))])
  const outcome = { host: idOf(2), attempt: 1, timeMs: 9, isCurrent: true, rev: 3 }
  batches[0]?.done([outcome])
  t.same(told, [undefined, outcome], "each hears of its own")
  time.advance(1000)
  t.equal(batches.length, 1)
  t.end()
})

test("the newest attempt of a host stands for those before it, which are told that nobody knows", (t) => {
  const { time, renewals, batches } = stage()
  const told: string[] = []
  renewals.add(renewal(idOf(1), 1), (outcome) => told.push(`1 ${outcome?.isCurrent}`))
  renewals.add(renewal(idOf(1), 2), (outcome) => told.push(`2 ${outcome?.isCurrent}`))
  t.same(told, ["1 undefined"])
  time.advance(250)
  t.equal(batches[0]?.items.length, 1)
  batches[0]?.done([{ host: idOf(1), attempt: 1, timeMs: 9, isCurrent: true, rev: 3 }])
  t.same(told, ["1 undefined", "2 undefined"], "the outcome of another attempt is not its own")
  t.end()
})

test("a flush takes what has gathered, and a stop tells those who wait", (t) => {
  const { time, renewals, batches } = stage()
  let told = 0
  renewals.flush()
  t.equal(batches.length, 0)
  renewals.add(renewal(idOf(1)), () => told++)
  renewals.flush()
  t.equal(batches.length, 1)
  t.equal(time.armed, 0)
  renewals.add(renewal(idOf(1)), () => told++)
  renewals.stop()
  t.equal(told, 1)
  batches[0]?.done(undefined)
  t.equal(told, 2)
  t.end()
})
