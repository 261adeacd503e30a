import { HEALTH_BITS } from "@conclave/swim"
import { openDatagrams } from "conclave/node/datagrams"
import { noDisk } from "conclave/node/disk"
import { HealthJudge, type HealthSample, watchHealth } from "conclave/node/health"
import { test } from "tap"
import { until } from "./until.ts"

const WELL: HealthSample = { atMs: 0, lateMs: 0, throttledUs: 0, isDiskSick: false, socketLosses: 0 }

/** The bits after each of many looks, two seconds apart. */
function looks(count: number, change: (index: number) => Partial<HealthSample>): number[] {
  const judge = new HealthJudge()
  return Array.from({ length: count }, (_, index) => judge.look({ ...WELL, atMs: index * 2000, ...change(index) }))
}

test("a well host has no bits, and one late look means nothing", (t) => {
  t.same(
    looks(20, () => ({})),
    Array(20).fill(0),
  )
  t.same(
    looks(20, (index) => ({ lateMs: index === 5 || index === 6 ? 900 : 3 })),
    Array(20).fill(0),
  )
  t.end()
})

test("a loop that is late again and again is sick until it was on time for a while", (t) => {
  const bits = looks(30, (index) => ({ lateMs: index < 3 ? 300 : 0 }))
  t.equal(bits[1], 0)
  t.equal(bits[2], HEALTH_BITS.loop)
  t.equal(bits[15], HEALTH_BITS.loop, "it does not flap")
  t.equal(bits[29], 0)
  t.end()
})

test("a throttled CPU, a sick disk and a lossy socket each have their bit", (t) => {
  t.equal(looks(5, (index) => ({ throttledUs: index * 500_000 })).at(-1), HEALTH_BITS.cpu)
  t.equal(looks(5, (index) => ({ throttledUs: 9e9 + index * 50_000 })).at(-1), 0, "what was before does not count")
  t.equal(looks(5, (index) => ({ isDiskSick: index === 2 })).at(-1), HEALTH_BITS.disk)
  t.equal(looks(5, (index) => ({ socketLosses: 100 + index * 3 })).at(-1), HEALTH_BITS.socket)
  t.equal(
    looks(5, (index) => ({ isDiskSick: true, lateMs: 999, socketLosses: index * 99 })).at(-1),
    HEALTH_BITS.disk | HEALTH_BITS.loop | HEALTH_BITS.socket,
  )
  t.end()
})

test("a change of the bits is told once", async (t) => {
  const datagrams = await openDatagrams({ host: "127.0.0.1", port: 0 })
  const told: number[] = []
  const disk = noDisk("/nonexistent", "EROFS", "read-only")
  const watch = watchHealth({ disk, datagrams, onChange: (bits) => told.push(bits), everyMs: 5 })
  await until("the disk is said to be sick", () => told.length > 0)
  t.equal((told[0] ?? 0) & HEALTH_BITS.disk, HEALTH_BITS.disk)
  watch.close()
  await datagrams.close()
})
