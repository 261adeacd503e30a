import type { Millis } from "@conclave/base"
import type { Acquire } from "@conclave/consensus"
import { ReplicatedTime } from "conclave/coordination/replicated-time"
import { isSamePlace, WaitingPlaces } from "conclave/coordination/waiting-places"
import type { Alarm } from "conclave/ports"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { DeskStage, eventsOf } from "./desk-stage.ts"

function placeIn(stage: DeskStage, command: Acquire) {
  const place = stage.places.of(command)
  return place === undefined ? undefined : { position: place.position, holders: place.holders.json }
}

test("one who waits is told its place and who holds the name, and nothing where it does not wait", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const first = stage.hold(session, 1)
  const [second, third] = [stage.hold(session, 2), stage.hold(session, 3)]
  const placeOf = (hold: typeof first) => placeIn(stage, hold.command)
  t.equal(placeOf(first), undefined)
  t.match(placeOf(second), { position: 1, holders: [{ seq: 1 }] })
  t.match(placeOf(third), { position: 2, holders: [{ seq: 1 }] })
  first.finish()
  t.equal(placeOf(second), undefined)
  t.match(placeOf(third), { position: 1, holders: [{ seq: 2 }] })
  t.end()
})

test("one who waits for several names stands where most are before it, and is shown all that hold one of them", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const both = stage.hold(session, 1, { names: ["c", "d"] })
  stage.hold(session, 2, { names: ["b"] })
  stage.hold(session, 3, { names: ["b"] })
  const several = stage.hold(session, 4, { names: ["a", "b", "c", "d"] })
  const place = () => placeIn(stage, several.command)
  t.match(place(), { position: 2, holders: [{ seq: 2 }, { seq: 1 }] }, "one that holds two of them stands there once")
  both.finish()
  t.match(place(), { position: 2, holders: [{ seq: 2 }] })
  t.end()
})

test("with whoever is in the way a place changes, too, though its number stays", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const both = stage.hold(session, 1, { names: ["a", "b"] })
  stage.hold(session, 2, { names: ["c"] })
  const last = stage.hold(session, 3, { names: ["b", "c"] })
  const before = stage.places.of(last.command)
  t.equal(stage.places.of(last.command)?.holders, before?.holders, "written out once for all at one revision")
  both.finish()
  const after = stage.places.of(last.command)
  if (before === undefined || after === undefined) throw new Error("it waits")
  t.equal(after.position, before.position)
  t.notOk(isSamePlace(before, after))
  t.match(eventsOf(last), [{ type: "queued", holders: [{ seq: 1 }, { seq: 2 }] }])
  stage.pass(1100)
  t.match(eventsOf(last), [{ type: "queued", holders: [{ seq: 2 }] }])
  t.end()
})

test("the place of one who waits among ten thousand is looked up, not counted", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const { machine } = stage.cluster
  const holds = Array.from({ length: 2000 }, (_, at) => stage.hold(session, at + 1))
  const { waiters } = machine.name("lock", "a")
  let looks = 0
  const { waiting } = { waiting: waiters as (typeof waiters)[number][] }
  waiting.forEach((hold, at) => {
    const get = (): typeof hold => {
      looks++
      return hold
    }
    Object.defineProperty(waiting, at, { get, configurable: true, enumerable: true })
  })
  t.equal(stage.places.of(holds[1500]?.command as Acquire)?.position, 1500)
  t.ok(looks > 0 && looks < 20, `${looks} looks`)
  t.end()
})

/** Time that moves with each look at it, and with the alarm that rings. */
class BusyClock extends FakeClock {
  ms = 0
  armedFor: number | undefined
  #ring: () => void = () => {}
  override readonly now = (): Millis => {
    this.ms += 0.005
    return this.ms as Millis
  }
  override readonly alarm = (ring: () => void): Alarm => {
    this.#ring = ring
    const arm = (at: number | undefined): void => {
      this.armedFor = at
    }
    return { set: arm, clear: () => arm(undefined) }
  }
  ring(): void {
    this.ms = Math.max(this.ms, this.armedFor ?? 0)
    this.armedFor = undefined
    this.#ring()
  }
}

test("ten thousand who wait are told in turn, a slice at a time, each once a second at most", (t) => {
  const clock = new BusyClock()
  const places = new WaitingPlaces({ clock, time: new ReplicatedTime(() => []), local: () => undefined })
  const toldAt: number[][] = []
  let told = 0
  for (let each = 0; each < 10_000; each++) {
    const times = [clock.ms]
    toldAt.push(times)
    const tell = (): void => {
      told++
      times.push(clock.ms)
      places.again(tell)
    }
    places.again(tell)
  }
  let longestMs = 0
  for (let rounds = 0; told < 30_000 && rounds < 10_000; rounds++) {
    const startMs = Math.max(clock.ms, clock.armedFor ?? 0)
    clock.ring()
    longestMs = Math.max(longestMs, clock.ms - startMs)
  }
  t.ok(told >= 30_000, `${told} told`)
  t.ok(longestMs < 2.1, `${longestMs} ms in one go`)
  const waits = toldAt.flatMap((times) => times.slice(1).map((at, before) => at - (times[before] ?? 0)))
  t.ok(Math.min(...waits.slice(0, 5000)) >= 1000, "not sooner than a second")
  t.ok(Math.max(...waits.slice(0, 5000)) < 2000, "nor much later")
  places.stop()
  t.equal(clock.armedFor, undefined)
  t.end()
})
