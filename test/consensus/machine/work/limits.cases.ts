import { backoffMs } from "@conclave/consensus/machine/work/limits"
import { test } from "tap"
import { PoolStage } from "./pool.ts"

/** Fewer than a pool knows by their ids. */
const WORKERS = 250

test("an item rests 1 s after its first failure, and twice as long after each further one, a minute at most", (t) => {
  t.strictSame([0, 1, 2, 3, 6, 7, 8, 1000, 1_000_000].map(backoffMs), [
    ...[0, 1000, 2000, 4000, 32_000, 60_000, 60_000, 60_000, 60_000],
  ])
  t.end()
})

test("whether there is room is the same at a replica that was asked for the size, where many long ids are missing", (t) => {
  const play = (stateBytes: number, isAsked: boolean) => {
    const stage = new PoolStage({ stateBytes })
    stage.isChecked = false
    stage.configure({ handoffTimeoutMs: 30_000 })
    const probe = stage.open(2, { ttlMs: 300_000 })
    stage.open(1, { ttlMs: 10_000 })
    for (let each = 0; each < WORKERS; each++) stage.join(1, { id: `w${each}`.padEnd(255, "x") })
    const joinedBytes = isAsked ? stage.machine.stateBytes : 0
    const value = JSON.stringify("x".repeat(40_000))
    stage.result({ kind: "kvPut", request: undefined, key: "filler", value, ifRev: undefined, guard: undefined })
    stage.configure({ handoffTimeoutMs: 31_000 })
    stage.pass(10_500)
    t.equal(stage.machine.pool("p")?.pool.losses.length, WORKERS)
    const lostBytes = isAsked ? stage.machine.stateBytes : 0
    const { kind } = stage.acquire(probe, 1, { names: ["x"] })
    return { joinedBytes, lostBytes, kind, hash: stage.machine.hash, problems: stage.machine.problems() }
  }
  const { joinedBytes, lostBytes, problems } = play(2 ** 31, true)
  t.same(problems, [])
  const limit = joinedBytes + 10_000
  t.ok(limit < lostBytes, "there is none")
  const [asked, unasked] = [play(limit, true), play(limit, false)]
  t.equal(asked.kind, "refused")
  t.equal(unasked.kind, "refused")
  t.equal(asked.hash, unasked.hash)
  t.end()
})
