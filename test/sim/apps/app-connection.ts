import { FrameReader, frame } from "@conclave/base"
import type { SocketEnd } from "./local-socket.ts"

const FRAME_BYTES_MAX = 256 * 1024
/** As of the product's client: events that a stream may have on the way. */
const CREDIT = 64
const ENCODER = new TextEncoder()
const DECODER = new TextDecoder()

export interface CallEvents {
  readonly event: (event: unknown) => void
  /** Its reader says by itself when it takes more. */
  readonly isSlow?: boolean
  readonly answer: (message: Readonly<Record<string, unknown>>) => void
}

/** What stands beside a call that has a number of its own in the session. */
export interface Numbers {
  readonly seq: number | undefined
  readonly floor: number | undefined
}

export interface ConnectionEvents {
  readonly open: (rhythm: { readonly heartbeatMs: number; readonly ttlMs: number }) => void
  readonly goaway: () => void
  readonly closed: () => void
}

interface OpenCall extends CallEvents {
  readonly op: string
  taken: number
}

/** An application's end of a framed connection: what `sdk/connection.ts` is over a real socket. */
export class AppConnection {
  readonly #end: SocketEnd
  readonly #on: ConnectionEvents
  readonly #reader: FrameReader = new FrameReader(FRAME_BYTES_MAX)
  readonly #calls: Map<number, OpenCall> = new Map()
  /** The highest revision that was told over it, or that who speaks over it had been told before. */
  seenRev = 0
  #last = 0

  constructor(end: SocketEnd, hello: object, on: ConnectionEvents) {
    this.#end = end
    this.#on = on
    end.on = { data: (bytes) => this.#received(bytes), closed: () => this.#closed() }
    this.begin("hello", hello, undefined, {
      event: () => {},
      answer: ({ out }) => {
        if (out === undefined) this.close()
        else on.open(out as { heartbeatMs: number; ttlMs: number })
      },
    })
  }

  get isOpen(): boolean {
    return this.#end.isOpen
  }

  begin(op: string, input: object, own: Numbers | undefined, on: CallEvents): number {
    const id = ++this.#last
    this.#calls.set(id, { ...on, op, taken: 0 })
    this.#send({ id, op, in: input, ...own })
    return id
  }

  finish(id: number): void {
    if (this.#calls.has(id)) this.#send({ id, end: true })
  }

  /** Takes as many events more of a stream whose reader is slow. */
  credit(id: number, credit: number): void {
    if (this.#calls.has(id)) this.#send({ id, credit })
  }

  close(): void {
    this.#end.close()
  }

  #received(bytes: Uint8Array): void {
    const bodies = this.#reader.push(bytes)
    if (bodies === "oversize") return this.close()
    for (const body of bodies) if (this.#end.isOpen) this.#message(JSON.parse(DECODER.decode(body)))
  }

  #message(message: Readonly<Record<string, unknown>>): void {
    const { id } = message
    if (typeof id !== "number") {
      if ("goaway" in message) this.#on.goaway()
      if ("error" in message) this.close()
      return
    }
    const call = this.#calls.get(id)
    if (call === undefined) return
    if (!("ev" in message)) {
      this.#calls.delete(id)
      this.#see(message["out"])
      return call.answer(message)
    }
    if (call.op !== "watch") this.#see(message["ev"])
    if (call.isSlow !== true && ++call.taken >= CREDIT / 2) {
      this.#send({ id, credit: call.taken })
      call.taken = 0
    }
    call.event(message["ev"])
  }

  #see(told: unknown): void {
    const { rev } = (told ?? {}) as { readonly rev?: string }
    if (rev !== undefined) this.seenRev = Math.max(this.seenRev, Number(rev))
  }

  #send(message: object): void {
    this.#end.write(frame(ENCODER.encode(JSON.stringify(message))))
  }

  #closed(): void {
    this.#calls.clear()
    this.#on.closed()
  }
}
