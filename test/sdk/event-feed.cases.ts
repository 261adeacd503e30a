import { connect } from "@conclave/sdk"
import { test } from "tap"
import { FakeAgent, fakeMember } from "../agent/fake-view.ts"
import { openStage, temporaryDirectory } from "../agent/local-stage.ts"

test("events from now on, by kind, until the signal aborts", async (t) => {
  const fake = new FakeAgent()
  fake.wallMs = Date.now() - 60_000
  const stage = await openStage(t, { fake })
  fake.put(fakeMember("before"))
  const client = await connect({ socket: stage.path("application") })
  const stop = new AbortController()
  const events = client.events({ kind: "member.d*", signal: stop.signal })
  const first = events.next()
  await client.status()
  fake.wallMs = Date.now() + 1000
  fake.put(fakeMember("b"))
  fake.put(fakeMember("b", { state: "dead" }), "dead", 5)
  t.match(await first, { done: false, value: { seq: 3n, kind: "member.dead", member: "b", suspectMs: 5 } })
  const pending = events.next()
  stop.abort()
  t.same(await pending, { value: undefined, done: true })
  await client.close()
})

test("an agent that restarts is read on, nothing twice", async (t) => {
  const directory = temporaryDirectory(t)
  const fake = new FakeAgent()
  fake.wallMs = Date.now() + 1000
  const before = await openStage(t, { directory, fake })
  const client = await connect({ socket: before.path("application") })
  const events = client.events()
  const first = events.next()
  await client.status()
  fake.put(fakeMember("b"))
  t.match((await first).value, { seq: 1n, member: "b" })
  await before.api.close()
  const second = events.next()
  const again = new FakeAgent()
  again.wallMs = fake.wallMs
  const after = await openStage(t, { directory, fake: again })
  again.put(fakeMember("same-time"))
  again.wallMs += 5
  again.put(fakeMember("c"))
  t.equal(after.journal.size, 2)
  t.match((await second).value, { seq: 2n, member: "c" })
  await client.close()
})

test("what the agent refuses is thrown", async (t) => {
  const stage = await openStage(t)
  const client = await connect({ socket: stage.path("application") })
  await t.rejects(client.events({ kind: "x".repeat(200) }).next(), {
    code: "INVALID_ARGUMENT",
    details: { field: "kind" },
  })
  await client.close()
})
