import { getHeapSpaceStatistics } from "node:v8"
import { millis } from "@conclave/base"
import { openClock } from "conclave/node/clock"
import { test } from "tap"
import { until } from "./until.ts"

test("an alarm rings once and never early", async (t) => {
  const clock = openClock()
  for (const waitMs of [0, 1, 3.4, 12.7]) {
    const at = millis(clock.now() + waitMs)
    let rangAt = 0
    let rings = 0
    clock
      .alarm(() => {
        rangAt = clock.now()
        rings++
      })
      .set(at)
    await until("the alarm rings", () => rings > 0)
    t.ok(rangAt >= at, "not before its time")
    t.equal(rings, 1)
  }
})

test("setting an alarm again replaces it, clearing it silences it", async (t) => {
  const clock = openClock()
  const rung: string[] = []
  const moved = clock.alarm(() => rung.push("moved"))
  const cleared = clock.alarm(() => rung.push("cleared"))
  const last = clock.alarm(() => rung.push("last"))
  moved.set(millis(clock.now() + 1))
  moved.set(millis(clock.now() + 1_000_000))
  cleared.set(millis(clock.now() + 1))
  cleared.clear()
  last.set(millis(clock.now() + 20))
  await until("the last alarm rings", () => rung.includes("last"))
  t.same(rung, ["last"])
  moved.clear()
})

test("an alarm that is put off and brought forward again rings at the last time that was said", async (t) => {
  const clock = openClock()
  let rangAt = 0
  const alarm = clock.alarm(() => {
    rangAt = clock.now()
  })
  const dueFor = async (...waits: readonly number[]): Promise<number> => {
    rangAt = 0
    let at = clock.now()
    for (const waitMs of waits) {
      at = millis(clock.now() + waitMs)
      alarm.set(at)
    }
    await until("the alarm rings", () => rangAt > 0)
    return rangAt - at
  }
  t.ok((await dueFor(5, 60)) >= 0, "not when it was first set for")
  t.ok((await dueFor(1_000_000, 5)) >= 0, "nor only then")
  t.ok((await dueFor(5, 1_000_000, 40)) >= 0)
})

test("an alarm further away than a timer can wait does not ring at once", async (t) => {
  const clock = openClock()
  let early = false
  const far = clock.alarm(() => {
    early = true
  })
  far.set(millis(clock.now() + 2 ** 40))
  let near = false
  clock
    .alarm(() => {
      near = true
    })
    .set(millis(clock.now() + 20))
  await until("the near alarm rings", () => near)
  t.notOk(early)
  far.clear()
})

test("boot time and monotonic time run on", (t) => {
  const clock = openClock()
  t.ok(clock.bootMs() > 0)
  const before = clock.now()
  t.ok(clock.now() >= before)
  t.ok(Math.abs(clock.wallMs() - Date.now()) < 60_000)
  t.end()
})

/** Bytes of what was made last, in use or not. */
function youngBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")?.space_used_size ?? 0
}

test("what each slice has made is collected by itself", async (t) => {
  const clock = openClock()
  let made = 0
  for (let slice = 0; slice < 5; slice++) {
    for (let left = 2000; left > 0; left--) made += Array(10).fill(left).length
    const before = youngBytes()
    clock.afterSlice(() => {})
    t.ok(youngBytes() < before, `of slice ${slice}`)
  }
  t.equal(made, 100_000)
})

test("after a slice comes after the input that is waiting, too", async (t) => {
  const order: string[] = []
  await new Promise<void>((resolve) => {
    openClock().afterSlice(() => {
      order.push("slice")
      resolve()
    })
    order.push("now")
    queueMicrotask(() => order.push("microtask"))
  })
  t.same(order, ["now", "microtask", "slice"])
})

test("after a turn comes after the input that is waiting", async (t) => {
  const order: string[] = []
  await new Promise<void>((resolve) => {
    openClock().afterTurn(() => {
      order.push("turn")
      resolve()
    })
    order.push("now")
    queueMicrotask(() => order.push("microtask"))
  })
  t.same(order, ["now", "microtask", "turn"])
})
