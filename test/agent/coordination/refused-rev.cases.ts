import { test } from "tap"
import { type Asked, ask } from "../local-stage.ts"
import { CurlHold, type HoldStage, openHoldStage, SessionClient, TOKEN } from "./hold-stage.ts"

const ADMIN = { door: "admin" } as const

/** What is refused by the state as it is, over HTTP: each with its code. */
const REFUSED: readonly (readonly [code: string, method: string, path: string, body?: object, more?: Asked])[] = [
  ["NOT_FOUND", "GET", "/v1/kv/none"],
  ["NOT_FOUND", "GET", `/v1/sessions/${"a".repeat(26)}`],
  ["NOT_FOUND", "GET", "/v1/work/p/items/none/explain"],
  ["NOT_FOUND", "POST", "/v1/work/p/items/none", {}],
  ["NOT_FOUND", "POST", "/v1/revoke", { kind: "session", name: "a".repeat(26), graceMs: 0, reason: "r" }, ADMIN],
  ["CONFLICT", "PUT", "/v1/kv/k", { value: 1, ifRev: "999" }],
  ["CONFLICT", "DELETE", "/v1/kv/k", { ifRev: "999" }],
  ["CONFLICT", "PUT", "/v1/work/p", { partitions: 1, ifRev: "999" }],
  ["CONFLICT", "POST", "/v1/hold/semaphore/s", { limit: 2 }],
  ["CONFLICT", "POST", "/v1/barriers/b", { parties: 2 }],
  ["GRANT_LOST", "PUT", "/v1/kv/k", { value: 1, guard: { kind: "lock", name: "l", token: "1" } }],
  ["RESOURCE_EXHAUSTED", "PUT", "/v1/work/q", { partitions: 3 }],
  ["WAIT_TIMEOUT", "POST", "/v1/hold/lock/l", { waitMs: 0 }],
]

async function occupied(stage: HoldStage): Promise<CurlHold> {
  for (const [path, body] of [
    ["/v1/kv/k", { value: 0 }],
    ["/v1/work/p", { partitions: 2 }],
  ] as const)
    await ask(stage, path, { method: "PUT", body })
  const path = stage.path("application")
  const semaphore = new CurlHold(path, "semaphore/s", { limit: 3 })
  await semaphore.first("granted")
  const client = await SessionClient.open(path)
  client.start("barrier", { name: "b", parties: 3 }, 1)
  const lock = new CurlHold(path, "lock/l")
  await lock.first("granted")
  return lock
}

test("whatever the state refuses says of which revision that is, over HTTP", async (t) => {
  const stage = await openHoldStage(t, 10_000, { workItems: 3 })
  await occupied(stage)
  for (const [code, method, path, body, more] of REFUSED) {
    const { rev: before } = stage.cluster.machine
    const { json } = await ask(stage, path, { method, ...(body === undefined ? {} : { body }), ...more })
    t.match(json.error, { code, details: { rev: TOKEN } }, `${method} ${path}`)
    t.ok(Number(json.error.details.rev) >= before, `${method} ${path} is of the state as it was then`)
  }
})

test("a holder that is not one any more hears of which revision that is, by both doors", async (t) => {
  const stage = await openHoldStage(t)
  const { session, secret, token } = await (await occupied(stage)).first("granted")
  const headers = { "Conclave-Session": `${session}.${secret}` }
  const lost = { code: "GRANT_LOST", details: { rev: TOKEN } }
  const over = async (method: string, path: string, body: object): Promise<void> => {
    t.match((await ask(stage, path, { method, body, headers })).json.error, lost, `${method} ${path}`)
  }
  await over("PATCH", "/v1/hold/lock/other", { token, note: "n" })
  await over("PATCH", "/v1/hold/lock/l", { token: "1", note: "n" })
  await over("DELETE", "/v1/hold/lock/l", { token: "1" })
  await over("POST", "/v1/hold/election/e/transfer", { token: "1" })
  await over("POST", "/v1/work/p/items/0/settle", { token: "1", result: "done" })
  await over("PUT", "/v1/work/p/items/0/checkpoint", { token: "1", value: 1 })
  const client = await SessionClient.open(stage.path("application"))
  const hold = client.start("hold", { kind: "election", name: "e" }, 1)
  await client.event(hold, "granted")
  const asked = { kind: "election", name: "e", graceMs: 0, reason: "r" }
  await ask(stage, "/v1/revoke", { method: "POST", door: "admin", body: asked })
  t.match(await client.answer(hold), { error: { code: "GRANT_LOST", details: { reason: "revoked", rev: TOKEN } } })
  const late = client.start("hold", { kind: "lock", name: "l", waitMs: 0 }, 2)
  t.match(await client.answer(late), { error: { code: "WAIT_TIMEOUT", details: { rev: TOKEN } } })
})
