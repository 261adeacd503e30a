import { ConclaveError, connect } from "@conclave/sdk"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import type { SdkPorts } from "@conclave/sdk/ports"
import { Reconnector } from "@conclave/sdk/reconnector"
import { test } from "tap"
import { framed, openStage, temporaryDirectory } from "../agent/local-stage.ts"
import { until } from "../agent/node/until.ts"
import { garbageServer } from "./garbage-server.ts"

test("one connection serves everybody who asks at once", async (t) => {
  const stage = await openStage(t)
  const reconnector = new Reconnector(stage.path("application"), "test", NODE_PORTS)
  const { signal } = new AbortController()
  const [first, second] = await Promise.all([reconnector.once(signal), reconnector.once(signal)])
  t.equal(first, second)
  t.equal(await reconnector.once(signal), first)
  reconnector.close()
  await t.rejects(reconnector.once(signal), { code: "CLOSED" })
})

test("what never answers is given up in time, with the right word for it", async (t) => {
  const silent = await garbageServer(t, () => {})
  for (const waitMs of [0, 40]) {
    const error = { code: "AGENT_UNAVAILABLE", outcome: "not-applied", retryable: true }
    await t.rejects(connect({ socket: silent, waitMs }), error)
  }
  const UPGRADED = Buffer.from("HTTP/1.1 101 Switching Protocols\r\n\r\n")
  const mute = await garbageServer(t, (socket) => socket.write(Buffer.concat([UPGRADED, framed({ id: 1, out: {} })])))
  const client = await connect({ socket: mute })
  await t.rejects(client.members({ timeoutMs: 30 }), { code: "TIMEOUT", outcome: "unknown" })
  await client.close()
})

test("an agent that comes late is found as long as there is time left", async (t) => {
  for (const waitMs of [0, 10, 100, 1000, 3000]) {
    let nowMs = 0
    const attempts: number[] = []
    const ports: SdkPorts = {
      ...NODE_PORTS,
      clocks: { ...NODE_PORTS.clocks, monotonicMs: () => nowMs },
      timer: (ms, fire) => {
        nowMs += ms
        fire()
        return { keepAlive: () => {}, clear: () => {} }
      },
      dial: () => {
        attempts.push(nowMs)
        return Promise.reject(new ConclaveError("AGENT_UNAVAILABLE", "nobody", { retryable: true }))
      },
    }
    const reconnector = new Reconnector("nobody.sock", "test", ports)
    await t.rejects(reconnector.until(waitMs, new AbortController().signal), { code: "AGENT_UNAVAILABLE" })
    const last = attempts.at(-1) ?? Number.NaN
    t.ok(last <= waitMs && last >= waitMs - 20, `of ${waitMs} ms the last attempt at ${last}`)
    t.ok(attempts.length <= 12, `${attempts.length} attempts`)
  }
})

test("a server that talks garbage is not asked in a circle", async (t) => {
  let connections = 0
  const path = await garbageServer(t, (socket, connection) => {
    connections = connection + 1
    const head = Buffer.from("HTTP/1.1 101 Switching Protocols\r\n\r\n")
    socket.write(Buffer.concat([head, framed({ id: 1, out: {} })]))
    socket.on("data", (chunk) => {
      if (chunk.includes('"hello"')) socket.end(Buffer.from([255, 255, 255, 255]))
    })
  })
  const reconnector = new Reconnector(path, "test", NODE_PORTS)
  let seen = 0
  reconnector.subscribe(() => seen++)
  await until("some attempts", () => seen >= 4)
  const since = performance.now()
  const before = connections
  await until("two more", () => connections >= before + 2)
  t.ok(performance.now() - since > 100, "attempts grow rare")
  reconnector.close()
})

test("subscribers hear of each new connection until they say otherwise", async (t) => {
  const directory = temporaryDirectory(t)
  const first = await openStage(t, { directory })
  const reconnector = new Reconnector(first.path("application"), "test", NODE_PORTS)
  let seen = 0
  const end = reconnector.subscribe(() => seen++)
  await until("the first", () => seen === 1)
  t.equal(reconnector.ageMs, 0)
  await first.api.close()
  await until("the loss", () => reconnector.ageMs > 0)
  const second = await openStage(t, { directory })
  await until("the second", () => seen === 2)
  end()
  await second.api.close()
  const { signal } = new AbortController()
  await openStage(t, { directory })
  await reconnector.until(performance.now() + 30_000, signal)
  t.equal(seen, 2)
  reconnector.close()
})

test("calls while the agent is away leave nothing on the socket that is gone", async (t) => {
  const stage = await openStage(t)
  const reconnector = new Reconnector(stage.path("application"), "test", NODE_PORTS)
  const connection = await reconnector.once(new AbortController().signal)
  await stage.api.close()
  await until("the connection is over", () => !connection.isOpen)
  const warnings: string[] = []
  const warned = (warning: Error): void => void warnings.push(warning.message)
  process.on("warning", warned)
  for (let each = 0; each < 20; each++) {
    reconnector.hold(1)
    reconnector.hold(-1)
  }
  // Warnings are told in the next turn.
  await new Promise((resolve) => setImmediate(resolve))
  process.off("warning", warned)
  t.same(warnings, [])
  reconnector.close()
})

test("a connection that is used up is replaced for its subscribers", async (t) => {
  const stage = await openStage(t)
  const reconnector = new Reconnector(stage.path("application"), "test", NODE_PORTS)
  reconnector.renew()
  const seen: unknown[] = []
  reconnector.subscribe((connection) => seen.push(connection))
  await until("the first", () => seen.length === 1)
  reconnector.renew()
  await until("the second", () => seen.length === 2)
  t.not(seen[0], seen[1])
  reconnector.close()
})
