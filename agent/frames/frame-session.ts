import { FrameReader } from "@conclave/base"
import { type Call, prepareCall, prepareFramed } from "../api/call.ts"
import type { Caller, Seen, SessionLink } from "../api/coordination.ts"
import { heartbeatMs } from "../api/heartbeat.ts"
import { checkHello, PROTOCOL } from "../api/hello.ts"
import type { ApiContext } from "../api/ops.ts"
import type { Principal } from "../api/principal.ts"
import { invalid, isProblem, type Problem, problem } from "../api/problem.ts"
import { isFramedName, TIMEOUT_MAX_MS } from "../api/schema.ts"
import type { Clock } from "../ports.ts"
import { Timers } from "../timers.ts"
import { VERSION } from "../version.ts"
import { exhausted, type WatchSlots } from "../watch-slots.ts"
import { answerBody, bodyOf, type Called, FRAME_BYTES_MAX } from "./agent-frame.ts"
import { type CallTerms, type ClientCall, readFrame } from "./client-frame.ts"
import { FrameStreams } from "./frame-streams.ts"

export const UNANSWERED_MAX = 128
/** Unsent bytes at which a client that does not read is cut off. */
const UNSENT_BYTES_MAX = 1024 * 1024

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

/**
 * One framed connection: the greeting, calls by number, and how long either side waits for the other. Whoever owns the
 * wire tells it all.
 */
export class FrameSession {
  readonly #wire: FrameWire
  readonly #options: FrameOptions
  readonly #onClose: () => void
  readonly #reader: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  readonly #streams: FrameStreams
  readonly #timers: Timers
  readonly #seen: Seen = { rev: 0 }
  /** After hello. */
  #link: SessionLink | undefined
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
    this.#streams = new FrameStreams({
      clock: options.clock,
      takeSlot: () => options.slots.take(wire, options.principal),
      send: (...body) => this.#sendBody(...body),
      unsentBytes: () => wire.unsentBytes(),
      isClosed: () => this.#isClosed,
    })
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
    this.#streams.cutOff(goesAway())
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

  /** What was written has left: streams that rested go on. */
  drained(): void {
    this.#streams.goOn()
  }

  /** The wire is gone. */
  closed(): void {
    this.#isClosed = true
    this.#timers.stop()
    this.#streams.close()
    this.#link?.close()
    this.#onClose()
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
    const frame = readFrame(body)
    switch (frame.kind) {
      case "wrong":
        return this.#refuse(frame.problem)
      case "call":
        return this.#begin(frame)
      case "end":
        return this.#streams.finish(frame.id)
      case "credit":
        return this.#streams.credit(frame.id, frame.more)
    }
  }

  #begin(asked: ClientCall): void {
    const { id, op, input, terms } = asked
    if (id <= this.#lastId) return this.#refuse(invalid("id", "id grows with each call"))
    this.#lastId = id
    if (op === "hello") return this.#hello(id, input)
    if (this.#link === undefined) return this.#refuse(invalid("op", "the first operation is hello"))
    if (this.#isEnding) return this.#send({ id, error: goesAway() })
    if (isProblem(terms)) return this.#send({ id, error: terms })
    const call = this.#prepare(this.#link, asked, terms)
    if (call.kind === "refused") return this.#send({ id, error: call.problem })
    const { seq } = terms
    if (call.kind === "stream") return this.#streams.open(id, { op: call.op, seq, open: call.open })
    if (call.kind === "octets") return this.#send({ id, error: noFrames(op) })
    if (this.#unanswered >= UNANSWERED_MAX)
      return this.#send({ id, error: exhausted("unanswered calls", UNANSWERED_MAX) })
    this.#await({ id, op, seq }, call)
  }

  #prepare(speaker: SessionLink, { op, input }: ClientCall, terms: CallTerms): Call {
    const { context, principal } = this.#options
    const caller: Caller = { ...terms, principal, seen: this.#seen, speaker }
    return isFramedName(op) ? prepareFramed(caller, op, input) : prepareCall(context, caller, op, input)
  }

  #await(called: Called, call: Extract<Call, { kind: "answer" }>): void {
    this.#unanswered++
    let isOpen = true
    const answer = (result: object): void => {
      if (!isOpen) return
      isOpen = false
      this.#unanswered--
      forget()
      this.#sendBody(answerBody(called, result))
      if (this.#isEnding && this.#unanswered === 0) this.#hangUp()
    }
    const limitMs = TIMEOUT_MAX_MS + call.extraMs
    const forget = this.#after(limitMs, () => answer(call.overdue(limitMs)))
    call.start(answer)
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

  /** An error that is nobody's answer, and the end; with an id it is the answer to that call. */
  #refuse(error: Problem, id?: number): void {
    this.#send(id === undefined ? { error } : { id, error })
    this.#hangUp()
  }

  #send(message: object): void {
    this.#sendBody(bodyOf(message))
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
}

function goesAway(): Problem {
  return problem("AGENT_UNAVAILABLE", "the agent goes away")
}

/** It would fit none. */
function noFrames(op: string): Problem {
  return problem("UNIMPLEMENTED", `${op} is not for frames`, { hint: "over HTTP: GET or POST /v1/snapshot" })
}
