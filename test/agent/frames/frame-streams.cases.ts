import type { Coordination } from "conclave/api/coordination"
import { FRAME_BYTES_MAX } from "conclave/frames/agent-frame"
import { HOLDS_EACH_MAX } from "conclave/frames/frame-streams"
import { WATCHES_EACH_MAX } from "conclave/watch-slots"
import { test } from "tap"
import { fakeMember } from "../fake-view.ts"
import { ask, FramedClient, openStage } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { outside } from "../outside.ts"

test("a connection may have 64 streams, and the agent 1,024", async (t) => {
  const stage = await openStage(t)
  const clients: FramedClient[] = []
  for (let each = 0; each < 16; each++) {
    const client = await new FramedClient(stage.path(each % 2 === 0 ? "application" : "admin")).hello()
    for (let id = 2; id < 2 + WATCHES_EACH_MAX; id++) client.send({ id, op: "watch", in: { kind: "members" } })
    clients.push(client)
    await client.got((message) => message["id"] === 1 + WATCHES_EACH_MAX)
  }
  const [first] = clients
  first?.send({ id: 100, op: "events", in: { follow: true } })
  t.match(await first?.answer(100), { error: { code: "RESOURCE_EXHAUSTED", details: { limit: 64 } } })
  const beyond = await new FramedClient(stage.path("application")).hello()
  beyond.send({ id: 2, op: "watch", in: { kind: "members" } })
  t.match(await beyond.answer(2), { error: { code: "RESOURCE_EXHAUSTED", details: { limit: 1024 } } })
  t.match(await ask(stage, "/v1/watch/members"), { status: 429, json: { error: { details: { limit: 1024 } } } })
  first?.send({ id: 2, end: true })
  t.same(await first?.answer(2), { id: 2, out: {} })
  beyond.send({ id: 3, op: "watch", in: { kind: "members" } })
  await beyond.got((message) => message["id"] === 3 && "ev" in message)
  for (const client of [...clients, beyond]) client.socket.destroy()
})

test("a stream has credit for 64 events; behind a reader that grants none it collapses to a new view", async (t) => {
  const stage = await openStage(t)
  const client = await new FramedClient(stage.path("application")).hello()
  client.send({ id: 2, op: "watch", in: { kind: "members" } })
  await until("the view", () => client.events(2).length === 1)
  for (let each = 0; each < 100; each++) stage.fake.put(fakeMember(`m${each}`))
  await until("what the credit allows", () => client.events(2).length === 64)
  client.send({ id: 3, op: "status", in: {} })
  await client.answer(3)
  t.equal(client.events(2).length, 64, "answers need none")
  client.send({ id: 2, credit: 37 })
  await until("the rest", () => client.events(2).length === 101)
  t.same(
    client
      .events(2)
      .slice(1)
      .map((event) => event.rev),
    Array.from({ length: 100 }, (_, each) => String(each + 2)),
    "in order, each once",
  )
  for (let each = 0; each < 1025; each++) stage.fake.put(fakeMember(`n${each}`))
  client.send({ id: 2, credit: 100 })
  await until("a whole new view", () => client.events(2).length > 101 && client.events(2).at(-1).more === undefined)
  const view = client.events(2).slice(101)
  t.match(view[0], { type: "view", reset: true, rev: "1126" })
  t.equal(view.flatMap((part) => part.items).length, 1126)
  client.socket.destroy()
})

test("a large view comes in parts and is not taken for a reader that does not read", async (t) => {
  const stage = await openStage(t)
  for (let each = 0; each < 6000; each++) stage.fake.rows.set(`${each}`, fakeMember(`m${each}`, { tags: { é: "é" } }))
  const client = await new FramedClient(stage.path("application")).hello()
  client.send({ id: 2, op: "watch", in: { kind: "members" } })
  await until("the last part", () => client.events(2).some((event) => event.more === undefined))
  const parts = client.events(2)
  t.ok(parts.length > 10, `${parts.length} parts`)
  t.equal(
    parts.reduce((sum, part) => sum + part.items.length, 0),
    6001,
  )
  t.ok(parts.slice(0, -1).every((part) => part.more === true && part.type === "view"))
  client.send({ id: 3, op: "members.list", in: {} })
  const tooBig = await client.answer(3)
  t.match(tooBig, { error: { code: "RESOURCE_EXHAUSTED", details: { limit: FRAME_BYTES_MAX } } })
  client.socket.destroy()
})

/** Holds that say nothing, and end when they are closed. */
function endless(): Coordination {
  const real = outside()
  return {
    ...{ ttlMs: real.ttlMs, counts: real.counts, answer: real.answer, watch: real.watch, connect: real.connect },
    barrier: real.barrier,
    hold: (_input, _caller, onReadable) => {
      let isOver = false
      const close = (): void => {
        isOver = true
        onReadable()
      }
      return { take: () => undefined, isOver: () => isOver, ending: () => ({ out: {} }), close }
    },
  }
}

test("a connection may have 10,000 holds, and watches beside them", async (t) => {
  const stage = await openStage(t, { coordination: endless() })
  const client = await new FramedClient(stage.path("application")).hello()
  for (let id = 2; id < 2 + HOLDS_EACH_MAX; id++) {
    client.send({ id, op: "hold", in: { kind: "lock", name: "x" }, seq: id })
  }
  const beyond = 2 + HOLDS_EACH_MAX
  client.send({ id: beyond, op: "hold", in: { kind: "lock", name: "x" }, seq: beyond })
  t.match(await client.answer(beyond), { error: { code: "RESOURCE_EXHAUSTED", details: { limit: HOLDS_EACH_MAX } } })
  t.equal(client.messages.filter((message) => "error" in message).length, 1, "all others stand in their queues")
  client.send({ id: beyond + 1, op: "watch", in: { kind: "members" } })
  await client.got((message) => message["id"] === beyond + 1 && "ev" in message)
  client.socket.destroy()
})

test("a hold that is cut off by the agent's end is not told as ended, though its feed says that it is over", async (t) => {
  const stage = await openStage(t, { coordination: endless() })
  const client = await new FramedClient(stage.path("application")).hello()
  client.send({ id: 2, op: "hold", in: { kind: "lock", name: "x" }, seq: 1 })
  client.send({ id: 3, op: "status", in: {} })
  await client.answer(3)
  await stage.api.close()
  await client.closed()
  t.match(
    client.messages.filter((message) => message["id"] === 2),
    [{ error: { code: "AGENT_UNAVAILABLE", outcome: "unknown" } }],
    "it may be granted all the same",
  )
})

test("an event that no frame holds ends its stream alone, and says why", async (t) => {
  const watch: Coordination["watch"] = () => {
    const lines = [{ type: "view" }, { type: "change", text: "x".repeat(FRAME_BYTES_MAX) }, { type: "change" }]
    return { take: () => lines.shift() as never, isOver: () => false, close: () => {} }
  }
  const stage = await openStage(t, { coordination: Object.assign(outside(), { watch }) })
  const client = await new FramedClient(stage.path("application")).hello()
  client.send({ id: 2, op: "watch", in: { kind: "lock" } })
  client.send({ id: 3, op: "status", in: {} })
  t.match(await client.answer(3), { out: { name: "a" } }, "all else on the connection goes on")
  t.match(
    client.messages.filter((message) => message["id"] === 2),
    [{ ev: { type: "view" } }, { error: { code: "RESOURCE_EXHAUSTED", details: { limit: FRAME_BYTES_MAX } } }],
  )
  client.socket.destroy()
})

test("ten thousand holds that end at once are told in turn: the loop and the wire have room for others", async (t) => {
  const real = outside()
  const feeds: { isOver: boolean; onReadable: () => void }[] = []
  let taken = 0
  const hold: Coordination["hold"] = (_input, _caller, onReadable) => {
    const feed = { isOver: false, onReadable }
    feeds.push(feed)
    const take = (): undefined => void taken++
    return { take, isOver: () => feed.isOver, ending: () => ({ out: { rest: "x".repeat(400) } }), close: () => {} }
  }
  const stage = await openStage(t, { coordination: Object.assign(real, { hold }) })
  const client = await new FramedClient(stage.path("application")).hello()
  for (let id = 2; id < 2 + HOLDS_EACH_MAX; id++) {
    client.send({ id, op: "hold", in: { kind: "lock", name: "x" }, seq: id })
  }
  await until("all stand", () => feeds.length === HOLDS_EACH_MAX)
  taken = 0
  for (const feed of feeds) {
    feed.isOver = true
    feed.onReadable()
  }
  t.ok(taken < 100, `${taken} in one turn`)
  await until("all have ended", () => client.messages.filter((message) => "out" in message).length > HOLDS_EACH_MAX)
  t.ok(taken < 2 * HOLDS_EACH_MAX, `${taken} looks`)
  t.notOk(client.isClosed)
  client.socket.destroy()
})
