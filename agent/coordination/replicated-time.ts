import { type Wall, wallMsAt } from "@conclave/consensus"
import { timeText } from "../api/member-json.ts"

/**
 * The replicated clock in terms of the wall clock, for people: the same at every agent, since the state itself says it.
 */
export class ReplicatedTime {
  readonly #walls: () => readonly Wall[] | undefined
  #known: readonly Wall[] = []

  /** `walls`: as this host's state has them; undefined = it has none, or not at this moment. */
  constructor(walls: () => readonly Wall[] | undefined) {
    this.#walls = walls
  }

  text(timeMs: number): string {
    this.#known = this.#walls() ?? this.#known
    return timeText(Math.round(wallMsAt(this.#known, timeMs) ?? timeMs))
  }
}
