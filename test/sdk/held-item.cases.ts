import { test } from "tap"
import { openWorkStage } from "./work-stage.ts"

test("an item is given back before its worker's function ends, and has a note while it is had", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.put("x")
  const stop = new AbortController()
  await jobs.run(
    async (assignment) => {
      await assignment.update({ note: "halfway" })
      t.match((await jobs.items()).items, [{ item: "x", note: "halfway" }])
      await t.rejects(assignment.update({ value: 1 }), { code: "INVALID_ARGUMENT", details: { field: "value" } })
      t.ok(assignment.remainingMs() > 0)
      assignment.assertHeld(1)
      t.throws(() => assignment.assertHeld(1e9), { code: "GRANT_LOST" })
      await assignment.release()
      t.match([assignment.held, assignment.signal.aborted], [false, true])
      await t.rejects(assignment.release(), { code: "GRANT_LOST" })
      await t.rejects(assignment.update({ note: "late" }), { code: "GRANT_LOST" })
      stop.abort()
    },
    { signal: stop.signal },
  )
  t.match(stage.cluster.machine.item("jobs", "x"), { state: "free", attempt: 1 })
  t.match((await jobs.items()).items, [{ item: "x", note: null }])
})

test("of a failure as much is kept as the agent takes, up to a whole character", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  const reasonAfter = async (message: string): Promise<string | undefined> => {
    await jobs.put("x")
    const stop = new AbortController()
    const run = jobs.run(
      async () => {
        stop.abort()
        throw new Error(message)
      },
      { signal: stop.signal },
    )
    await run
    const reason = stage.cluster.machine.item("jobs", "x")?.decisions.at(-1)?.reason
    await jobs.remove("x")
    return reason
  }
  const cases: readonly (readonly [said: string, kept: string])[] = [
    ["e".repeat(256), "e".repeat(256)],
    ["e".repeat(257), "e".repeat(256)],
    // Of three bytes, and of four and two UTF-16 units.
    [`${"e".repeat(254)}€`, "e".repeat(254)],
    [`${"e".repeat(253)}€`, `${"e".repeat(253)}€`],
    [`${"e".repeat(253)}😀`, "e".repeat(253)],
    [`${"e".repeat(252)}😀!`, `${"e".repeat(252)}😀`],
    ["half \ud83d", "half \ufffd"],
    ["\ufeffmarked", "\ufeffmarked"],
  ]
  for (const [said, kept] of cases) t.equal(await reasonAfter(said), `failed: ${kept}`)
})
