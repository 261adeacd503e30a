import { test } from "tap"
import { ask } from "../local-stage.ts"
import { openHoldStage, SessionClient } from "./hold-stage.ts"

test("an answer that was lost is asked for again under its number; a write without one is sent once and unknown", async (t) => {
  const stage = await openHoldStage(t)
  const client = await SessionClient.open(stage.path("application"))
  let lost = 0
  stage.cluster.losesAnswers = () => lost++ < 2
  t.match(await client.ask("kv.put", { key: "k", value: 1 }, 1), { out: { rev: String } })
  const puts = () => stage.cluster.commands.filter(({ kind }) => kind === "kvPut").length
  t.equal(puts(), 3, "two tries of which nobody heard, and the one that was answered")
  t.match(stage.cluster.machine.entry("k")?.createRev, stage.cluster.machine.entry("k")?.modRev, "applied once")
  stage.cluster.losesAnswers = () => true
  const http = await ask(stage, "/v1/kv/k", { method: "PUT", body: { value: 2 } })
  t.match([http.status, http.json.error], [504, { code: "TIMEOUT", outcome: "unknown", retryable: false }])
  t.equal(puts(), 4, "it may have been applied: another try would be another write")
  stage.cluster.losesAnswers = () => false
  client.socket.destroy()
})

test("what a conflict said is not taken back by a later read of what is here", async (t) => {
  const stage = await openHoldStage(t)
  const client = await SessionClient.greet(stage.path("application"))
  await ask(stage, "/v1/kv/k", { method: "PUT", body: { value: 1 } })
  const { error } = await client.ask("kv.put", { key: "k", value: 2, ifRev: "0" })
  const got = await client.ask("kv.get", { key: "k", stale: true })
  t.ok(Number(got.out.rev) >= Number(error.details.rev))
  client.socket.destroy()
})
