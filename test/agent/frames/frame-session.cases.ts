import type { Coordination } from "conclave/api/coordination"
import { problem } from "conclave/api/problem"
import { FRAME_BYTES_MAX } from "conclave/frames/agent-frame"
import { UNANSWERED_MAX } from "conclave/frames/frame-session"
import { test } from "tap"
import { fakeMember, memberId } from "../fake-view.ts"
import { ask, FramedClient, framed, openStage } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { outside } from "../outside.ts"

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
