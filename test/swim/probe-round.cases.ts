import { swimConfig } from "@conclave/swim"
import { test } from "tap"
import { alive, gone, idOf, Stage } from "./stage.ts"

test("every member is probed once a round, in another order each time", async (t) => {
  const config = { ...swimConfig("lan"), watchedNeighbours: 0 }
  const stage = new Stage({ members: 13, config })
  const rounds: string[][] = []
  stage.until(() => stage.swim.counters.probes >= 12, 30_000)
  for (let round = 0; round < 4; round++) {
    stage.take()
    stage.until(() => stage.sent("ping").length >= 12, 30_000)
    rounds.push(stage.sent("ping").map(({ message }) => message.target))
  }
  for (const round of rounds.slice(1)) t.equal(new Set(round).size, 12)
  t.not(rounds[1]?.join(), rounds[2]?.join())
})

test("a newcomer is probed within the present round, at any place of it", async (t) => {
  const config = { ...swimConfig("lan"), watchedNeighbours: 0 }
  const places = new Map<number, number>()
  for (let seed = 0; seed < 300; seed++) {
    const stage = new Stage({ members: 10, config, seed })
    stage.until(() => stage.swim.counters.probes === 2, 30_000)
    stage.hear(1, alive(10))
    stage.take()
    stage.until(() => stage.sent("ping").some(({ message }) => message.target === idOf(10)), 30_000)
    const place = stage.sent("ping").length
    places.set(place, (places.get(place) ?? 0) + 1)
  }
  t.ok(
    [...places.keys()].every((place) => place <= 8),
    "within the round",
  )
  t.ok(places.size === 8, `${places.size} places`)
})

test("probes fall on members evenly", async (t) => {
  const stage = new Stage({ members: 17, config: { ...swimConfig("lan"), watchedNeighbours: 0 } })
  const first = new Map<string, number>()
  for (let round = 0; round < 800; round++) {
    stage.take()
    stage.until(() => stage.sent("ping").length >= 16, 30_000)
    const target = stage.sent("ping")[0]?.message.target ?? ""
    first.set(target, (first.get(target) ?? 0) + 1)
  }
  // Chi-square with 15 degrees of freedom: 37.7 is exceeded once in a thousand seeds, and the seed is fixed.
  let chi = 0
  for (const count of first.values()) chi += (count - 50) ** 2 / 50
  t.equal(first.size, 16)
  t.ok(chi < 37.7, `chi-square ${chi}`)
})

test("the dead and the restarting are not probed", async (t) => {
  const stage = new Stage({ members: 4 })
  stage.hear(3, gone("left", 1), alive(2, 1, 1, { restartingForMs: 60_000 }))
  stage.take()
  stage.advance(20_000)
  t.same([...new Set(stage.sent("ping").map(({ message }) => message.target))], [idOf(3)])
})
