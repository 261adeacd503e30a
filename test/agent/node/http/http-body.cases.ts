import { BODY_BYTES_MAX } from "conclave/node/http/http-body"
import { test } from "tap"
import { ask, openStage, RawClient } from "../../local-stage.ts"

const HEAD = "POST /v1/ping HTTP/1.1\r\nHost: x\r\n"

test("a body of 256 KiB is read, one byte more is refused, and the connection goes on", async (t) => {
  const stage = await openStage(t)
  const start = '{"name":"a","rest":"'
  const body = (bytes: number): string => `${start}${"z".repeat(bytes - start.length - 2)}"}`
  t.equal((await ask(stage, "/v1/ping", { method: "POST", body: body(BODY_BYTES_MAX) })).status, 200)
  for (const bytes of [BODY_BYTES_MAX + 1, 4 * BODY_BYTES_MAX]) {
    const client = new RawClient(stage.path("application"))
    client.write(`${HEAD}Content-Length: ${bytes}\r\n\r\n${body(bytes)}`)
    await client.says(/^HTTP\/1.1 400 [\s\S]*"INVALID_ARGUMENT"[\s\S]*"field":"body"/)
    client.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
    await client.says(/HTTP\/1.1 200 OK/)
    t.notOk(client.isClosed)
    client.socket.destroy()
  }
  const chunked = new RawClient(stage.path("application"))
  chunked.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`)
  for (let each = 0; each < 5; each++) chunked.write(`10000\r\n${"z".repeat(0x10000)}\r\n`)
  await chunked.says(/^HTTP\/1.1 400 [\s\S]*"field":"body"/)
  chunked.socket.destroy()
})

test("a body announced as too long is refused before a byte of it came", async (t) => {
  const stage = await openStage(t)
  const client = new RawClient(stage.path("application"))
  client.write(`${HEAD}Content-Length: 1000000000\r\n\r\n`)
  await client.says(/^HTTP\/1.1 400 [\s\S]*"INVALID_ARGUMENT"[\s\S]*"field":"body"/)
  client.socket.destroy()
  t.equal((await ask(stage, "/livez")).status, 200)
})

test("a body is one JSON object in UTF-8, or nothing", async (t) => {
  const stage = await openStage(t)
  for (const body of ["[]", "null", "1", '"x"', "{", "{}x", '{"name":}', " "]) {
    const { status, json } = await ask(stage, "/v1/ping", { method: "POST", body })
    t.equal(status, 400, body)
    t.match(json.error, { code: "INVALID_ARGUMENT", details: { field: "body" } })
  }
  const client = new RawClient(stage.path("application"))
  client.write(Buffer.concat([Buffer.from(`${HEAD}Content-Length: 4\r\n\r\n`), Buffer.from([0x22, 0xff, 0xfe, 0x22])]))
  await client.says(/400 [\s\S]*"field":"body"/)
  client.socket.destroy()
  const none = await ask(stage, "/v1/ping", { method: "POST" })
  t.match(none.json.error, { details: { field: "name" } }, "an empty body is an empty object")
})

test("a client that hangs up within its body takes nobody with it", async (t) => {
  const stage = await openStage(t)
  const client = new RawClient(stage.path("application"))
  client.write(`${HEAD}Content-Length: 100\r\n\r\n{`)
  client.socket.end()
  await client.closed()
  t.equal((await ask(stage, "/livez")).status, 200)
})
