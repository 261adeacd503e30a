import type { Hold, Token } from "@conclave/consensus"
import { byOrder, HoldList, KINDS, Queue, weightOf } from "@conclave/consensus/machine/queue"
import fc from "fast-check"
import { test } from "tap"
import { holdOf } from "./hold-of.ts"

function placed(order: number, fields: Partial<Hold> = {}): Hold {
  return holdOf({ seq: order, order, ...fields })
}

test("a list is sorted whatever came first, and finds what it has", (t) => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50), { maxLength: 40 }), fc.nat(40), (orders, leaver) => {
      const list = new HoldList(byOrder)
      const holds = orders.map((order) => placed(order))
      for (const each of holds) list.add(each)
      const gone = holds[leaver]
      if (gone !== undefined) list.remove(gone)
      const left = orders.filter((_, at) => at !== leaver || gone === undefined).sort((a, b) => a - b)
      const isSorted = list.items.every(({ order }, at) => order === left[at])
      return isSorted && list.size === left.length && list.items.every((each, at) => list.placeOf(each) === at)
    }),
  )
  t.end()
})

test("those who wait stand by priority, those who hold by their place, and their weights add up", (t) => {
  const queue = new Queue()
  const granted = [3, 1].map((order) => placed(order, { token: (10 + order) as Token, weight: 4 }))
  const waiting = [placed(2), placed(4, { priority: 1 }), placed(5, { priority: -1 }), placed(6)]
  for (const each of [...granted, ...waiting]) queue.add(each)
  t.same(
    queue.granted.items.map(({ order }) => order),
    [1, 3],
  )
  t.same(
    queue.waiting.items.map(({ order }) => order),
    [4, 2, 6, 5],
  )
  t.same([queue.used, queue.size], [8, 6])
  queue.remove(granted[0] as Hold)
  queue.remove(waiting[0] as Hold)
  t.same([queue.used, queue.size], [4, 4])
  t.end()
})

test("an exclusive hold takes all of the limit, a shared one a part of which there is enough for everybody", (t) => {
  t.equal(weightOf("lock", "exclusive", undefined), KINDS.lock.limit)
  t.equal(weightOf("lock", "shared", undefined), 1)
  t.equal(KINDS.lock.limit, 10_000)
  t.equal(weightOf("election", "exclusive", undefined), KINDS.election.limit)
  t.end()
})
