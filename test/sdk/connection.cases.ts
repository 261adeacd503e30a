import type { Socket } from "node:net"
import { Connection } from "@conclave/sdk/connection"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { test } from "tap"
import { FakeAgent, fakeMember } from "../agent/fake-view.ts"
import { framed, openStage } from "../agent/local-stage.ts"
import { until } from "../agent/node/until.ts"
import { FakeCluster } from "./fake-cluster.ts"
import { garbageServer } from "./garbage-server.ts"

const never = new AbortController().signal
const UPGRADED = "HTTP/1.1 101 Switching Protocols\r\n\r\n"
const HELLO = framed({ id: 1, out: { protocol: 1, agent: { name: "a", id: "x", version: "1" } } })

async function open(path: string): Promise<{ connection: Connection; closes: () => number }> {
  let closes = 0
  const connection = await Connection.open(path, {
    ports: NODE_PORTS,
    app: "test",
    signal: never,
    onClose: () => closes++,
  })
  return { connection, closes: () => closes }
}

function text(body: string): Uint8Array {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(Buffer.byteLength(body))
  return Buffer.concat([head, Buffer.from(body)])
}

test("it knows its agent, and credit is granted as events are taken", async (t) => {
  const stage = await openStage(t)
  const { connection } = await open(stage.path("application"))
  t.match(connection.agent, { name: "a", id: stage.fake.view.id })
  const events: unknown[] = []
  const ends: unknown[] = []
  const end = connection.stream(
    "watch",
    { kind: "members" },
    { event: (event) => events.push(event), end: (error) => ends.push(error) },
  )
  await until("the view", () => events.length === 1)
  for (let each = 0; each < 500; each++) stage.fake.put(fakeMember(`m${each}`))
  await until("more than the first credit", () => events.length === 501)
  end()
  stage.fake.put(fakeMember("late"))
  await connection.call("status", {})
  t.same([events.length, ends.length], [501, 0], "nothing comes after the end, and nothing is said of it")
  connection.close()
})

test("when it breaks, every call and stream hears it once", async (t) => {
  const fake = new FakeAgent()
  fake.pingMs = () => "never"
  const stage = await openStage(t, { fake, patience: { farewellMs: 20 } })
  const { connection, closes } = await open(stage.path("application"))
  const ends: unknown[] = []
  connection.stream("events", { follow: true }, { event: () => {}, end: (error) => ends.push(error) })
  const call = connection.call("ping", { name: "a" })
  await connection.call("status", {})
  const rejected = t.rejects(call, { code: "AGENT_UNAVAILABLE", outcome: "unknown", retryable: true })
  await stage.api.close()
  await rejected
  t.match(ends, [{ code: "AGENT_UNAVAILABLE", outcome: "not-applied" }])
  t.same([connection.isOpen, closes()], [false, 1])
  await t.rejects(connection.call("status", {}), { code: "AGENT_UNAVAILABLE", outcome: "not-applied" })
  connection.stream("events", {}, { event: () => {}, end: (error) => ends.push(error) })
  await until("the end", () => ends.length === 2)
  t.match(ends[1], { code: "AGENT_UNAVAILABLE", outcome: "not-applied" })
  connection.close()
  t.equal(closes(), 1)
})

test("garbage from the other end closes the connection and nothing else", async (t) => {
  const long = Buffer.from([0, 4, 0, 1])
  const garbage = [
    long,
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    text("{"),
    text("null"),
    text("7"),
    text('"x"'),
    text(""),
  ]
  garbage.push(framed({ error: { code: "INVALID_ARGUMENT" } }))
  garbage.push(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"))
  const path = await garbageServer(t, (socket: Socket, connection) => {
    socket.write(UPGRADED)
    socket.write(HELLO)
    socket.on("data", (chunk) => {
      if (chunk.includes('"status"')) socket.write(garbage[connection] ?? "")
    })
  })
  for (const each of garbage) {
    const { connection, closes } = await open(path)
    const call = connection.call("status", {})
    await t.rejects(call, { code: "AGENT_UNAVAILABLE", outcome: "unknown" }, Buffer.from(each).toString("hex"))
    t.equal(closes(), 1)
  }
})

test("frames that nobody waits for are ignored", async (t) => {
  const path = await garbageServer(t, (socket) => {
    const strays = [{ id: 77, out: {} }, { id: 77, ev: 1 }, { goaway: { reason: "x", deadlineMs: 1 } }, [], {}]
    socket.write(Buffer.concat([Buffer.from(UPGRADED), HELLO, ...strays.map(framed)]))
    socket.on("data", (chunk) => {
      if (chunk.includes('"some.op"')) socket.write(framed({ id: 2, out: { ok: 1 } }))
    })
  })
  const { connection } = await open(path)
  t.same(await connection.call("some.op", {}), { ok: 1 })
  connection.close()
})

test("an event that its reader cannot read closes the connection", async (t) => {
  const stage = await openStage(t)
  const { connection } = await open(stage.path("application"))
  const fail = (): never => {
    throw new TypeError("no such thing")
  }
  connection.stream("watch", { kind: "members" }, { event: fail, end: () => {} })
  await until("it closes", () => !connection.isOpen)
  t.pass("it has")
})

test("a refused greeting is told and closes", async (t) => {
  const refusal = { id: 1, error: { code: "UNIMPLEMENTED", message: "protocol 2", details: { supported: [2] } } }
  const path = await garbageServer(t, (socket) => {
    socket.end(Buffer.concat([Buffer.from(UPGRADED), framed(refusal)]))
  })
  await t.rejects(open(path), { code: "UNIMPLEMENTED", details: { supported: [2] } })
})

test("it knows the rhythm of its agent, or the usual one", async (t) => {
  const cluster = await FakeCluster.open(t)
  const { connection } = await open(cluster.path)
  t.same(connection.rhythm, { heartbeatMs: 25, ttlMs: 10_000 })
  connection.close()
  const path = await garbageServer(t, (socket) => socket.write(Buffer.concat([Buffer.from(UPGRADED), HELLO])))
  const { connection: silent } = await open(path)
  t.same(silent.rhythm, { heartbeatMs: 1000, ttlMs: 10_000 })
  silent.close()
})

test("a call that was begun hears events, its seq in a decided refusal, and its answer after the end", async (t) => {
  const cluster = await FakeCluster.open(t)
  const { connection } = await open(cluster.path)
  const heard: unknown[] = []
  const handler = { event: (each: unknown) => heard.push(each), answer: (each: unknown) => heard.push(each) }
  connection.begin({ op: "hold.update", in: { token: "9" }, seq: 1 }, handler)
  await until("the refusal", () => heard.length === 1)
  t.match(heard[0], { error: { code: "GRANT_LOST" }, isDecided: true })
  connection.begin({ op: "no.such", in: {} }, handler)
  await until("the other one", () => heard.length === 2)
  t.match(heard[1], { error: { code: "NOT_FOUND" }, isDecided: false })
  await connection.call("session.open", {})
  const end = connection.begin({ op: "hold", in: { kind: "lock", name: "a" }, seq: 2 }, handler)
  await until("the grant", () => heard.length === 3)
  end()
  await until("the answer", () => heard.length === 4)
  t.match(heard.slice(2), [{ type: "granted" }, { out: { released: true } }])
  connection.begin({ op: "x", in: { large: "x".repeat(300_000) } }, handler)
  t.match(heard[4], { error: { code: "INVALID_ARGUMENT" } })
  connection.close()
})

test("who attends to it hears of a goaway, and of the end before any call does", async (t) => {
  const cluster = await FakeCluster.open(t)
  const { connection } = await open(cluster.path)
  const heard: string[] = []
  connection.attend({ goaway: () => heard.push("goaway"), closed: () => heard.push("closed") })
  cluster.mute.add("hold.get")
  const call = connection.call("hold.get", {}).catch(() => heard.push("call"))
  cluster.goaway()
  await until("the goaway", () => heard.length === 1)
  cluster.cut()
  await call
  t.same(heard, ["goaway", "closed", "call"])
})
