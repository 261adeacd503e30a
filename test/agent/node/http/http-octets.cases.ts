import { type ClientRequest, request } from "node:http"
import { problem } from "conclave/api/problem"
import type { Backups } from "conclave/node/backups"
import { test } from "tap"
import { ask, FramedClient, type LocalStage, openStage } from "../../local-stage.ts"
import { until } from "../until.ts"

const HEADER = {
  ...{ format: 1, path: "-", bytes: 6, sha256: "ab", clusterId: "c", index: "1", term: "2", rev: "3", token: "4" },
  time: "2026-03-01T12:00:00.000Z",
}

function fakeBackups() {
  const seen = { closed: 0, confirm: "", body: "", timeoutMs: 0 }
  const backups: Pick<Backups, "save" | "restore"> = {
    save: (timeoutMs) => {
      seen.timeoutMs = timeoutMs
      async function* octets(): AsyncGenerator<Uint8Array> {
        yield Buffer.from("abc")
        yield Buffer.from("def")
      }
      const close = async (): Promise<void> => void seen.closed++
      return Promise.resolve({ header: HEADER, octets, close })
    },
    restore: async (confirm, body) => {
      seen.confirm = confirm
      if (confirm === "wrong") return problem("CONFLICT", "not this one")
      if (confirm === "broken") throw new Error("a bug")
      for await (const bytes of body) seen.body += Buffer.from(bytes).toString()
      return HEADER
    },
  }
  return { seen, backups }
}

test("a line with the header, then octets, at the admin socket alone", async (t) => {
  const { seen, backups } = fakeBackups()
  const stage = await openStage(t, { backups })
  const got = await ask(stage, "/v1/snapshot?timeoutMs=700", { door: "admin" })
  t.match(got, { status: 200, headers: { "content-type": "application/octet-stream" } })
  t.equal(got.text, `${JSON.stringify(HEADER)}\nabcdef`)
  t.equal(got.headers["content-length"], String(got.text.length))
  t.match(seen, { closed: 1, timeoutMs: 700 })
  t.match(await ask(stage, "/v1/snapshot"), { status: 403, json: { error: { code: "PERMISSION_DENIED" } } })
})

test("octets come in with what is confirmed, and are more than a body of JSON may have", async (t) => {
  const { seen, backups } = fakeBackups()
  const stage = await openStage(t, { backups })
  const body = "x".repeat(1024 * 1024)
  const post = { door: "admin", method: "POST", body } as const
  t.match(await ask(stage, "/v1/snapshot?confirm=c1", post), { status: 200, json: HEADER })
  t.match([seen.confirm, seen.body.length], ["c1", body.length])
  t.match(await ask(stage, "/v1/snapshot", post), { status: 400, json: { error: { details: { field: "confirm" } } } })
  t.match(await ask(stage, "/v1/snapshot?confirm=wrong", post), {
    status: 409,
    json: { error: { message: "not this one" } },
  })
  t.match(await ask(stage, "/v1/snapshot?confirm=broken", post), { status: 500, json: { error: { message: "a bug" } } })
})

/** A request of which the head and the first octets are sent, and how it ends. */
function begin(stage: LocalStage, path: string): { readonly sent: ClientRequest; readonly status: Promise<number> } {
  const options = { socketPath: stage.path("admin"), path, method: "POST", agent: false }
  const sent = request({ ...options, headers: { "content-length": "8" } } as object)
  const status = new Promise<number>((resolve) => {
    sent.on("response", (response) => resolve(response.resume().statusCode ?? 0))
    sent.on("error", () => resolve(0))
  })
  sent.write("half")
  return { sent, status }
}

test("a saved state may be longer on its way than other requests", async (t) => {
  const { seen, backups } = fakeBackups()
  const stage = await openStage(t, { backups, patience: { requestMs: 100 } })
  const long = begin(stage, "/v1/snapshot?confirm=c1")
  await until("the first half has come", () => seen.body === "half")
  t.equal(await begin(stage, "/v1/ping").status, 0, "another that stops half-way is cut")
  long.sent.end("half")
  t.equal(await long.status, 200)
  t.equal(seen.body, "halfhalf")
})

test("octets that cease to come are waited for in vain, the work on all of them is not", async (t) => {
  let finish = (): void => {}
  const worked = new Promise<void>((resolve) => {
    finish = resolve
  })
  const restore: Backups["restore"] = async (confirm, body) => {
    for await (const _ of body);
    if (confirm === "c1") await worked
    return HEADER
  }
  const stage = await openStage(t, { backups: { ...fakeBackups().backups, restore }, patience: { octetsMs: 100 } })
  const whole = begin(stage, "/v1/snapshot?confirm=c1")
  let signs = 0
  whole.sent.on("information", () => signs++)
  whole.sent.end("half")
  t.equal(await begin(stage, "/v1/snapshot?confirm=c2").status, 0)
  await until("its client knows that it lives", () => signs > 3)
  finish()
  t.equal(await whole.status, 200)
})

test("a refusal in the middle of the octets is heard", async (t) => {
  const restore: Backups["restore"] = async (_confirm, body) => {
    for await (const _ of body) return problem("RESOURCE_EXHAUSTED", "no place")
    return HEADER
  }
  const stage = await openStage(t, { backups: { ...fakeBackups().backups, restore } })
  const post = { door: "admin", method: "POST", body: "x".repeat(1024 * 1024) } as const
  t.match(await ask(stage, "/v1/snapshot?confirm=c1", post), { json: { error: { message: "no place" } } })
})

test("whoever goes in the middle is missed by nobody", async (t) => {
  const { seen, backups } = fakeBackups()
  const stage = await openStage(t, { backups })
  await new Promise<void>((gone) => {
    const options = { socketPath: stage.path("admin"), path: "/v1/snapshot?confirm=c1", method: "POST", agent: false }
    const sent = request({ ...options, headers: { "content-length": "100" } } as object)
    sent.on("error", () => gone())
    sent.write("half", () => setImmediate(() => sent.destroy(new Error("gone"))))
  })
  t.match(await ask(stage, "/v1/snapshot", { door: "admin" }), { status: 200 })
  t.equal(seen.closed, 1)
})

test("there are no frames for it", async (t) => {
  const stage = await openStage(t, { backups: fakeBackups().backups })
  const client = new FramedClient(stage.path("admin"))
  client.send({ id: 1, op: "hello", in: { protocol: 1, app: "test", process: null } })
  await client.answer(1)
  client.send({ id: 2, op: "snapshot.save" })
  t.match(await client.answer(2), { error: { code: "UNIMPLEMENTED", hint: /\/v1\/snapshot/ } })
})
