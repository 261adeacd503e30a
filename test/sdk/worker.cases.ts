import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { openWorkStage } from "./work-stage.ts"

test("an item that was asked back and is given up has not failed", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.put("x")
  const stop = new AbortController()
  const run = jobs.run(
    async ({ revoking }) => {
      await new Promise<void>((resolve) => revoking.addEventListener("abort", () => resolve(), { once: true }))
      throw revoking.reason
    },
    { signal: stop.signal },
  )
  await until("it works", () => stage.cluster.machine.item("jobs", "x")?.state === "assigned")
  stop.abort()
  await run
  t.match(stage.cluster.machine.item("jobs", "x"), {
    state: "free",
    attempt: 1,
    decisions: [{}, {}, { reason: "released" }],
  })
})

test("an abort before the worker has joined leaves nobody there", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const stop = new AbortController()
  const run = client.work("jobs").run(async () => {}, { signal: stop.signal })
  stop.abort()
  await run
  await until("nobody is there", () => stage.cluster.machine.name("work", "jobs").holders.length === 0)
  await t.rejects(
    client.work("jobs").run(async () => {}, { signal: undefined as never }),
    { code: "INVALID_ARGUMENT" },
  )
})
