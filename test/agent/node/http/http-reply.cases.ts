import { createServer, type ServerResponse } from "node:http"
import { connect } from "node:net"
import { problem } from "conclave/api/problem"
import { sendJson, sendProblem } from "conclave/node/http/http-reply"
import { test } from "tap"
import { until } from "../until.ts"

type Teardown = { readonly teardown: (ended: () => unknown) => void }

async function serving(t: Teardown, answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  t.teardown(() => server.close())
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`
}

test("an answer is JSON with its length in bytes", async (t) => {
  const url = await serving(t, (response) => sendJson(response, 201, { name: "é" }))
  const answer = await fetch(url)
  t.equal(answer.status, 201)
  t.equal(answer.headers.get("content-type"), "application/json")
  t.equal(answer.headers.get("content-length"), String(Buffer.byteLength('{"name":"é"}')))
  t.same(await answer.json(), { name: "é" })
})

test("a problem has the status of its code, and only the first answer counts", async (t) => {
  const error = problem("NOT_FOUND", "there is none")
  const url = await serving(t, (response) => {
    sendProblem(response, error)
    sendProblem(response, problem("TIMEOUT", "too late"))
    sendJson(response, 200, {})
  })
  const answer = await fetch(url)
  t.equal(answer.status, 404)
  t.same(await answer.json(), { error })
})

test("a client that does not take its answer is cut", async (t) => {
  let isClosed = false
  const url = await serving(t, (response) => {
    response.once("close", () => {
      isClosed = true
    })
    sendJson(response, 200, { text: "x".repeat(50_000_000) }, 50)
  })
  const deaf = connect(Number(new URL(url).port), "127.0.0.1")
  deaf.on("error", () => {})
  deaf.pause()
  deaf.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
  await until("it is cut", () => isClosed)
  deaf.destroy()
})

test("an answer to a client that has gone is dropped", async (t) => {
  let held: ServerResponse | undefined
  const url = await serving(t, (response) => {
    held = response
  })
  const gone = new AbortController()
  const asked = fetch(url, { signal: gone.signal }).catch(() => {})
  await until("it has asked", () => held !== undefined)
  gone.abort()
  await asked
  await until("it has gone", () => held?.destroyed === true)
  if (held !== undefined) sendJson(held, 200, {})
  t.equal(held?.headersSent, false)
})
