import { voterPolicy } from "@conclave/consensus"
import { test } from "tap"

const TIMES = { electionMs: 1200 }

test("hosts have to prove themselves on a network, on one machine nobody has to", async (t) => {
  const lan = voterPolicy("lan", TIMES)
  t.match(lan, { seats: 3, standbys: 1, quietMs: 30_000, uptimeMinMs: 60_000, syncP99MaxMs: 50, rttMaxMs: 120 })
  t.match(lan, { deadAfterMs: 60_000, deadAlarmMs: 600_000, zoneWaitMs: 1_800_000, spreadEveryMs: 3_600_000 })
  const local = voterPolicy("local", TIMES)
  t.ok(local.quietMs < 1000)
  t.match(local, { settleMs: 0, uptimeMinMs: 0, syncP99MaxMs: Number.POSITIVE_INFINITY })
  t.equal(voterPolicy("wan", TIMES).rttMaxMs, 300)
})

test("a reign is quiet for ten elections at least, and every value can be changed", async (t) => {
  t.equal(voterPolicy("wan", { electionMs: 6000 }).quietMs, 60_000)
  t.equal(voterPolicy("lan", TIMES, { seats: 5 }).seats, 5)
  t.equal(voterPolicy("lan", TIMES, { deadAfterMs: Number.POSITIVE_INFINITY }).deadAfterMs, Number.POSITIVE_INFINITY)
})
