import type { MemberState } from "@conclave/swim"
import type { MemberChanged } from "../api/view.ts"

const STATES: readonly MemberState[] = ["alive", "suspect", "dead", "left"]

/** Kept between two scrapes; of more only the last are told. */
const SUSPICIONS_MAX = 1000

interface Move {
  readonly from: MemberState
  readonly to: MemberState
  readonly count: number
}

/** Counts the changes of members since the start, for whoever asks first. */
export class ChangeCounts {
  readonly #moves: Map<string, number> = new Map()
  #refuted = 0
  #suspicionsMs: number[] = []

  /** Suspicions that ended with the member alive. */
  get refuted(): number {
    return this.#refuted
  }

  /** Every pair of different states, also those that never followed each other. */
  moves(): readonly Move[] {
    const pairs = STATES.flatMap((from) => STATES.filter((to) => to !== from).map((to) => ({ from, to })))
    return pairs.map(({ from, to }) => ({ from, to, count: this.#moves.get(`${from} ${to}`) ?? 0 }))
  }

  /** How long members were suspected that died since the last call. */
  takeSuspicionsMs(): readonly number[] {
    const taken = this.#suspicionsMs
    this.#suspicionsMs = []
    return taken
  }

  changed({ before, after, change, suspectMs }: MemberChanged): void {
    if (before === undefined || after === undefined || before.state === after.state) return
    const move = `${before.state} ${after.state}`
    this.#moves.set(move, (this.#moves.get(move) ?? 0) + 1)
    if (before.state === "suspect" && after.state === "alive") this.#refuted++
    if (change !== "dead") return
    this.#suspicionsMs.push(suspectMs)
    if (this.#suspicionsMs.length > SUSPICIONS_MAX) this.#suspicionsMs.shift()
  }
}
