import { createServer } from "node:net"
import { join } from "node:path"
import { httpText, sayLast } from "conclave/node/last-words"
import { test } from "tap"
import { RawClient, temporaryDirectory } from "../local-stage.ts"
import { until } from "./until.ts"

type Teardown = { readonly teardown: (ended: () => unknown) => void }

/** A socket where each client hears `text` and no more. */
async function saying(t: Teardown, text: string, lingerMs: number): Promise<{ path: string; open: () => number }> {
  const path = join(temporaryDirectory(t), "a.sock")
  let open = 0
  // As HTTP does: the other end's half is not the end of ours.
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    open++
    socket.once("close", () => open--)
    sayLast(socket, text, lingerMs)
  })
  await new Promise<void>((resolve) => server.listen({ path }, resolve))
  t.teardown(() => server.close())
  return { path, open: () => open }
}

test("a client that is still sending hears the answer whole", async (t) => {
  const answer = `${"x".repeat(50_000)}end`
  const { path, open } = await saying(t, answer, 30_000)
  const client = new RawClient(path)
  for (let each = 0; each < 20; each++) client.write(new Uint8Array(100_000))
  await client.closed()
  t.equal(client.text, answer)
  t.equal(client.error?.code === "ECONNRESET", false)
  await until("nothing is left", () => open() === 0)
})

test("a client that does not hang up, or does not read, is cut", async (t) => {
  const { path, open } = await saying(t, "x".repeat(4_000_000), 50)
  const deaf = new RawClient(path)
  deaf.socket.pause()
  await until("it is served", () => open() === 1)
  await until("it is cut", () => open() === 0)
  deaf.socket.destroy()
})

test("an answer without a response object is HTTP with its length in bytes", (t) => {
  const text = httpText("429 Too Many Requests", { code: "é" }, "Retry-After: 1\r\n")
  const [head = "", body = ""] = text.split("\r\n\r\n")
  t.same(head.split("\r\n"), [
    "HTTP/1.1 429 Too Many Requests",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Retry-After: 1",
    "Connection: close",
  ])
  t.same(JSON.parse(body), { error: { code: "é" } })
  t.end()
})
