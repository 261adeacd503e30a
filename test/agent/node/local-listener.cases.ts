import { CONNECTIONS_MAX } from "conclave/node/local-listener"
import { test } from "tap"
import { ask, FramedClient, type LocalStage, openStage, RawClient } from "../local-stage.ts"
import { until } from "./until.ts"

function get(stage: LocalStage, bytes: number): RawClient {
  const client = new RawClient(stage.path("application"))
  const start = "GET /livez HTTP/1.1\r\nHost: x\r\nLong: "
  client.write(`${start}${"y".repeat(bytes - start.length - 4)}\r\n\r\n`)
  return client
}

test("a head of 16 KiB is served, one byte more is 431 and the end", async (t) => {
  const stage = await openStage(t)
  const at = get(stage, 16 * 1024)
  await at.says(/^HTTP\/1.1 200 /)
  at.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
  await at.says(/200 OK[\s\S]*200 OK/)
  at.socket.destroy()
  for (const bytes of [16 * 1024 + 1, 16 * 1024 + 40, 20_000, 300_000]) {
    const beyond = get(stage, bytes)
    await beyond.closed()
    t.match(beyond.text, /^HTTP\/1.1 431 [\s\S]*"INVALID_ARGUMENT"[\s\S]*"field":"head"/, `${bytes}`)
    t.equal(beyond.error?.code === "ECONNRESET", false, "the answer is not cut off")
  }
  const many = new RawClient(stage.path("application"))
  many.write(`GET /livez HTTP/1.1\r\nHost: x\r\n${"a:\r\n".repeat(4100)}\r\n`)
  await many.closed()
  t.match(many.text, /^HTTP\/1.1 431 /, "many small ones count as well")
})

test("ambiguous framing is 400 and the end", async (t) => {
  const stage = await openStage(t)
  for (const head of [
    "Content-Length: 2\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: 2",
    "Content-Length: 2\r\nContent-Length: 3",
    "Content-Length: 2\r\nContent-Length: 2",
    "Content-Length: -1",
    "Content-Length: 0x2",
    "Transfer-Encoding: gzip, chunked, gzip",
    "Content-Length : 2",
    "No colon",
  ]) {
    const client = new RawClient(stage.path("application"))
    client.write(`POST /v1/ping HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n{}`)
    await client.closed()
    t.match(client.text, /^HTTP\/1.1 400 [\s\S]*"INVALID_ARGUMENT"/, head)
    t.equal(client.text.split("HTTP/1.1").length, 2, "one answer")
  }
  t.equal((await ask(stage, "/livez")).status, 200)
})

test("a request without its one Host, and a wish for a tunnel, are answered and closed", async (t) => {
  const stage = await openStage(t)
  for (const [head, status] of [
    ["GET /livez HTTP/1.1", 400],
    ["GET /livez HTTP/1.1\r\nHost: x\r\nHost: y", 400],
    ["CONNECT x:1 HTTP/1.1\r\nHost: x", 404],
    ["GET /livez HTTP/1.0", 200],
  ] as const) {
    const client = new RawClient(stage.path("application"))
    client.write(`${head}\r\n\r\n`)
    await client.closed()
    t.match(client.text, new RegExp(`^HTTP/1.1 ${status} `), head)
    if (status !== 200) t.match(client.text, status === 400 ? /"INVALID_ARGUMENT"/ : /"NOT_FOUND"/)
  }
})

test("a head that never ends, and a connection that says nothing, are closed in time", async (t) => {
  const stage = await openStage(t, { patience: { headMs: 150 } })
  const half = new RawClient(stage.path("application"))
  half.write("GET /livez HTTP/1.1\r\nHost:")
  const silent = new RawClient(stage.path("admin"))
  await half.closed()
  await silent.closed()
  t.same([half.text, silent.text], ["", ""])
})

test("a connection beyond the limit is told so and closed, others are served", async (t) => {
  const stage = await openStage(t)
  const path = stage.path("application")
  const clients: RawClient[] = []
  const open = async (count: number): Promise<void> => {
    for (let each = 0; each < count; each++) {
      const client = new RawClient(path)
      clients.push(client)
      client.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
      if (each % 64 === 63) await client.says(/200 OK/)
    }
    await until("all are served", () => clients.every((client) => /200 OK/.test(client.text)))
  }
  await open(CONNECTIONS_MAX)
  const beyond = new RawClient(path)
  beyond.write(`POST /v1/ping HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345`)
  await beyond.closed()
  t.match(beyond.text, /^HTTP\/1.1 429 [\s\S]*"RESOURCE_EXHAUSTED"[\s\S]*"limit":1024/)
  const upgrade = new RawClient(path)
  upgrade.write("GET /v1/stream HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: conclave/1\r\n\r\n")
  await upgrade.closed()
  t.match(upgrade.text, /^HTTP\/1.1 429 /)
  clients[0]?.write("GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n")
  await clients[0]?.says(/"cluster":"test"/)
  t.equal((await ask(stage, "/v1/status", { door: "admin" })).status, 200, "the operator's socket has its own limit")
  clients[1]?.socket.destroy()
  await until("there is room again", () => clients[1]?.isClosed === true)
  let again = await ask(stage, "/livez")
  for (let each = 0; each < 100 && again.status === 429; each++) again = await ask(stage, "/livez")
  t.equal(again.status, 200)
  for (const client of clients) client.socket.destroy()
})

test("on closing, streams end with an error, calls are answered and new requests find nobody", async (t) => {
  const stage = await openStage(t)
  stage.fake.pingMs = () => undefined
  const watch = new RawClient(stage.path("application"))
  watch.write("GET /v1/watch/members HTTP/1.1\r\nHost: x\r\n\r\n")
  await watch.says(/"view"/)
  const framed = await new FramedClient(stage.path("application")).hello()
  framed.send({ id: 2, op: "watch", in: { kind: "members" } })
  await framed.got((message) => "ev" in message)
  stage.api.goaway("the agent restarts", 1000)
  await framed.got((message) => "goaway" in message)
  t.same(framed.messages.at(-1), { goaway: { reason: "the agent restarts", deadlineMs: 1000 } })
  await stage.api.close()
  await watch.closed()
  t.match(watch.text, /\{"type":"error","error":\{"code":"AGENT_UNAVAILABLE"[^\n]*\n\r\n0\r\n\r\n$/)
  await framed.closed()
  t.match(
    framed.messages.at(-1),
    { id: 2, error: { code: "AGENT_UNAVAILABLE" } },
    "a stream in frames ends like any call",
  )
  await t.rejects(ask(stage, "/livez"), { code: "ENOENT" })
  t.equal(stage.fake.listeners, 0, "nothing listens on")
})

test("an upgrade that comes while the agent goes is refused and holds up nothing", async (t) => {
  const stage = await openStage(t, { patience: { farewellMs: 20_000, lingerMs: 200 } })
  const client = new RawClient(stage.path("application"))
  // Half a request, so that the connection is not idle and stays.
  client.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/stream HTTP/1.1\r\n")
  await client.says(/200 OK/)
  const closed = stage.api.close()
  client.write("Host: x\r\nConnection: Upgrade\r\nUpgrade: conclave/1\r\n\r\n")
  await client.closed()
  t.match(client.text, /HTTP\/1.1 503 [\s\S]*"AGENT_UNAVAILABLE"/)
  await closed
})
