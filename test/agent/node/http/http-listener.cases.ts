import { once } from "node:events"
import { connect } from "node:net"
import type { ReadyItem } from "conclave/api/view"
import { type HttpListener, openHttp } from "conclave/node/http/http-listener"
import { test } from "tap"

type Open = Extract<HttpListener, { kind: "open" }>

async function open(items: ReadyItem[] = [], port = 0): Promise<Open> {
  const metrics = { contentType: "text/plain", text: () => Promise.resolve("conclave_members 1\n") }
  const listener = await openHttp({ host: "127.0.0.1", port, readiness: () => items, metrics })
  if (listener.kind !== "open") throw new Error(listener.message)
  return listener
}

test("metrics are text, and not ready is 503 with the reasons", async (t) => {
  const items = [
    { name: "join", ok: false, message: "nobody has answered" },
    { name: "gossip", ok: true, message: "ok" },
  ]
  const listener = await open(items)
  const metrics = await fetch(`http://${listener.addr}/metrics`)
  t.equal(metrics.status, 200)
  t.equal(await metrics.text(), "conclave_members 1\n")
  const ready = await fetch(`http://${listener.addr}/readyz`)
  t.equal(ready.status, 503)
  t.same(await ready.json(), { ready: false, items: [items[1], items[0]] })
  t.equal((await fetch(`http://${listener.addr}/livez`)).status, 200, "it lives all the same")
  items.splice(0, 1)
  const now = await fetch(`http://${listener.addr}/readyz?verbose`)
  t.equal(now.status, 200)
  t.same(await now.json(), { ready: true, items })
  await listener.close()
})

test("nothing else is here, and nothing can be changed", async (t) => {
  const listener = await open()
  const missing = await fetch(`http://${listener.addr}/v1/status`)
  t.equal(missing.status, 404)
  t.match(await missing.json(), { error: { code: "NOT_FOUND" } })
  const post = await fetch(`http://${listener.addr}/metrics`, { method: "POST", body: "x" })
  t.equal(post.status, 404)
  t.match(await post.json(), { error: { code: "NOT_FOUND" } })
  await listener.close()
})

test("a head that is too large is answered and ends its connection only", async (t) => {
  const listener = await open()
  const socket = connect(Number(listener.addr.split(":")[1]), "127.0.0.1")
  socket.write(`GET /livez HTTP/1.1\r\nhost: x\r\nlong: ${"x".repeat(20_000)}\r\n\r\n`)
  const [answer] = (await once(socket, "data")) as [Buffer]
  t.match(answer.toString(), /^HTTP\/1\.1 431/)
  t.equal((await fetch(`http://${listener.addr}/livez`)).status, 200)
  await listener.close()
})

test("a taken address is refused with the name of who has it", async (t) => {
  const listener = await open()
  const port = Number(listener.addr.split(":")[1])
  const metrics = { contentType: "text/plain", text: () => Promise.resolve("") }
  const second = await openHttp({ host: "127.0.0.1", port, readiness: () => [], metrics })
  t.match(second, { kind: "refused", message: new RegExp(`is used by .*\\(pid ${process.pid}\\); set httpAddr`) })
  await listener.close()
})
