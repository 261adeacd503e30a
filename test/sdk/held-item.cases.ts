import { test } from "tap"
import { openWorkStage } from "./work-stage.ts"

test("an item is given back before its worker's function ends, and nothing is changed of it but its checkpoint", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.put("x")
  const stop = new AbortController()
  await jobs.run(
    async (assignment) => {
      await t.rejects(assignment.update({ note: "n" }), { code: "INVALID_ARGUMENT" })
      t.ok(assignment.remainingMs() > 0)
      assignment.assertHeld(1)
      t.throws(() => assignment.assertHeld(1e9), { code: "GRANT_LOST" })
      await assignment.release()
      t.match([assignment.held, assignment.signal.aborted], [false, true])
      await t.rejects(assignment.release(), { code: "GRANT_LOST" })
      stop.abort()
    },
    { signal: stop.signal },
  )
  t.match(stage.cluster.machine.item("jobs", "x"), { state: "free", attempt: 1 })
})
