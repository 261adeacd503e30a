import { FrameReader } from "@conclave/base"
import { type Call, prepareCall, prepareFramed } from "./api/call.ts"
import type { Caller, Seen, SessionLink } from "./api/coordination.ts"
import type { Feed } from "./api/feed.ts"
import { heartbeatMs } from "./api/heartbeat.ts"
import { checkHello, PROTOCOL } from "./api/hello.ts"
import { jsonPieces } from "./api/json-pieces.ts"
import { Line } from "./api/line.ts"
import { type ApiContext, cutOff, isPlace, type StreamName } from "./api/ops.ts"
import type { Principal } from "./api/principal.ts"
import { invalid, isByLog, isProblem, type Problem, problem } from "./api/problem.ts"
import { isFramedName, TIMEOUT_MAX_MS, TIMEOUT_MS } from "./api/schema.ts"
import type { Clock } from "./ports.ts"
import { Timers } from "./timers.ts"
import { VERSION } from "./version.ts"
import { exhausted, type WatchSlots } from "./watch-slots.ts"

/** Bytes of one frame's body, both ways. */
export const FRAME_BYTES_MAX = 256 * 1024
export const UNANSWERED_MAX = 128
/** Events that a stream may send before the client grants more. */
export const CREDIT = 64
const CREDIT_MAX = 1_000_000
/** Unsent bytes at which a client that does not read is cut off. */
export const UNSENT_BYTES_MAX = 1024 * 1024
/** Streams rest while this much is unsent: only answers can pile up further. */
const STREAM_BYTES_MAX = 64 * 1024
/** Holds of one connection: as many as one name may have. */
export const HOLDS_EACH_MAX = 10_000
/** Streams that speak in one turn of the loop; those behind them, and those that rested, speak in slices. */
const SPEAKERS_EACH_TURN = 64
const SLICE_MS = 2
const ENCODER = new TextEncoder()
const CLOSING_BRACE: Uint8Array = ENCODER.encode("}")
const DECODER = new TextDecoder("utf-8", { fatal: true })

interface Stream {
  readonly op: StreamName
  readonly seq: number | undefined
  readonly feed: Feed
  readonly release: () => void
  /** What stands before a line that is written out already. */
  readonly head: Uint8Array
  credit: number
}

/** How long a client is waited for, in ms. */
export interface FramePatience {
  /** For `hello`, from the upgrade. */
  readonly helloMs: number
  /** For the rest of a frame that has begun. */
  readonly frameMs: number
  /** For a client to read the last words that it gets and to hang up. */
  readonly lingerMs: number
  /** For calls under way when the agent goes. */
  readonly farewellMs: number
}

export interface FrameOptions {
  readonly context: ApiContext
  readonly principal: Principal
  /** Streams of the whole agent. */
  readonly slots: WatchSlots
  readonly clock: Clock
  readonly patience: FramePatience
}

/** The bytes' way to one client. */
export interface FrameWire {
  readonly isWritable: () => boolean
  /** One frame, its body in parts that are not changed. */
  readonly send: (...body: readonly Uint8Array[]) => void
  /** Bytes that were said and have not left. */
  readonly unsentBytes: () => number
  /** Nothing more is said; what was leaves first. */
  readonly end: () => void
  /** Ends it at once. */
  readonly destroy: () => void
}

/** What a wire tells of its client. */
export interface WireEvents {
  readonly received: (bytes: Uint8Array) => void
  /** There is room again for what is said. */
  readonly drained: () => void
  /** Once; nothing is told afterwards. */
  readonly closed: () => void
}

/** One framed connection: calls and streams by number, with credit for streams. Whoever owns the wire tells it all. */
export class FrameSession {
  readonly #wire: FrameWire
  readonly #options: FrameOptions
  readonly #onClose: () => void
  readonly #reader: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  readonly #streams: Map<number, Stream> = new Map()
  /** Those that may have something to say, and wait until the wire or the loop has room. */
  readonly #resting: Set<number> = new Set()
  #speakers = 0
  readonly #timers: Timers
  readonly #seen: Seen = { rev: 0 }
  /** After hello. */
  #link: SessionLink | undefined
  #holds = 0
  #lastId = 0
  #unanswered = 0
  /** The agent goes: no new calls; the connection ends with the last answer. */
  #isEnding = false
  #isClosed = false
  #unfinished: (() => void) | undefined

  constructor(wire: FrameWire, options: FrameOptions, onClose: () => void) {
    this.#wire = wire
    this.#options = options
    this.#timers = new Timers(options.clock)
    this.#onClose = onClose
  }

  /** `head`: what came with the request for the upgrade. */
  start(head: Uint8Array): void {
    const { helloMs } = this.#options.patience
    this.#after(helloMs, () => {
      if (this.#link === undefined) this.#refuse(invalid("hello", `no hello within ${helloMs} ms`))
    })
    if (head.length > 0) this.received(head)
  }

  goaway(reason: string, deadlineMs: number): void {
    this.#send({ goaway: { reason, deadlineMs } })
  }

  /** Lets calls that are under way be answered, then closes. */
  end(): void {
    if (this.#isEnding) return
    this.#isEnding = true
    for (const [id, { op }] of [...this.#streams]) {
      this.#drop(id)
      this.#send({ id, error: cutOff(problem("AGENT_UNAVAILABLE", "the agent goes away"), op) })
    }
    this.#after(this.#options.patience.farewellMs, () => this.#hangUp())
    if (this.#unanswered === 0) this.#hangUp()
  }

  /** Lets what was sent leave; what still comes is thrown away, so that it does not cut the last words off. */
  #hangUp(): void {
    this.#isClosed = true
    this.#wire.end()
    this.#after(this.#options.patience.lingerMs, () => this.#wire.destroy())
  }

  received(chunk: Uint8Array): void {
    if (this.#isClosed) return
    const bodies = this.#reader.push(chunk)
    if (bodies === "oversize") return this.#refuse(invalid("frame", `a frame is over ${FRAME_BYTES_MAX} bytes`))
    for (const body of bodies) {
      if (this.#isClosed) return
      this.#frame(body)
    }
    this.#watchUnfinished(bodies.length > 0)
  }

  /** Half a frame is not waited for longer than a whole one may take. */
  #watchUnfinished(restart: boolean): void {
    if (this.#unfinished !== undefined && (restart || !this.#reader.unfinished)) {
      this.#unfinished()
      this.#unfinished = undefined
    }
    if (!this.#reader.unfinished || this.#unfinished !== undefined) return
    const late = (): void => this.#refuse(invalid("frame", "a frame was not finished in time"))
    this.#unfinished = this.#after(this.#options.patience.frameMs, late)
  }

  #frame(body: Uint8Array): void {
    const message = parse(body)
    if (message === undefined) return this.#refuse(invalid("frame", "a frame is no JSON object"))
    const { id } = message
    if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1) {
      return this.#refuse(invalid("id", "id is a whole number from 1"))
    }
    if (typeof message["op"] === "string") return this.#begin(id, message["op"], message)
    if (message["end"] === true) return this.#finish(id)
    if (message["credit"] !== undefined) return this.#credit(id, message["credit"])
    this.#refuse(invalid("op", "a frame has op, end or credit"))
  }

  #begin(id: number, op: string, message: Record<string, unknown>): void {
    if (id <= this.#lastId) return this.#refuse(invalid("id", "id grows with each call"))
    this.#lastId = id
    if (op === "hello") return this.#hello(id, message["in"])
    if (this.#link === undefined) return this.#refuse(invalid("op", "the first operation is hello"))
    if (this.#isEnding) return this.#send({ id, error: problem("AGENT_UNAVAILABLE", "the agent goes away") })
    const call = this.#prepare(this.#link, op, message)
    if (call.kind === "refused") return this.#send({ id, error: call.problem })
    const seq = message["seq"] as number | undefined
    if (call.kind === "stream") return this.#stream(id, seq, call)
    if (call.kind === "octets") return this.#send({ id, error: noFrames(op) })
    if (this.#unanswered >= UNANSWERED_MAX)
      return this.#send({ id, error: exhausted("unanswered calls", UNANSWERED_MAX) })
    this.#await({ id, op, seq }, call)
  }

  #prepare(link: SessionLink, op: string, message: Record<string, unknown>): Call {
    const { context, principal } = this.#options
    const { seq, floor = 0, timeoutMs = TIMEOUT_MS } = message
    if (seq !== undefined && !isNumber(seq, 1)) {
      return { kind: "refused", problem: invalid("seq", "seq is a whole number from 1") }
    }
    if (!isNumber(floor, 0)) {
      return { kind: "refused", problem: invalid("floor", "floor is a whole number from 0") }
    }
    if (!isTimeout(timeoutMs)) {
      const problem = invalid("timeoutMs", `timeoutMs is a whole number from 1 to ${TIMEOUT_MAX_MS}`)
      return { kind: "refused", problem }
    }
    const caller: Caller = { principal, timeoutMs, seen: this.#seen, speaker: link, seq, floor }
    if (isFramedName(op)) return prepareFramed(caller, op, message["in"])
    return prepareCall(context, caller, op, message["in"])
  }

  #await(
    { id, op, seq }: { readonly id: number; readonly op: string; readonly seq: number | undefined },
    call: Extract<Call, { kind: "answer" }>,
  ): void {
    this.#unanswered++
    let isOpen = true
    const answer = (reply: object): void => {
      if (!isOpen) return
      isOpen = false
      this.#unanswered--
      forget()
      this.#send(this.#fitting(id, op, reply))
      if (this.#isEnding && this.#unanswered === 0) this.#hangUp()
    }
    const limitMs = TIMEOUT_MAX_MS + call.extraMs
    const forget = this.#after(limitMs, () => answer({ id, error: call.overdue(limitMs) }))
    call.start((result) => answer(isProblem(result) ? failed(id, seq, result) : { id, out: result }))
  }

  #hello(id: number, input: unknown): void {
    if (this.#link !== undefined) return this.#send({ id, error: invalid("op", "hello is said once") })
    const hello = checkHello(input)
    if (hello.kind === "wrong") return this.#send({ id, error: hello.problem })
    if (hello.kind === "foreign") return this.#refuse(hello.problem, id)
    const { view, coordination } = this.#options.context
    this.#link = coordination.connect(hello.greeting)
    const name = view.memberById(view.id)?.record.name ?? ""
    const agent = { name, id: view.id, version: VERSION }
    const { ttlMs } = coordination
    this.#send({ id, out: { protocol: PROTOCOL, agent, heartbeatMs: heartbeatMs(ttlMs, ttlMs), ttlMs } })
  }

  #stream(id: number, seq: number | undefined, { op, open }: Extract<Call, { kind: "stream" }>): void {
    const release = isPlace(op) ? this.#takeHold() : this.#options.slots.take(this.#wire, this.#options.principal)
    if (typeof release !== "function") return this.#send({ id, error: release })
    const feed = open(() => this.#readable(id))
    if (isProblem(feed)) {
      release()
      return this.#send({ id, error: feed })
    }
    this.#streams.set(id, { op, seq, feed, release, head: headOf(id), credit: CREDIT })
    this.#pump(id)
  }

  /** Holds are bounded apart from watches: a client may hold much and watch little. */
  #takeHold(): (() => void) | Problem {
    if (this.#holds >= HOLDS_EACH_MAX) return exhausted("holds of one connection", HOLDS_EACH_MAX)
    this.#holds++
    return () => this.#holds--
  }

  /** Ten thousand holds may end at once. */
  #readable(id: number): void {
    if (!this.#streams.has(id)) return
    if (this.#speakers++ === 0) this.#options.clock.afterTurn(() => this.#turned())
    if (this.#speakers > SPEAKERS_EACH_TURN) this.#resting.add(id)
    else this.#pump(id)
  }

  #turned(): void {
    this.#speakers = 0
    this.#goOn()
  }

  /** Those that rested, until the wire is full again: what was written has left, or others had their turn. */
  #goOn(): void {
    const { clock } = this.#options
    const untilMs = clock.now() + SLICE_MS
    for (const id of this.#resting) {
      if (this.#isClosed || this.#wire.unsentBytes() > STREAM_BYTES_MAX) return
      if (clock.now() >= untilMs) return clock.afterTurn(() => this.#goOn())
      this.#resting.delete(id)
      this.#pump(id)
    }
  }

  #pump(id: number): void {
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    while (stream.credit > 0 && !this.#isClosed) {
      // `drained` goes on from here.
      if (this.#wire.unsentBytes() > STREAM_BYTES_MAX) return void this.#resting.add(id)
      const ev = stream.feed.take()
      if (ev === undefined) break
      // What many streams say was written out once; each says it under its own number.
      const isLine = ev instanceof Line
      const body = isLine ? [stream.head, ev.bytes, CLOSING_BRACE] : [ENCODER.encode(JSON.stringify({ id, ev }))]
      const length = body.reduce((sum, part) => sum + part.length, 0)
      if (length > FRAME_BYTES_MAX) return this.#breakOff(id, stream.op, length)
      stream.credit--
      this.#sendBody(...body)
    }
    if (stream.feed.isOver()) this.#over(id, stream)
  }

  /** A frame that is too long would end the connection, and all else on it. */
  #breakOff(id: number, op: StreamName, bytes: number): void {
    if (this.#drop(id)) this.#send({ id, error: cutOff(tooLong(`an event of ${op}`, bytes, op), op) })
  }

  /** What was written has left: streams that rested go on. */
  drained(): void {
    this.#goOn()
  }

  /** The client wants no more of it. What ends by the cluster's word goes on until that word is there. */
  #finish(id: number): void {
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    if (stream.feed.finish === undefined) return this.#over(id, stream)
    stream.feed.finish()
    this.#pump(id)
  }

  #over(id: number, { seq, feed }: Stream): void {
    const ending = (feed.isOver() ? feed.ending?.() : undefined) ?? { out: {} }
    if (!this.#drop(id)) return
    this.#send("error" in ending ? failed(id, seq, ending.error) : { id, ...ending })
  }

  #drop(id: number): boolean {
    const stream = this.#streams.get(id)
    if (stream === undefined) return false
    // First of all: a feed that closes says that it is over, and a hold that was cut off would look released.
    this.#streams.delete(id)
    this.#resting.delete(id)
    stream.feed.close()
    stream.release()
    return true
  }

  #credit(id: number, more: unknown): void {
    if (typeof more !== "number" || !Number.isSafeInteger(more) || more < 1 || more > CREDIT_MAX) {
      return this.#refuse(invalid("credit", `credit is a whole number from 1 to ${CREDIT_MAX}`))
    }
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    stream.credit = Math.min(CREDIT_MAX, stream.credit + more)
    this.#pump(id)
  }

  /** An error that is nobody's answer, and the end; with an id it is the answer to that call. */
  #refuse(error: Problem, id?: number): void {
    this.#send(id === undefined ? { error } : { id, error })
    this.#hangUp()
  }

  /** An answer that no frame can hold is replaced by an error that says how to get it. */
  #fitting(id: number, op: string, reply: object): Uint8Array {
    const out = "out" in reply ? (reply.out as object) : undefined
    const body = ENCODER.encode(out === undefined ? JSON.stringify(reply) : `{"id":${id},"out":${beginningOf(out)}}`)
    if (body.length <= FRAME_BYTES_MAX) return body
    return ENCODER.encode(JSON.stringify({ id, error: tooLong(`the answer of ${op}`, body.length, op) }))
  }

  #send(message: object): void {
    this.#sendBody(message instanceof Uint8Array ? message : ENCODER.encode(JSON.stringify(message)))
  }

  #sendBody(...body: readonly Uint8Array[]): void {
    const wire = this.#wire
    if (this.#isClosed || !wire.isWritable()) return
    wire.send(...body)
    if (wire.unsentBytes() > UNSENT_BYTES_MAX) wire.destroy()
  }

  /** The result calls it off. */
  #after(ms: number, ring: () => void): () => void {
    return this.#timers.at(this.#options.clock.now() + ms, ring)
  }

  /** The wire is gone. */
  closed(): void {
    this.#isClosed = true
    this.#timers.stop()
    for (const id of [...this.#streams.keys()]) this.#drop(id)
    this.#link?.close()
    this.#onClose()
  }
}

/** All of an answer, or more of it than any frame holds: the rest is not written out for nothing. */
function beginningOf(answer: object): string {
  let text = ""
  for (const piece of jsonPieces(answer)) {
    text += piece
    if (text.length > FRAME_BYTES_MAX) break
  }
  return text
}

function headOf(id: number): Uint8Array {
  return ENCODER.encode(`{"id":${id},"ev":`)
}

/** With the request's number where the log has decided it: then it speaks for every attempt. */
function failed(id: number, seq: number | undefined, error: Problem): object {
  return seq !== undefined && isByLog(error) ? { id, error, seq } : { id, error }
}

function isTimeout(value: unknown): value is number {
  return isNumber(value, 1) && value <= TIMEOUT_MAX_MS
}

function isNumber(value: unknown, least: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least
}

function parse(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(DECODER.decode(body))
    return typeof message === "object" && message !== null ? (message as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** What shows less of it, or all of it elsewhere. */
const SHORTER: Readonly<Record<string, string>> = {
  "hold.list": "ask for a longer prefix, watch (its view comes in parts), or use HTTP: GET /v1/hold/<kind>",
  "hold.get": "watch the name (it shows the first of a long queue), or use HTTP: GET /v1/hold/<kind>/<name>",
  "kv.list": "ask for a longer prefix, watch (its view comes in parts), or use HTTP: GET /v1/kv",
  "work.items": "watch (its view comes in parts), or use HTTP: GET /v1/work/<name>/items",
  "sessions.list": "ask for one by its id (sessions.get), or use HTTP: GET /v1/sessions",
  "members.list": "ask for a status or a tag, watch (its view comes in parts), or use HTTP: GET /v1/members",
}

function tooLong(what: string, bytes: number, op: string): Problem {
  return problem("RESOURCE_EXHAUSTED", `${what} has at least ${bytes} bytes, a frame holds ${FRAME_BYTES_MAX}`, {
    hint: SHORTER[op] ?? "ask for less, or use HTTP",
    details: { limit: FRAME_BYTES_MAX },
  })
}

/** It would fit none. */
function noFrames(op: string): Problem {
  return problem("UNIMPLEMENTED", `${op} is not for frames`, { hint: "over HTTP: GET or POST /v1/snapshot" })
}
