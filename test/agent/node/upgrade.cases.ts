import { test } from "tap"
import { type LocalStage, openStage, RawClient } from "../local-stage.ts"

interface Wish {
  readonly upgrade: string
  readonly body?: string
  readonly headers?: string
}

/** Everything that the agent says to one request with a wish to upgrade, until it hangs up. */
async function said(stage: LocalStage, line: string, { upgrade, body = "", headers = "" }: Wish): Promise<string> {
  const client = new RawClient(stage.path("admin"))
  client.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n${headers}\r\n${body}`)
  await client.closed()
  return client.text
}

test("frames are spoken with whoever asks for them among others, in any case of letters", async (t) => {
  const stage = await openStage(t)
  for (const upgrade of ["conclave/1", "Conclave/1", "h2c, CONCLAVE/1"]) {
    const client = new RawClient(stage.path("application"))
    client.write(`GET /v1/stream?x=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n\r\n`)
    await client.says(/^HTTP\/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: conclave\/1\r\n\r\n$/)
    client.socket.destroy()
  }
})

test("at the path of frames nothing else is spoken", async (t) => {
  const stage = await openStage(t)
  const text = await said(stage, "GET /v1/stream", { upgrade: "websocket" })
  t.match(text, /^HTTP\/1.1 426 [\s\S]*\r\nUpgrade: conclave\/1\r\n[\s\S]*"UNIMPLEMENTED"/)
})

test("a wish to upgrade elsewhere is ignored: one answer, then the end", async (t) => {
  const stage = await openStage(t)
  t.match(await said(stage, "GET /v1/status", { upgrade: "h2c" }), /^HTTP\/1.1 200 [\s\S]*"cluster":"test"/)
  t.match(await said(stage, "GET /v1/nothing", { upgrade: "conclave/1" }), /^HTTP\/1.1 404 /)
  t.match(await said(stage, "POST /v1/stream", { upgrade: "conclave/1" }), /^HTTP\/1.1 404 /)
  const twice = await said(stage, "GET /livez", { upgrade: "h2c", body: "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n" })
  t.equal(twice.split("HTTP/1.1 200").length, 2)
})

test("a request with a body and a wish to upgrade is refused, since Node does not read the body", async (t) => {
  const stage = await openStage(t)
  const body = JSON.stringify({ name: "b" })
  const length = `Content-Length: ${body.length}\r\n`
  const chunked = "Transfer-Encoding: chunked\r\n"
  const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
  for (const [line, headers, bytes] of [
    ["POST /v1/leave", length, body],
    ["POST /v1/leave", chunked, chunks],
    ["GET /v1/stream", length, body],
  ] as const) {
    const text = await said(stage, line, { upgrade: "h2c", headers, body: bytes })
    t.match(text, /^HTTP\/1.1 400 [\s\S]*"INVALID_ARGUMENT"[\s\S]*"field":"body"/, `${line} ${headers}`)
  }
  t.equal(stage.fake.leaves, 0, "to leave another member is not to leave")
  t.match(await said(stage, "POST /v1/leave", { upgrade: "h2c", headers: "Content-Length: 0\r\n" }), /^HTTP\/1.1 200 /)
  t.equal(stage.fake.leaves, 1, "without a body it means this one")
})
