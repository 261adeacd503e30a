import { knownInMs, sureAfterMs } from "@conclave/sim/detection-times"
import { test } from "tap"

test("two witnesses make a crash known at once, one makes it a suspicion", async (t) => {
  const crash = { profile: "lan", isCrash: true } as const
  t.equal(knownInMs({ ...crash, present: 2, away: 0 }), 1400)
  t.equal(knownInMs({ ...crash, present: 95, away: 0 }), 1400)
  t.equal(knownInMs({ ...crash, present: 1, away: 0 }), 5900, "a fleet of two")
  t.equal(knownInMs({ ...crash, present: 4, away: 1 }), 1400)
  t.equal(knownInMs({ ...crash, present: 4, away: 2 }), 5900, "both that are away may have watched it")
})

test("silence is known after a probe of a neighbour and a suspicion that is confirmed", async (t) => {
  const silence = { isCrash: false, away: 0 } as const
  t.equal(knownInMs({ ...silence, profile: "local", present: 3 }), 500 + 500 + 2000 + 300)
  t.equal(knownInMs({ ...silence, profile: "lan", present: 3 }), 1000 + 1000 + 3300 + 600)
  t.equal(knownInMs({ ...silence, profile: "lan", present: 99 }), 1000 + 1000 + 4400 + 600, "among a hundred")
  t.equal(knownInMs({ ...silence, profile: "wan", present: 3 }), 5000 + 5000 + 15_000 + 1500)
})

test("where all that watch it may be away, it is known in two rounds and a suspicion", async (t) => {
  const scene = { profile: "local", isCrash: false } as const
  t.equal(knownInMs({ ...scene, present: 1, away: 2 }), 500 + 500 + 2000 + 300)
  t.equal(knownInMs({ ...scene, present: 1, away: 3 }), 500 + 500 + 2000 + 300, "one after the other")
  t.equal(knownInMs({ ...scene, present: 3, away: 3 }), 5 * 500 + 500 + 2000 + 300)
})

test("the highest score of local health is answered down in twenty-two intervals", async (t) => {
  t.equal(sureAfterMs("lan"), (1000 * (9 + 8 + 7 + 6 + 5 + 4 + 3 + 2)) / 2)
  t.equal(sureAfterMs("local"), 11_000)
})
