import type { Connection } from "./connection.ts"
import type { Effect, Input } from "./session-core/types.ts"

/** What passes between a session and its agent, as the agent has it; for whoever writes histories. */
export interface SessionTrace {
  /** Before the first byte of a frame is written; one that is sent again has the `seq` that it had. */
  readonly sent: (frame: TracedFrame) => void
  /** Before anything is made of it. */
  readonly told: (frame: TracedFrame, body: { readonly event: unknown } | { readonly out: unknown }) => void
}

export interface TracedFrame {
  readonly session: string | null
  readonly op: string
  readonly in: Readonly<Record<string, unknown>>
  readonly seq: number | undefined
}

export interface SessionConnectionOptions {
  /** What the agent says, and that it is there or gone, as the session core takes it. */
  readonly feed: (input: Input) => void
  readonly sessionId: () => string | null
  readonly trace: SessionTrace | undefined
}

/** The connection of the day: a session's frames go out on it, and what is answered comes back as the core's inputs. */
export class SessionConnection {
  readonly #options: SessionConnectionOptions
  #connection: Pick<Connection, "begin"> | undefined
  /** How to finish the streams of the present connection. */
  #ends: Map<number, () => void> = new Map()

  constructor(options: SessionConnectionOptions) {
    this.#options = options
  }

  /** From now on this one is it. */
  use(connection: Pick<Connection, "attend" | "begin" | "rhythm">): void {
    const { feed } = this.#options
    this.#connection = connection
    this.#ends = new Map()
    connection.attend({
      goaway: () => feed({ kind: "goaway" }),
      closed: () => {
        if (this.#connection !== connection) return
        this.#connection = undefined
        feed({ kind: "disconnected" })
      },
    })
    feed({ kind: "connected", ...connection.rhythm })
  }

  /** Without a connection it is not sent: the core sends it again when there is one. */
  send({ call, op, in: input, seq, floor, timeoutMs }: Extract<Effect, { readonly kind: "send" }>): void {
    const { feed, sessionId, trace } = this.#options
    const frame = { session: trace === undefined ? null : sessionId(), op, in: input, seq }
    if (this.#connection !== undefined) trace?.sent(frame)
    const end = this.#connection?.begin(
      { op, in: input, seq, floor, timeoutMs },
      {
        event: (event) => {
          trace?.told(frame, { event })
          feed({ kind: "event", call, event })
        },
        answer: (answer) => {
          this.#ends.delete(call)
          if ("out" in answer) {
            trace?.told(frame, answer)
            return feed({ kind: "out", call, out: answer.out })
          }
          const { code, message, outcome, retryable, hint, details } = answer.error
          const failure = { code, message, outcome, retryable, hint, details }
          feed({ kind: "error", call, failure, isDecided: answer.isDecided })
        },
      },
    )
    if (end !== undefined && (op === "hold" || op === "barrier")) this.#ends.set(call, end)
  }

  /** Finishes the stream of a call; its last answer still comes. */
  end(call: number): void {
    this.#ends.get(call)?.()
  }
}
