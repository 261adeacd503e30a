import type { Addr, NodeId } from "@conclave/base"
import { type Core, selfRecord } from "./core.ts"
import type { StreamReply, StreamRequest } from "./types.ts"

/** The pages of a reply, or why there is none. */
export type Answer =
  | { readonly ok: true; readonly pages: readonly StreamReply[] }
  | { readonly ok: false; readonly failure: string }

/** Requests that wait for their reply, by number. */
export class Streams {
  readonly #core: Core
  readonly #waiting: Map<number, (answer: Answer) => void> = new Map()
  #last = 0

  constructor(core: Core) {
    this.#core = core
  }

  request(to: Addr, body: StreamRequest, limitMs: number, done: (answer: Answer) => void): void {
    const request = ++this.#last
    this.#waiting.set(request, done)
    this.#core.effects.push({ kind: "streamRequest", request, to, body, limitMs })
  }

  /** The fallback probe by stream; undefined when nothing came in time. */
  ask(to: Addr, target: NodeId, limitMs: number, done: (reply: StreamReply | undefined) => void): void {
    const body: StreamRequest = { kind: "ping", from: selfRecord(this.#core).id, target }
    this.request(to, body, limitMs, (answer) => done(answer.ok ? answer.pages[0] : undefined))
  }

  replied(request: number, pages: readonly StreamReply[] | undefined, failure: string): void {
    const done = this.#waiting.get(request)
    if (done === undefined) return
    this.#waiting.delete(request)
    done(pages === undefined || pages.length === 0 ? { ok: false, failure } : { ok: true, pages })
  }
}
