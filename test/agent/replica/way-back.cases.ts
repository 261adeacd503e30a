import { WayBack } from "conclave/replica/way-back"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"

function stage(): {
  readonly clock: FakeClock
  readonly way: WayBack
  readonly heard: string[]
  readonly answer: (isThere: boolean) => void
} {
  const clock = new FakeClock()
  const heard: string[] = []
  const asked: ((isThere: boolean) => void)[] = []
  const way = new WayBack({
    clock,
    askLeader: (done) => {
      heard.push("asked")
      asked.push(done)
    },
    reopen: (isAll) => heard.push(isAll ? "reopened as all that is left" : "reopened"),
    startOver: () => heard.push("started over"),
  })
  return { clock, way, heard, answer: (isThere) => asked.shift()?.(isThere) }
}

test("for the disk the log is opened again after a while, and no leader is asked", (t) => {
  const { clock, way, heard } = stage()
  way.wait("disk")
  t.same(heard, [])
  clock.advance(5000)
  clock.advance(5000)
  t.same(heard, ["reopened"], "once: a log that does not open waits anew")
  t.end()
})

test("for a leader it is asked again until one answers; the log is never opened", (t) => {
  const { clock, way, heard, answer } = stage()
  way.wait("leader")
  answer(false)
  clock.advance(5000)
  answer(false)
  clock.advance(5000)
  answer(true)
  clock.advance(60_000)
  t.same(heard, ["asked", "asked", "asked", "started over"])
  t.end()
})

test("for either the leader goes first, and the disk is tried where none answers", (t) => {
  const { clock, way, heard, answer } = stage()
  way.wait("either")
  clock.advance(60_000)
  t.same(heard, ["asked"], "an election may be under way")
  answer(false)
  clock.advance(5000)
  t.same(heard, ["asked", "reopened as all that is left"])
  way.wait("either")
  answer(true)
  t.same(heard.slice(2), ["asked", "started over"])
  t.end()
})

test("an answer to an earlier wait, or behind the end, is void", (t) => {
  const { clock, way, heard, answer } = stage()
  way.wait("leader")
  way.wait("leader")
  answer(true)
  t.same(heard, ["asked", "asked"])
  answer(false)
  way.stop()
  clock.advance(60_000)
  way.wait("disk")
  way.stop()
  clock.advance(60_000)
  t.same(heard, ["asked", "asked"])
  t.equal(clock.armed, 0)
  t.end()
})
