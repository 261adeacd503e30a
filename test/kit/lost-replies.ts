import { FrameReader } from "@conclave/base"

const FRAME_BYTES_MAX = 256 * 1024
/** What a client asks about its connection and its session as a whole: losing that tests nothing of an application. */
const KEPT: ReadonlySet<string> = new Set(["hello", "heartbeat", "session.attach", "session.close"])

/** Reads both directions of one connection, and says which answers get lost with it. */
export class LostReplies {
  readonly #toAgent: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  readonly #toClient: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  readonly #ops: Map<number, string> = new Map()
  /** How many are still to be lost, for all connections of the client. */
  readonly #left: { count: number }

  constructor(left: { count: number }) {
    this.#left = left
  }

  sent(bytes: Uint8Array): void {
    for (const { id, op } of messages(this.#toAgent, bytes)) if (op !== undefined) this.#ops.set(Number(id), String(op))
  }

  /** True: one of these is lost, and nothing of the rest arrives. */
  loses(bytes: Uint8Array): boolean {
    for (const message of messages(this.#toClient, bytes)) {
      const op = this.#ops.get(Number(message["id"])) ?? "hello"
      if (this.#left.count === 0 || KEPT.has(op) || !isAnswer(message)) continue
      this.#left.count--
      return true
    }
    return false
  }
}

/** The last word on a call, or the grant that a hold waits for. */
function isAnswer(message: Readonly<Record<string, unknown>>): boolean {
  const event = message["ev"] as { readonly type?: unknown } | undefined
  return "out" in message || "error" in message || event?.type === "granted"
}

function messages(reader: FrameReader, bytes: Uint8Array): readonly Readonly<Record<string, unknown>>[] {
  const bodies = reader.push(bytes)
  if (bodies === "oversize") return []
  return bodies.map((body) => JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>)
}
