import { FrameOutbox, FrameReader } from "@conclave/base"
import { ConclaveError, errorFromAgent, lostError } from "./errors.ts"
import { onAbort } from "./on-abort.ts"
import type { OpenWire, SdkPorts, Wire } from "./ports.ts"
import { readAnswer } from "./read-answer.ts"
import { toJsonText } from "./u64.ts"

/** Bytes of one frame's body, both ways. */
export const FRAME_BYTES_MAX: number = 256 * 1024
const PROTOCOL = 1
/** Events that a stream may have on the way; granted anew when half of them have been taken. */
const CREDIT = 64

export interface StreamHandler {
  readonly event: (event: unknown) => void
  /** Called once: the stream is over, with an error or as asked. */
  readonly end: (error: ConclaveError | undefined) => void
}

/** The last word on a call. `isDecided`: the frame names the request's `seq`, so the log has decided it. */
export type Answer = { readonly out: unknown } | { readonly error: ConclaveError; readonly isDecided: boolean }

export interface CallHandler {
  readonly event: (event: unknown) => void
  /** Called once. */
  readonly answer: (answer: Answer) => void
}

interface OpenCall extends CallHandler {
  readonly op: string
  taken: number
}

/** What concerns the connection as a whole; told before its calls hear of it. */
export interface ConnectionListener {
  readonly goaway: () => void
  readonly closed: () => void
}

/** How often an agent wants to hear of a session, and how long one lives without a word. */
export interface Rhythm {
  readonly heartbeatMs: number
  readonly ttlMs: number
}

const RHYTHM: Rhythm = { heartbeatMs: 1000, ttlMs: 10_000 }

/** What an agent said of itself. */
export interface AgentHello {
  readonly name: string
  readonly id: string
  readonly version: string
}

export interface OpenOptions {
  readonly ports: SdkPorts
  readonly app: string
  readonly signal: AbortSignal
  /** Called with the wire as soon as there is one: it may not keep the process alive. */
  readonly onWire?: (wire: Wire) => void
  readonly onClose: () => void
}

/** One framed connection to an agent. When it breaks it is over: the client opens another. */
export class Connection {
  readonly #wire: Wire
  readonly #reader: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  readonly #outbox: FrameOutbox
  readonly #calls: Map<number, OpenCall> = new Map()
  readonly #onClose: () => void
  #listener: ConnectionListener | undefined
  #agent: AgentHello = { name: "", id: "", version: "" }
  #rhythm: Rhythm = RHYTHM
  #nextId = 1
  #isOpen = true

  private constructor(wire: Wire, { soon }: SdkPorts, onClose: () => void) {
    this.#wire = wire
    this.#outbox = new FrameOutbox({ write: wire.write, soon })
    this.#onClose = onClose
  }

  /** Resolves when the agent has answered the handshake. Rejects with AGENT_UNAVAILABLE, PERMISSION_DENIED, …. */
  static async open(path: string, options: OpenOptions): Promise<Connection> {
    const { ports } = options
    const wire = await ports.dial(path, options)
    const connection = new Connection(wire, ports, options.onClose)
    const hello = connection.call("hello", { protocol: PROTOCOL, app: options.app, process: ports.ownProcess() })
    connection.#attend(wire)
    const forget = onAbort(options.signal, () => connection.close())
    try {
      const answer = readAnswer("hello", await hello) as { readonly agent?: AgentHello } & Partial<Rhythm>
      if (answer.agent !== undefined) connection.#agent = answer.agent
      connection.#rhythm = {
        heartbeatMs: positive(answer.heartbeatMs) ?? RHYTHM.heartbeatMs,
        ttlMs: positive(answer.ttlMs) ?? RHYTHM.ttlMs,
      }
      return connection
    } catch (error) {
      connection.close()
      throw error
    } finally {
      forget()
    }
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get agent(): AgentHello {
    return this.#agent
  }

  get rhythm(): Rhythm {
    return this.#rhythm
  }

  /** One listener: the session that this connection carries. */
  attend(listener: ConnectionListener): void {
    this.#listener = listener
  }

  /** `timeoutMs`: how long the agent may take to reach a quorum, from 1 to 600,000; default 5000. */
  call(op: string, input: unknown, timeoutMs?: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const answer: CallHandler["answer"] = (each) => ("out" in each ? resolve(each.out) : reject(each.error))
      if (!this.#isOpen) return answer({ error: lostError(op, false), isDecided: false })
      this.begin({ op, in: input, timeoutMs }, { event: () => {}, answer })
    })
  }

  /** Begins a stream; the result ends it, and nothing is heard of it after that. */
  stream(op: string, input: unknown, handler: StreamHandler): () => void {
    if (!this.#isOpen) {
      queueMicrotask(() => handler.end(lostError(op, false)))
      return () => {}
    }
    const answer: CallHandler["answer"] = (each) => handler.end("error" in each ? each.error : undefined)
    const id = this.#nextId
    const end = this.begin({ op, in: input }, { event: handler.event, answer })
    return () => {
      end()
      this.#calls.delete(id)
    }
  }

  /** Begins a call of either kind; the result asks to finish it, and its answer is still heard. */
  begin(
    frame: {
      readonly op: string
      readonly in: unknown
      readonly seq?: number | undefined
      readonly floor?: number | undefined
      readonly timeoutMs?: number | undefined
    },
    handler: CallHandler,
  ): () => void {
    const id = this.#nextId++
    const body = bodyOf({ id, ...frame })
    if (body instanceof ConclaveError) {
      handler.answer({ error: body, isDecided: false })
      return () => {}
    }
    this.#calls.set(id, { op: frame.op, taken: 0, ...handler })
    this.#write(body)
    return () => {
      if (this.#calls.has(id)) this.#send({ id, end: true })
    }
  }

  close(): void {
    this.#outbox.flush()
    this.#wire.destroy()
    this.#closed()
  }

  #attend(wire: OpenWire): void {
    wire.attend({ data: (chunk) => this.#received(chunk), closed: () => this.#closed() })
  }

  #received(chunk: Uint8Array): void {
    const bodies = this.#reader.push(chunk)
    if (bodies === "oversize") return this.close()
    for (const body of bodies) if (this.#isOpen) this.#frame(body)
  }

  #frame(body: Uint8Array): void {
    const message = readMessage(body)
    if (message === undefined) return this.close()
    const { id } = message
    if (typeof id !== "number") {
      // The agent goes away: what it still answers is waited for; the end of the stream says the rest.
      if ("goaway" in message) this.#listener?.goaway()
      if ("error" in message) this.close()
      return
    }
    const call = this.#calls.get(id)
    if (call === undefined) return
    if ("ev" in message) return this.#event(id, call, message["ev"])
    this.#calls.delete(id)
    if ("error" in message)
      call.answer({ error: errorFromAgent(message["error"]), isDecided: typeof message["seq"] === "number" })
    else call.answer({ out: message["out"] })
  }

  #event(id: number, call: OpenCall, event: unknown): void {
    call.taken++
    if (call.taken >= CREDIT / 2) {
      this.#send({ id, credit: call.taken })
      call.taken = 0
    }
    try {
      call.event(event)
    } catch {
      // It cannot be read: what speaks there is no agent, or is broken.
      this.close()
    }
  }

  #send(message: object): void {
    this.#write(Buffer.from(toJsonText(message)))
  }

  #write(body: Uint8Array): void {
    if (this.#isOpen) this.#outbox.add(body)
  }

  #closed(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#listener?.closed()
    const calls = [...this.#calls.values()]
    this.#calls.clear()
    for (const { op, answer } of calls) answer({ error: lostError(op, true), isDecided: false })
    this.#onClose()
  }
}

/** What is too large or no JSON is refused here: the agent would cut the connection and every other call with it. */
function bodyOf(message: object): Buffer | ConclaveError {
  const details = { field: "in" }
  try {
    const body = Buffer.from(toJsonText(message))
    if (body.length <= FRAME_BYTES_MAX) return body
    return new ConclaveError("INVALID_ARGUMENT", `the input is over ${FRAME_BYTES_MAX} bytes`, { details })
  } catch (cause) {
    return new ConclaveError("INVALID_ARGUMENT", "the input cannot be written as JSON", { details, cause })
  }
}

function readMessage(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString("utf8")
    const message: unknown = JSON.parse(text)
    return typeof message === "object" && message !== null ? (message as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined
}
