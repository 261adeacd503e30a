import { JudgedAlarm } from "conclave/judged-alarm"
import type { Clock } from "conclave/ports"
import { test } from "tap"
import { FakeClock } from "./fake-clock.ts"

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly judged: number[] = []
  readonly turns: (() => void)[] = []
  received = 0
  suspendedMs = 0
  readonly alarm: JudgedAlarm

  constructor() {
    const { now, alarm, wallMs } = this.time
    const clock: Clock = {
      ...{ now, alarm, wallMs },
      bootMs: () => now() + this.suspendedMs,
      afterTurn: (done) => void this.turns.push(done),
      afterSlice: (done) => void this.turns.push(done),
    }
    this.alarm = new JudgedAlarm({
      clock,
      received: () => this.received,
      judge: (lostMs) => this.judged.push(lostMs),
    })
  }

  turn(): void {
    for (const done of this.turns.splice(0)) done()
  }
}

test("a deadline is judged after a turn without input", (t) => {
  const stage = new Stage()
  stage.alarm.arm(1100)
  stage.time.advance(100)
  t.same(stage.judged, [], "input that is here already comes first")
  stage.received++
  stage.turn()
  t.same(stage.judged, [])
  stage.turn()
  t.same(stage.judged, [0])
  t.end()
})

test("input without end does not put a deadline off for ever", (t) => {
  const stage = new Stage()
  stage.alarm.arm(1100)
  stage.time.advance(100)
  for (let turns = 0; turns < 11; turns++) {
    stage.received++
    stage.time.advance(10)
    stage.turn()
  }
  t.equal(stage.judged.length, 1)
  t.end()
})

test("a process that stood is told for how long; a little lateness is none", (t) => {
  const stage = new Stage()
  stage.alarm.arm(1100)
  stage.time.advance(150)
  stage.turn()
  stage.alarm.arm(1400)
  stage.time.advance(900)
  stage.turn()
  t.same(stage.judged, [0, 650])
  t.end()
})

test("news that moves a deadline into the past loses no time, a machine that slept does", (t) => {
  const stage = new Stage()
  stage.time.advance(500)
  stage.alarm.arm(1200)
  stage.time.advance(0)
  stage.turn()
  t.same(stage.judged, [0])
  stage.suspendedMs = 60_000
  stage.time.advance(1000)
  stage.alarm.arm(stage.time.now() + 10)
  stage.time.advance(10)
  stage.turn()
  t.same(stage.judged, [0, 60_000])
  t.end()
})

test("an alarm that was set for never, or stopped, is silent", (t) => {
  const stage = new Stage()
  stage.alarm.arm(1100)
  stage.alarm.arm(Number.POSITIVE_INFINITY)
  stage.time.advance(500)
  t.equal(stage.turns.length, 0)
  stage.alarm.arm(1600)
  stage.time.advance(100)
  stage.alarm.stop()
  stage.turn()
  stage.alarm.arm(1700)
  stage.time.advance(500)
  t.same(stage.judged, [])
  t.end()
})
