import { httpGet, queryOf } from "@conclave/sdk/http-get"
import { test } from "tap"
import { openStage } from "../agent/local-stage.ts"
import { garbageServer } from "./garbage-server.ts"

const never = new AbortController().signal

test("an answer of the agent, or its error", async (t) => {
  const stage = await openStage(t)
  const path = stage.path("application")
  t.match(await httpGet(path, "/v1/status", never), { name: "a" })
  await t.rejects(httpGet(path, "/v1/members/x", never), { code: "NOT_FOUND", outcome: "not-applied" })
  await t.rejects(httpGet(`${path}x`, "/v1/status", never), { code: "AGENT_UNAVAILABLE" })
  t.equal(await httpGet(path, "/", AbortSignal.abort("no")).catch((error: unknown) => error), "no")
})

test("an answer that is not whole is none", async (t) => {
  const answers = ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\n{}", "x\r\n\r\n"]
  answers.push("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{]")
  const path = await garbageServer(t, (socket, connection) => socket.end(answers[connection] ?? ""))
  for (const text of answers) {
    const error = { code: "AGENT_UNAVAILABLE", outcome: "unknown", retryable: true }
    await t.rejects(httpGet(path, "/", never), error, text)
  }
})

test("an input becomes a query", (t) => {
  t.equal(queryOf({}), "")
  t.equal(queryOf({ a: undefined, b: ["x&y", "é"], c: true, d: 7n }), "?b=x%26y&b=%C3%A9&c=true&d=7")
  t.end()
})
