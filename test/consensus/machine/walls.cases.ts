import { WALL_DRIFT_MS, WALLS_MAX, type Wall, wallMsAt, withWall } from "@conclave/consensus/machine/walls"
import fc from "fast-check"
import { test } from "tap"
import { Stage } from "./stage.ts"

const START = Date.parse("2030-01-01T00:00:00Z")

test("what a wall clock shows is remembered where it is another than was to be expected", (t) => {
  t.equal(wallMsAt([], 5), undefined)
  const first = withWall([], { timeMs: 10, wallMs: START })
  t.equal(withWall(first, { timeMs: 1010, wallMs: START + 1000 + WALL_DRIFT_MS - 1 }), first)
  const second = withWall(first, { timeMs: 1010, wallMs: START + 1000 + WALL_DRIFT_MS })
  t.equal(second.length, 2)
  t.same(
    [0, 10, 1009, 1010, 2010].map((timeMs) => (wallMsAt(second, timeMs) as number) - START),
    [-10, 0, 999, 1000 + WALL_DRIFT_MS, 2000 + WALL_DRIFT_MS],
  )
  const back = withWall(second, { timeMs: 1010, wallMs: START - 5000 })
  t.same(back, [first[0], { timeMs: 1010, wallMs: START - 5000 }], "of one moment the last word counts")
  t.end()
})

test("of too many those are dropped that say least: a night stays, whatever stalls come behind it", (t) => {
  const night = 10 * 3600 * 1000
  let walls: readonly Wall[] = withWall([], { timeMs: 0, wallMs: START })
  let lostMs = 0
  for (let at = 1; at <= 1000; at++) {
    lostMs += at === 5 ? night : WALL_DRIFT_MS + (at % 7)
    walls = withWall(walls, { timeMs: at * 1000, wallMs: START + at * 1000 + lostMs })
  }
  t.equal(walls.length, WALLS_MAX)
  t.ok((wallMsAt(walls, 4999) as number) < START + night)
  t.ok((wallMsAt(walls, 5000) as number) > START + night)
  t.equal(wallMsAt(walls, 1_000_000), START + 1_000_000 + lostMs)
  t.end()
})

test("whatever is told, it stays in order, and what was told last holds", (t) => {
  const told = fc.record({ passed: fc.nat(5000), wallMs: fc.nat(1_000_000) })
  fc.assert(
    fc.property(fc.array(told, { maxLength: 200 }), (all) => {
      let walls: readonly Wall[] = []
      let timeMs = 0
      for (const { passed, wallMs } of all) {
        timeMs += passed
        walls = withWall(walls, { timeMs, wallMs })
        if (walls.length > WALLS_MAX) return false
        if (walls.some((wall, at) => at > 0 && (walls[at - 1] as Wall).timeMs >= wall.timeMs)) return false
        if (Math.abs((wallMsAt(walls, timeMs) as number) - wallMs) >= WALL_DRIFT_MS) return false
      }
      return true
    }),
    { numRuns: 200 },
  )
  t.end()
})

test("ticks tell it to every replica", (t) => {
  const stage = new Stage()
  const before = stage.machine.walls
  t.equal(before.length, 1, "the founding was the first to say it")
  stage.pass(1000)
  t.match(stage.result({ kind: "tick", wallMs: START + 9_000_000_000 }), { kind: "done" })
  t.equal(wallMsAt(stage.machine.walls, stage.machine.timeMs), START + 9_000_000_000)
  t.match(stage.result({ kind: "tick", wallMs: Number.MAX_SAFE_INTEGER }), { kind: "done" })
  t.equal(stage.machine.walls.length, 2, "no clock shows that")
  t.end()
})
