import { swimConfig } from "@conclave/swim"
import { test } from "tap"
import { gone, Stage, suspect } from "./stage.ts"

test("messages carry the digest of the view, those of the baselines none", async (t) => {
  for (const mode of ["conclave", "lifeguard", "swim"] as const) {
    const stage = new Stage({ members: 5, config: swimConfig("lan", mode) })
    stage.advance(3000)
    stage.take()
    stage.until(() => stage.sent("ping").length > 0, 3000)
    t.equal(stage.sent("ping")[0]?.message.digest, mode === "conclave" ? stage.swim.digest : 0, mode)
  }
})

test("formulae count the living, suspects too, and not the dead", async (t) => {
  const suspicionMs = (dead: number): number => {
    const stage = new Stage({ members: 200 })
    stage.answering = false
    for (let index = 1; index <= dead; index++) stage.hear(199, gone("dead", index))
    stage.hear(199, suspect(190, [191, 192, 193]))
    return stage.until(() => stage.state(190) === "dead", 60_000)
  }
  t.ok(suspicionMs(0) > suspicionMs(180))
})
