import { Deadlines } from "@conclave/base"
import type { Core } from "./core.ts"
import type { LogIndex } from "./ids.ts"

/**
 * A follower's reads: the leader is asked for an index, then the own state is waited for. The numbers that travel are
 * this replica's own and begin anywhere, so an answer from before a restart fits no question of today. Without an
 * answer, or under another leader, nothing is read: the caller asks again.
 */
export class ForwardedReads {
  readonly #core: Core
  readonly #calls: Map<number, number> = new Map()
  readonly #due: Deadlines<number> = new Deadlines()
  #asked: number

  constructor(core: Core) {
    this.#core = core
    this.#asked = core.random.below(2 ** 20) * 2 ** 32 + core.random.uint32()
  }

  get nextMs(): number {
    return this.#due.next
  }

  ask(call: number): void {
    const { leader, config, nowMs } = this.#core
    if (leader === undefined || this.#calls.size >= config.readsMax) return this.#answer(call, undefined)
    const asked = ++this.#asked
    this.#calls.set(asked, call)
    this.#due.set(asked, nowMs + config.electionMs)
    this.#core.send(leader, { kind: "readIndex", call: asked }, "now")
  }

  answered(asked: number, index: LogIndex | undefined): void {
    const call = this.#calls.get(asked)
    if (call === undefined) return
    this.#calls.delete(asked)
    this.#due.clear(asked)
    this.#answer(call, index)
  }

  run(): void {
    const { nowMs } = this.#core
    for (let due = this.#due.take(nowMs); due; due = this.#due.take(nowMs)) this.answered(due.key, undefined)
  }

  failAll(): void {
    for (const asked of [...this.#calls.keys()]) this.answered(asked, undefined)
  }

  #answer(call: number, index: LogIndex | undefined): void {
    this.#core.effect({ kind: "readReady", call, index })
  }
}
