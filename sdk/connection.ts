import { readFileSync } from "node:fs"
import type { Socket } from "node:net"
import { FrameReader, frame } from "@conclave/base"
import { type DialOptions, dial } from "./dial.ts"
import { ConclaveError, errorFromAgent, lostError } from "./errors.ts"
import { onAbort } from "./on-abort.ts"
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

interface Pending {
  readonly op: string
  readonly settle: (answer: { readonly out: unknown } | { readonly error: ConclaveError }) => void
}

interface OpenStream extends StreamHandler {
  taken: number
}

/** What an agent said of itself. */
export interface AgentHello {
  readonly name: string
  readonly id: string
  readonly version: string
}

/** One framed connection to an agent. When it breaks it is over: the client opens another. */
export class Connection {
  readonly #socket: Socket
  readonly #reader: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  readonly #pending: Map<number, Pending> = new Map()
  readonly #streams: Map<number, OpenStream> = new Map()
  readonly #onClose: () => void
  #agent: AgentHello = { name: "", id: "", version: "" }
  #nextId = 1
  #isOpen = true

  private constructor(socket: Socket, onClose: () => void) {
    this.#socket = socket
    this.#onClose = onClose
  }

  /** Resolves when the agent has answered the handshake. Rejects with AGENT_UNAVAILABLE, PERMISSION_DENIED, …. */
  static async open(
    path: string,
    options: DialOptions & { readonly app: string; readonly onClose: () => void },
  ): Promise<Connection> {
    const { socket, rest } = await dial(path, options)
    const connection = new Connection(socket, options.onClose)
    const hello = connection.call("hello", { protocol: PROTOCOL, app: options.app, process: ownProcess() })
    connection.#listen(rest)
    const forget = onAbort(options.signal, () => connection.close())
    try {
      const answer = (await hello) as { readonly agent?: AgentHello }
      if (answer.agent !== undefined) connection.#agent = answer.agent
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

  call(op: string, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      const settle: Pending["settle"] = (answer) => ("out" in answer ? resolve(answer.out) : reject(answer.error))
      if (!this.#isOpen) return settle({ error: lostError(op, false) })
      const body = bodyOf({ id, op, in: input })
      if (body instanceof ConclaveError) return settle({ error: body })
      this.#pending.set(id, { op, settle })
      this.#socket.write(frame(body))
    })
  }

  /** Begins a stream; the result ends it. */
  stream(op: string, input: unknown, handler: StreamHandler): () => void {
    const id = this.#nextId++
    if (!this.#isOpen) {
      queueMicrotask(() => handler.end(lostError(op, false)))
      return () => {}
    }
    this.#streams.set(id, { ...handler, taken: 0 })
    this.#send({ id, op, in: input })
    return () => {
      if (this.#streams.delete(id) && this.#isOpen) this.#send({ id, end: true })
    }
  }

  close(): void {
    this.#socket.destroy()
    this.#closed()
  }

  #listen(rest: Uint8Array): void {
    const socket = this.#socket
    socket.on("data", (chunk: Buffer) => this.#received(chunk))
    socket.on("error", () => socket.destroy())
    socket.on("end", () => socket.end())
    socket.on("close", () => this.#closed())
    if (rest.length > 0) this.#received(rest)
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
      if ("error" in message) this.close()
      return
    }
    const stream = this.#streams.get(id)
    if ("ev" in message) return stream === undefined ? undefined : this.#event(id, stream, message["ev"])
    const error = "error" in message ? errorFromAgent(message["error"]) : undefined
    if (stream !== undefined) {
      this.#streams.delete(id)
      return stream.end(error)
    }
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    pending?.settle(error === undefined ? { out: message["out"] } : { error })
  }

  #event(id: number, stream: OpenStream, event: unknown): void {
    stream.taken++
    if (stream.taken >= CREDIT / 2) {
      this.#send({ id, credit: stream.taken })
      stream.taken = 0
    }
    try {
      stream.event(event)
    } catch {
      // It cannot be read: what speaks there is no agent, or is broken.
      this.close()
    }
  }

  #send(message: object): void {
    this.#socket.write(frame(Buffer.from(toJsonText(message))))
  }

  #closed(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const { op, settle } of this.#pending.values()) settle({ error: lostError(op, true) })
    this.#pending.clear()
    for (const stream of this.#streams.values()) stream.end(lostError("stream", true))
    this.#streams.clear()
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

/** How the agent can prove later that this process is gone; null where there is no /proc. */
function ownProcess(): { readonly pid: number; readonly startTime: number } | null {
  try {
    const stat = readFileSync("/proc/self/stat", "latin1")
    // The command may contain anything; the fields are counted after its closing bracket (proc(5)).
    const startTime = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19])
    return Number.isSafeInteger(startTime) ? { pid: process.pid, startTime } : null
  } catch {
    return null
  }
}
