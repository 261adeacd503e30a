import type { RaftConfig } from "./config.ts"
import { TERM_ZERO, type Term } from "./ids.ts"

/**
 * A hint may end a reign early, never again and again: a term that was won because a leader was thought to be gone
 * cannot be ended by the same kind of thought for a while, doubled each time. Without hints the timeouts of Raft
 * decide.
 */
export class HintGuard {
  readonly #config: Pick<RaftConfig, "hintGuardMs" | "hintGuardMaxMs">
  #guardMs: number
  #term: Term = TERM_ZERO
  #untilMs = 0

  constructor(config: Pick<RaftConfig, "hintGuardMs" | "hintGuardMaxMs">) {
    this.#config = config
    this.#guardMs = config.hintGuardMs
  }

  /** A vote of ours went to a candidate of `term`. */
  voted(term: Term, byHint: boolean, nowMs: number): void {
    if (!byHint) {
      this.#guardMs = this.#config.hintGuardMs
      return
    }
    if (term === this.#term) return
    this.#term = term
    this.#untilMs = nowMs + this.#guardMs
    this.#guardMs = Math.min(this.#config.hintGuardMaxMs, 2 * this.#guardMs)
  }

  allows(term: Term, nowMs: number): boolean {
    return term !== this.#term || nowMs >= this.#untilMs
  }
}
