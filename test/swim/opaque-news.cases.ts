import { test } from "tap"
import { Stage } from "./stage.ts"

test("unknown news is passed on once, with a hop less, while it has any", async (t) => {
  const stage = new Stage()
  const bytes = Uint8Array.of(1, 2, 3)
  for (let copy = 0; copy < 3; copy++) stage.hear(1, { kind: "opaque", bytes, hops: 2 })
  stage.hear(1, { kind: "opaque", bytes: Uint8Array.of(9), hops: 0 })
  t.equal(stage.swim.queueLength, 4, "the three known members and one stranger")
  stage.advance(3000)
  const passed = stage.of("send").flatMap(({ message }) => message.updates.filter(({ kind }) => kind === "opaque"))
  t.ok(passed.length > 0)
  for (const update of passed) t.same(update, { kind: "opaque", bytes, hops: 1 })
})
