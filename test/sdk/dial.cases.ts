import { chmodSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { dial, openError } from "@conclave/sdk/dial"
import { test } from "tap"
import { openStage, temporaryDirectory } from "../agent/local-stage.ts"
import { garbageServer } from "./garbage-server.ts"

const never = new AbortController().signal

test("what came with the head of the answer is handed on", async (t) => {
  const path = await garbageServer(t, (socket) => {
    socket.write("HTTP/1.1 101 Switch")
    setImmediate(() => socket.write("ing Protocols\r\nUpgrade: conclave/1\r\n\r\nrest"))
  })
  const wire = await dial(path, { signal: never })
  const heard = await new Promise((resolve) => wire.attend({ data: resolve, closed: () => {} }))
  t.equal(Buffer.from(heard as Uint8Array).toString(), "rest")
  wire.destroy()
})

test("an answer that is no upgrade is told, whatever it is", async (t) => {
  const refusal = JSON.stringify({ error: { code: "RESOURCE_EXHAUSTED", message: "full", details: { limit: 1 } } })
  const answers: [string, { code: string; message?: RegExp; details?: object }][] = [
    [`HTTP/1.1 429 Too Many Requests\r\n\r\n${refusal}`, { code: "RESOURCE_EXHAUSTED", details: { limit: 1 } }],
    ["HTTP/1.1 404 Not Found\r\n\r\n<html>", { code: "AGENT_UNAVAILABLE", message: /is no agent/ }],
    ["HTTP/1.1 404 Not Found\r\n\r\nnull", { code: "AGENT_UNAVAILABLE" }],
    ['HTTP/1.1 404 Not Found\r\n\r\n{"error":"no"}', { code: "AGENT_UNAVAILABLE" }],
    ["SSH-2.0-OpenSSH\r\n\r\n", { code: "AGENT_UNAVAILABLE" }],
    ["SSH-2.0-OpenSSH\r\n", { code: "AGENT_UNAVAILABLE", message: /cannot be reached/ }],
    ["x".repeat(20_000), { code: "AGENT_UNAVAILABLE", message: /is no agent/ }],
    [`HTTP/1.1 200 OK\r\n\r\n${"x".repeat(70_000)}`, { code: "AGENT_UNAVAILABLE", message: /is no agent/ }],
    ["", { code: "AGENT_UNAVAILABLE" }],
  ]
  const path = await garbageServer(t, (socket, connection) => socket.end(answers[connection]?.[0] ?? ""))
  for (const [text, error] of answers) await t.rejects(dial(path, { signal: never }), error, text.slice(0, 40))
})

test("an agent with no room says so", async (t) => {
  const stage = await openStage(t)
  const path = stage.path("application")
  const wires: Awaited<ReturnType<typeof dial>>[] = []
  while (wires.length < 1024) {
    wires.push(...(await Promise.all(Array.from({ length: 64 }, () => dial(path, { signal: never })))))
  }
  await t.rejects(dial(path, { signal: never }), { code: "RESOURCE_EXHAUSTED", details: { limit: 1024 } })
  for (const wire of wires) wire.destroy()
})

test("a signal ends it with its own reason, before and while it waits", async (t) => {
  const path = await garbageServer(t, () => {})
  const reason = { mine: 1 }
  const before = dial(path, { signal: AbortSignal.abort(reason) })
  t.equal(await before.catch((error: unknown) => error), reason)
  const stop = new AbortController()
  const silent = await garbageServer(t, () => stop.abort(reason))
  const during = dial(silent, { signal: stop.signal })
  t.equal(await during.catch((error: unknown) => error), reason)
})

test("each reason why a socket cannot be opened has its own words", async (t) => {
  const directory = temporaryDirectory(t)
  await t.rejects(dial(join(directory, "none"), { signal: never }), {
    code: "AGENT_UNAVAILABLE",
    message: /there is no agent: .* does not exist/,
    hint: /conclave agent/,
    retryable: true,
    outcome: "not-applied",
  })
  const dead = join(directory, "dead")
  writeFileSync(dead, "")
  await t.rejects(dial(dead, { signal: never }), { code: "AGENT_UNAVAILABLE", message: /left over/ })
  const shut = join(directory, "shut")
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(shut, resolve))
  chmodSync(shut, 0)
  if (process.getuid?.() !== 0) await t.rejects(dial(shut, { signal: never }), { code: "PERMISSION_DENIED" })
  await new Promise((resolve) => server.close(resolve))
  const denied = openError("/x", Object.assign(new Error("no"), { code: "EACCES" }))
  t.match(denied, {
    code: "PERMISSION_DENIED",
    hint: "ls -l /x; join the socket's group or use sudo",
    retryable: false,
  })
  t.match(openError("/x", Object.assign(new Error("odd"), { code: "EMFILE" })), { message: /cannot be reached: odd/ })
})
