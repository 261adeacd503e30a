import { makeRecord, type RunPlace } from "@conclave/bench/record"
import { test } from "tap"

const ENV = { node: "v20.20.0", cpus: 2, memBytes: 1, kernel: "6.1", commit: "abc", time: "2026-01-01T00:00:00.000Z" }
const PLACE: RunPlace = {
  bench: "boot",
  system: "conclave",
  systemVersion: "0.1.0",
  run: 1,
  n: 8,
  profile: "lan",
  seed: 7,
}

test("a record carries the keys of the contract first, then its own", async (t) => {
  const record = makeRecord(PLACE, ENV, { allSeeAllMs: 12, fromSpawnMs: null })
  t.same(Object.keys(record), [
    ...["bench", "system", "systemVersion", "run", "n", "profile", "seed", "env"],
    ...["allSeeAllMs", "fromSpawnMs"],
  ])
  t.same(Object.keys(record.env), ["node", "cpus", "memBytes", "kernel", "commit", "time"])
})

test("a record refuses a figure under the name of a common key", async (t) => {
  t.throws(() => makeRecord(PLACE, ENV, { n: 9 }), { message: /its own n/ })
})

test("a record drops what a bench carries along beside the common keys", async (t) => {
  const place = { ...PLACE, extra: true }
  t.notOk("extra" in makeRecord(place, ENV, {}))
})
