import { createServer } from "node:http"
import { join } from "node:path"
import type { Feed } from "conclave/api/feed"
import { APPLICATION } from "conclave/api/principal"
import { type Problem, problem } from "conclave/api/problem"
import { HTTP_HOLDS_EACH_MAX, type HttpStreams, streamHttp } from "conclave/node/http/http-stream"
import { WATCHES_EACH_MAX, WatchSlots } from "conclave/watch-slots"
import { test } from "tap"
import { RawClient, temporaryDirectory } from "../../local-stage.ts"
import { until } from "../until.ts"

type Teardown = { readonly teardown: (ended: () => unknown) => void }

/** A feed that a test fills, behind a real socket. */
class Stage {
  readonly slots: WatchSlots = new WatchSlots()
  readonly streams: HttpStreams = new Set()
  readonly lines: object[] = []
  refusal: Problem | undefined
  op: "watch" | "hold" = "watch"
  /** How it ends, for a feed that knows. */
  ending: ReturnType<NonNullable<Feed["ending"]>> | undefined
  isOver: boolean = false
  /** Says at once that it can be read. */
  isEager: boolean = false
  taken: number = 0
  closed: number = 0
  /** Whether the agent's going is another end than the reader's; how often it was left so. */
  isLasting: boolean = false
  left: number = 0
  #readable: () => void = () => {}
  readonly #feeds: (() => void)[] = []
  #path = ""

  async open(t: Teardown): Promise<this> {
    this.#path = join(temporaryDirectory(t), "a.sock")
    const server = createServer((_request, response) => {
      const { slots, streams } = this
      const open = (onReadable: () => void): Feed | Problem => this.refusal ?? this.#feed(onReadable)
      streamHttp({ kind: "stream", op: this.op, waits: false, open }, response, {
        slots,
        streams,
        principal: APPLICATION,
      })
    })
    await new Promise<void>((resolve) => server.listen({ path: this.#path }, resolve))
    t.teardown(() => server.close())
    return this
  }

  ask(): RawClient {
    return this.say("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
  }

  say(text: string): RawClient {
    const client = new RawClient(this.#path)
    client.write(text)
    return client
  }

  get opened(): number {
    return this.#feeds.length
  }

  /** Of the feeds that were opened this one is over, too. */
  end(index: number): void {
    this.#feeds[index]?.()
  }

  put(...lines: readonly object[]): void {
    this.lines.push(...lines)
    this.#readable()
  }

  #feed(onReadable: () => void): Feed {
    this.#readable = onReadable
    this.#feeds.push(onReadable)
    if (this.isEager) onReadable()
    return {
      take: () => {
        const line = this.lines.shift()
        if (line !== undefined) this.taken++
        return line
      },
      isOver: () => this.isOver && this.lines.length === 0,
      close: () => {
        this.closed++
        // A hold that is given up is over, and says so.
        this.isOver = true
        this.#readable()
      },
      ...(this.isLasting ? { leave: () => this.left++ } : {}),
      ...(this.ending === undefined ? {} : { ending: () => this.ending ?? { out: {} } }),
    }
  }
}

test("lines are told as they come, the head before the first; at the end everything is given back", async (t) => {
  const stage = await new Stage().open(t)
  const client = stage.ask()
  await client.says(/^HTTP\/1.1 200 OK\r\ncontent-type: application\/x-ndjson\r\n[\s\S]*\r\n\r\n$/)
  t.same([stage.slots.open, stage.streams.size], [1, 1])
  stage.put({ n: 1 }, { n: 2 })
  await client.says(/\{"n":1\}\n[\s\S]*\{"n":2\}\n/)
  stage.isOver = true
  stage.put({ n: 3 })
  await client.closed()
  t.match(client.text, /\{"n":3\}\n\r\n0\r\n\r\n$/)
  await until("all is given back", () => stage.slots.open === 0)
  t.equal(stage.streams.size, 0)
  t.equal(stage.closed, 1)
})

test("what is over with its last line ends behind it", async (t) => {
  const stage = await new Stage().open(t)
  stage.lines.push({ n: 1 }, { n: 2 }, { n: 3 })
  stage.isOver = true
  const client = stage.ask()
  await client.closed()
  t.match(client.text, /\{"n":1\}\n[\s\S]*\{"n":2\}\n[\s\S]*\{"n":3\}\n\r\n0\r\n\r\n$/)
  t.equal(client.text.split("\r\n0\r\n").length, 2, "one end")
})

test("of holds that are asked for one behind the other on a connection a few begin, and the next one is refused", async (t) => {
  const stage = await new Stage().open(t)
  stage.op = "hold"
  const request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
  const client = stage.say(request.repeat(HTTP_HOLDS_EACH_MAX + 1))
  await until("the connection has its holds", () => stage.opened === HTTP_HOLDS_EACH_MAX)
  const other = stage.say(request)
  await until("others have theirs", () => stage.opened === HTTP_HOLDS_EACH_MAX + 1)
  other.socket.destroy()
  stage.isOver = true
  for (let over = 0; over <= HTTP_HOLDS_EACH_MAX; over++) stage.end(over)
  await client.says(/ 429 [\s\S]*RESOURCE_EXHAUSTED/)
  t.equal(client.text.match(/ 200 OK/g)?.length, HTTP_HOLDS_EACH_MAX)
  client.write(request)
  await until("what was given back may be had again", () => stage.opened === HTTP_HOLDS_EACH_MAX + 2)
  client.socket.destroy()
})

test("behind a client that does not read lines stay in the feed", async (t) => {
  const stage = await new Stage().open(t)
  const client = stage.ask()
  await client.says(/200 OK/)
  client.socket.pause()
  const total = 2000
  stage.put(...Array.from({ length: total }, (_, n) => ({ n, text: "x".repeat(2000) })))
  await until("the pipe is full", () => stage.taken > 0)
  const held = stage.lines.length
  t.ok(held > total / 2, `${held} wait`)
  stage.isOver = true
  client.socket.resume()
  await client.closed()
  t.equal(stage.taken, total)
  const told = client.text.match(/"n":\d+/g)
  t.same(
    told,
    Array.from({ length: total }, (_, n) => `"n":${n}`),
    "in order, each once",
  )
})

test("a failure after the first byte is the last line", async (t) => {
  const stage = await new Stage().open(t)
  const client = stage.ask()
  await client.says(/200 OK/)
  const error = problem("AGENT_UNAVAILABLE", "the agent goes away")
  for (const fail of stage.streams) fail(error)
  stage.put({ n: 1 })
  await client.closed()
  t.match(client.text, `${JSON.stringify({ type: "error", error })}\n\r\n0\r\n\r\n`)
  t.notMatch(client.text, /"n":1/)
  await until("the feed is closed by the failure, and with the connection", () => stage.closed === 2)
  const lasting = await new Stage().open(t)
  lasting.isLasting = true
  const left = lasting.ask()
  await left.says(/200 OK/)
  for (const fail of lasting.streams) fail(error)
  t.same([lasting.left, lasting.closed], [1, 0], "it is not given up")
  await left.closed()
  t.match(left.text, `${JSON.stringify({ type: "error", error })}\n\r\n0\r\n\r\n`)
  const held = await new Stage().open(t)
  held.op = "hold"
  const holder = held.ask()
  await holder.says(/200 OK/)
  for (const fail of held.streams) fail(error)
  await holder.closed()
  t.match(holder.text, /"outcome":"unknown"/, "what became of a hold the cluster decides")
})

test("a client that goes gives its slot back; a stream that is refused never had one", async (t) => {
  const stage = await new Stage().open(t)
  const client = stage.ask()
  await client.says(/200 OK/)
  client.socket.destroy()
  await until("the slot is free", () => stage.slots.open === 0)
  t.equal(stage.closed, 1)
  stage.refusal = problem("INVALID_ARGUMENT", "no")
  const refused = stage.ask()
  await refused.closed()
  t.match(refused.text, /^HTTP\/1.1 400 /)
  t.same([stage.slots.open, stage.streams.size], [0, 0])
})

test("without a slot the feed is not even opened", async (t) => {
  const stage = await new Stage().open(t)
  for (let each = 0; each < 1024; each++) stage.slots.take(each < WATCHES_EACH_MAX ? stage : {}, APPLICATION)
  const client = stage.ask()
  await client.closed()
  t.match(client.text, /^HTTP\/1.1 429 [\s\S]*"RESOURCE_EXHAUSTED"/)
  t.equal(stage.closed, 0)
})

test("a stream that knows how it ends has its status with its first line, and fails as an answer before it", async (t) => {
  const why = problem("WAIT_TIMEOUT", "m")
  const early = await new Stage().open(t)
  early.ending = { error: why }
  const refused = early.ask()
  await until("it is asked", () => early.closed === 0 && refused.socket.readyState === "open")
  early.isOver = true
  early.put()
  await refused.says(/^HTTP\/1\.1 408/)
  await refused.closed()
  const late = await new Stage().open(t)
  late.ending = { error: why }
  const failed = late.ask()
  await until("it is asked", () => failed.socket.readyState === "open")
  t.equal(failed.text, "", "no head before the first line")
  late.put({ a: 1 })
  await failed.says(/^HTTP\/1\.1 200[\s\S]*"a":1/)
  late.isOver = true
  late.put()
  await failed.says(/"type":"error","error":\{"code":"WAIT_TIMEOUT"/)
  await failed.closed()
})

test("what is readable before the stream is there is not lost", async (t) => {
  const stage = await new Stage().open(t)
  stage.isEager = true
  stage.lines.push({ eager: 1 })
  const client = stage.ask()
  await client.says(/"eager":1/)
  stage.isOver = true
  stage.put()
  await client.closed()
})
