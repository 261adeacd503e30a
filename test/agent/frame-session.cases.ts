import type { Coordination } from "conclave/api/coordination"
import { problem } from "conclave/api/problem"
import { FRAME_BYTES_MAX, HOLDS_EACH_MAX, UNANSWERED_MAX } from "conclave/frame-session"
import { WATCHES_EACH_MAX } from "conclave/watch-slots"
import { test } from "tap"
import { fakeMember, memberId } from "./fake-view.ts"
import { ask, FramedClient, framed, openStage } from "./local-stage.ts"
import { until } from "./node/until.ts"
import { outside } from "./outside.ts"

const HELLO = { id: 1, op: "hello", in: { protocol: 1, app: "test", process: { pid: 7, startTime: 9 } } }

test("frames may follow the request for the upgrade at once", async (t) => {
  const stage = await openStage(t)
  const client = new FramedClient(stage.path("application"), [HELLO, { id: 2, op: "status", in: {} }])
  const hello = await client.answer(1)
  t.match(hello, { out: { protocol: 1, agent: { name: "a", id: memberId("a") }, heartbeatMs: 2000, ttlMs: 10_000 } })
  t.match(await client.answer(2), { out: { name: "a", cluster: "test" } })
  client.socket.destroy()
  const quick = await openStage(t, { coordination: outside(2000) })
  const local = new FramedClient(quick.path("application"), [HELLO])
  t.match(await local.answer(1), { out: { heartbeatMs: 400, ttlMs: 2000 } }, "on one machine all is quicker")
  local.socket.destroy()
})

test("the first operation is hello, with the protocol of this agent", async (t) => {
  const stage = await openStage(t)
  const path = stage.path("application")
  const rude = new FramedClient(path, [{ id: 1, op: "status", in: {} }])
  await rude.closed()
  t.match(rude.messages, [{ error: { code: "INVALID_ARGUMENT", details: { field: "op" } } }])
  t.notOk("id" in (rude.messages[0] ?? {}), "it is nobody's answer")
  const foreign = new FramedClient(path, [{ id: 1, op: "hello", in: { protocol: 2 } }])
  await foreign.closed()
  t.match(foreign.messages, [{ id: 1, error: { code: "UNIMPLEMENTED", details: { supported: [1] } } }])
  const client = new FramedClient(path)
  for (const [id, input] of [
    {},
    undefined,
    { protocol: 1, app: 7 },
    { protocol: 1, process: { pid: "7" } },
  ].entries()) {
    client.send({ id: id + 1, op: "hello", in: input })
    t.match(await client.answer(id + 1), { error: { code: "INVALID_ARGUMENT" } })
  }
  client.send({ ...HELLO, id: 9 })
  t.match(await client.answer(9), { out: { protocol: 1 } })
  client.send({ ...HELLO, id: 10 })
  t.match(await client.answer(10), { error: { code: "INVALID_ARGUMENT" } }, "once is enough")
  client.socket.destroy()
})

test("a call says how long it may take, within what HTTP takes, too, and else has the default", async (t) => {
  const told: number[] = []
  const answer: Coordination["answer"] = (_op, _input, { timeoutMs }, done) => {
    told.push(timeoutMs)
    done(problem("NO_QUORUM", "nobody leads"))
  }
  const coordination = Object.assign(outside(), { answer })
  const stage = await openStage(t, { coordination })
  const client = new FramedClient(stage.path("application"), [HELLO])
  for (const [id, timeoutMs] of [undefined, 1, 700, 600_000, 0, 600_001, 1.5, "5000", null].entries()) {
    client.send({ id: id + 2, op: "sessions.list", in: {}, timeoutMs })
    const expected = id < 4 ? "NO_QUORUM" : "INVALID_ARGUMENT"
    t.match(await client.answer(id + 2), { error: { code: expected } }, `${timeoutMs}`)
  }
  t.same(told, [5000, 1, 700, 600_000])
  client.socket.destroy()
})

test("whoever does not greet in time, or leaves half a frame, is told so and closed", async (t) => {
  const stage = await openStage(t, { patience: { helloMs: 100, frameMs: 100 } })
  const path = stage.path("application")
  const silent = new FramedClient(path)
  const half = new FramedClient(path, [HELLO])
  await half.answer(1)
  half.write(framed({ id: 2, op: "status", in: {} }).subarray(0, 9))
  await silent.closed()
  await half.closed()
  t.match(silent.messages, [{ error: { code: "INVALID_ARGUMENT", details: { field: "hello" } } }])
  t.match(half.messages[1], { error: { code: "INVALID_ARGUMENT", details: { field: "frame" } } })
  t.notOk("id" in (half.messages[1] ?? {}))
})

test("a frame that is too long or no JSON object ends the connection with an error", async (t) => {
  const stage = await openStage(t)
  const path = stage.path("application")
  const long = Buffer.alloc(4)
  long.writeUInt32BE(FRAME_BYTES_MAX + 1)
  const giant = Buffer.from([0x40, 0, 0, 0])
  const text = (body: string | Uint8Array): Uint8Array => {
    const bytes = Buffer.from(body as string)
    const head = Buffer.alloc(4)
    head.writeUInt32BE(bytes.length)
    return Buffer.concat([head, bytes])
  }
  const bad = [
    long,
    giant,
    text(""),
    text("{"),
    text("null"),
    text("[]"),
    text("7"),
    text(Buffer.from([0x22, 0xff, 0x22])),
  ]
  const frames = [{}, { id: 0, op: "status" }, { id: 1.5, op: "status" }, { id: "2", op: "status" }, { id: 2 }]
  const more = [
    { id: 1, op: "status" },
    { id: 2, end: false },
    { id: 2, op: 7 },
    { id: 2, credit: 0 },
    { id: 2, credit: "8" },
  ]
  for (const bytes of [...bad, ...[...frames, ...more].map(framed)]) {
    const client = await new FramedClient(path).hello()
    client.write(Buffer.concat([bytes, framed({ id: 99, op: "status" })]))
    await client.closed()
    t.match(client.messages[1], { error: { code: "INVALID_ARGUMENT" } })
    t.equal(client.messages.length, 2, "nothing after it")
    t.notOk("id" in (client.messages[1] ?? {}))
    t.equal(client.error, undefined, "the error is not cut off")
  }
  t.equal((await ask(stage, "/livez")).status, 200)
})

test("a frame at the limit is read", async (t) => {
  const stage = await openStage(t)
  const client = await new FramedClient(stage.path("application")).hello()
  const empty = JSON.stringify({ id: 2, op: "status", in: { rest: "" } }).length
  client.send({ id: 2, op: "status", in: { rest: "z".repeat(FRAME_BYTES_MAX - empty) } })
  t.match(await client.answer(2), { out: { name: "a" } })
  client.socket.destroy()
})

test("each call has one answer; what fails fails alone", async (t) => {
  const stage = await openStage(t)
  const client = await new FramedClient(stage.path("application")).hello()
  client.send({ id: 2, op: "members.get", in: { name: "nobody" } })
  client.send({ id: 3, op: "join", in: { addrs: ["x"] } })
  client.send({ id: 4, op: "no.such", in: {} })
  client.send({ id: 5, op: "unheard", in: {} })
  client.send({ id: 6, op: "ping", in: { name: 7 } })
  client.send({ id: 7, op: "status", in: [] })
  client.send({ id: 8, op: "members.get", in: { name: "a" }, seq: 1 })
  t.match(await client.answer(2), { error: { code: "NOT_FOUND" } })
  t.match(await client.answer(3), { error: { code: "PERMISSION_DENIED", details: { op: "join" } } })
  t.match(await client.answer(4), { error: { code: "NOT_FOUND", details: { op: "no.such" } } })
  t.match(await client.answer(5), { error: { code: "NOT_FOUND", details: { op: "unheard" } } })
  t.match(await client.answer(6), { error: { code: "INVALID_ARGUMENT", details: { field: "name" } } })
  t.match(await client.answer(7), { error: { code: "INVALID_ARGUMENT", details: { field: "in" } } })
  t.match(await client.answer(8), { out: { name: "a" } }, "path parts go by name")
  client.send({ id: 8, end: true })
  client.send({ id: 77, credit: 5 })
  client.send({ id: 9, op: "status" })
  t.match(await client.answer(9), { out: { name: "a" } }, "ends and credit of what is over are ignored")
  client.socket.destroy()
})

test("at most 128 calls are unanswered, streams not counted", async (t) => {
  const stage = await openStage(t)
  stage.fake.pingMs = () => "never"
  const client = await new FramedClient(stage.path("application")).hello()
  client.send({ id: 2, op: "watch", in: { kind: "members" } })
  for (let id = 3; id < 3 + UNANSWERED_MAX; id++) client.send({ id, op: "ping", in: { name: "a" } })
  client.send({ id: 200, op: "status", in: {} })
  const beyond = await client.answer(200)
  t.match(beyond, { error: { code: "RESOURCE_EXHAUSTED", details: { limit: UNANSWERED_MAX } } })
  t.equal(client.messages.filter((message) => "error" in message).length, 1, "the others go on")
  client.socket.destroy()
})

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

test("a client that asks and never reads is cut off, others are served", async (t) => {
  const stage = await openStage(t)
  for (let each = 0; each < 500; each++) stage.fake.rows.set(`${each}`, fakeMember(`m${each}`))
  const deaf = await new FramedClient(stage.path("application")).hello()
  deaf.socket.pause()
  for (let id = 2; id < 100; id++) deaf.send({ id, op: "members.list", in: {} })
  await until("it is cut", () => {
    deaf.send({ id: 1000, end: true })
    return deaf.error !== undefined || deaf.isClosed
  })
  t.equal((await ask(stage, "/livez")).status, 200)
  deaf.socket.destroy()
})

test("a call under way is answered before the agent goes, a new one is refused", async (t) => {
  const stage = await openStage(t)
  let answer = (): void => {}
  stage.fake.pingMs = () => "never"
  const join = { joined: ["b"], failed: [] }
  stage.fake.joinOutcome = "never"
  Object.assign(stage.fake.view, {
    join: (_addrs: unknown, done: (outcome: unknown) => void) => {
      answer = () => done(join)
    },
  })
  const client = await new FramedClient(stage.path("admin")).hello()
  client.send({ id: 2, op: "join", in: { addrs: ["x"] } })
  client.send({ id: 3, op: "status", in: {} })
  await client.answer(3)
  const closed = stage.api.close()
  client.send({ id: 4, op: "status", in: {} })
  t.match(await client.answer(4), { error: { code: "AGENT_UNAVAILABLE", retryable: true } })
  answer()
  t.same(await client.answer(2), { id: 2, out: join })
  await closed
  await client.closed()
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
