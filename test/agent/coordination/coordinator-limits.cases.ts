import { test } from "tap"
import { ask } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { CurlHold, openHoldStage, SessionClient, TOKEN } from "./hold-stage.ts"

/** A refusal says what is full, that nothing was done, and where to look; who asks again later may have more luck. */
function full(limit: string, hint: string): object {
  const why = { message: new RegExp(`^the limit of ${limit} is reached: .`), hint, details: { limit } }
  return { code: "RESOURCE_EXHAUSTED", outcome: "not-applied", ...why }
}

test("as many sessions as there may be: the next is refused by both doors, and one that has ended makes room", async (t) => {
  const stage = await openHoldStage(t, 10_000, { sessions: 2 })
  const path = stage.path("application")
  const curl = new CurlHold(path, "lock/a")
  await curl.first("granted")
  const framed = await SessionClient.open(path)
  t.ok(framed.session.id, "the last one that there is room for")
  const refused = full("sessions", "conclave sessions")
  const next = await ask(stage, "/v1/hold/lock/b", { method: "POST", body: {} })
  t.match([next.status, next.json.error], [429, refused])
  const other = await SessionClient.greet(path)
  t.match(await other.ask("session.open"), { error: refused })
  t.equal(stage.cluster.machine.names("lock", "").length, 1, "and nothing is held by it")
  curl.socket.destroy()
  await until("the first one has ended", () => [...stage.cluster.machine.sessions()].length === 1)
  t.match(await other.ask("session.open"), { out: { id: String } }, "the same connection asks again")
  for (const each of [framed, other]) each.socket.destroy()
})

test("as many holds of a name as there may be, and as many names: the next is refused by both doors", async (t) => {
  for (const [limits, limit, hint] of [
    [{ holdsOfName: 2 }, "holds of a name", "conclave locks a"],
    [{ names: 1 }, "names", "conclave locks"],
  ] as const) {
    const stage = await openHoldStage(t, 10_000, limits)
    const client = await SessionClient.open(stage.path("application"))
    await client.event(client.start("hold", { kind: "lock", name: "a" }, 1), "granted")
    if (limit !== "names") await client.event(client.start("hold", { kind: "lock", name: "a" }, 2), "queued")
    const name = limit === "names" ? "b" : "a"
    const refused = full(limit, hint)
    t.match(await client.ask("hold", { kind: "lock", name }, 3), { error: refused, seq: 3 })
    t.match(await client.ask("hold", { kind: "lock", name }, 3), { error: refused, seq: 3 }, "the same answer")
    const curl = await ask(stage, `/v1/hold/lock/${name}`, { method: "POST", body: {} })
    t.match([curl.status, curl.json.error], [429, refused])
    await until("its session has gone with it", () => stage.coordinator.counts.sessions === 1)
    client.socket.destroy()
  }
})

/** How large the state is when one session is open, and nothing else has happened. */
async function stateOfOne(t: Parameters<typeof openHoldStage>[0]): Promise<number> {
  const { cluster, path } = await openHoldStage(t)
  const { socket } = await SessionClient.open(path("application"))
  socket.destroy()
  return cluster.machine.stateBytes
}

test("as much state as there may be: the next hold and session are refused by both doors, and what is given back makes room", async (t) => {
  const stage = await openHoldStage(t, 10_000, { stateBytes: (await stateOfOne(t)) + 1 })
  const path = stage.path("application")
  const client = await SessionClient.open(path)
  const hold = client.start("hold", { kind: "lock", name: "a" }, 1)
  await client.event(hold, "granted")
  const refused = full("state", "conclave locks")
  t.match(await client.ask("hold", { kind: "lock", name: "b" }, 2), { error: refused })
  t.match(await (await SessionClient.greet(path)).ask("session.open"), { error: refused })
  const curl = await ask(stage, "/v1/hold/lock/b", { method: "POST", body: {} })
  t.match([curl.status, curl.json.error], [429, refused])
  t.equal([...stage.cluster.machine.sessions()].length, 1)
  t.match(await client.ask("session.close", {}, 3), { out: { rev: TOKEN } }, "what relieves goes on")
  t.match(await (await SessionClient.greet(path)).ask("session.open"), { out: { id: String } })
})
