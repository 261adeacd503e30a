import type { Effect } from "./types.ts"

type Sent = Extract<Effect, { kind: "send" }>

/** A frame that was sent and has no last answer yet. */
export interface Call<Meaning> {
  readonly meaning: Meaning
  readonly sentMs: number
}

/** The calls of the present connection. Numbers are never used twice, so an answer of an old one finds nothing. */
export class Calls<Meaning> {
  readonly #open: Map<number, Call<Meaning>> = new Map()
  #last = 0

  send(
    core: { readonly nowMs: number; readonly effects: Effect[] },
    meaning: Meaning,
    frame: Pick<Sent, "op" | "in"> & Partial<Pick<Sent, "seq" | "floor" | "timeoutMs">>,
  ): number {
    const call = ++this.#last
    this.#open.set(call, { meaning, sentMs: core.nowMs })
    const { op, in: input, seq, floor, timeoutMs } = frame
    core.effects.push({ kind: "send", call, op, in: input, seq, floor, timeoutMs })
    return call
  }

  get(call: number): Call<Meaning> | undefined {
    return this.#open.get(call)
  }

  /** Its last answer has come. */
  take(call: number): Call<Meaning> | undefined {
    const found = this.#open.get(call)
    this.#open.delete(call)
    return found
  }

  count(isMeant: (meaning: Meaning) => boolean): number {
    let found = 0
    for (const { meaning } of this.#open.values()) if (isMeant(meaning)) found++
    return found
  }

  /** The connection or the session is gone: no answer counts any more. */
  clear(): void {
    this.#open.clear()
  }
}
