import type { Observation, Verdict } from "./observation.ts"

/** Who believes what of whom, as far as the observers have told. O(1) a line. */
export class Beliefs {
  readonly #rows = new Map<string, Map<string, Verdict>>()
  #aliveRows = 0
  #lastAtMs = 0

  apply(line: Observation): void {
    if (line.verdict === "accused") return
    const rows = this.#rows.get(line.observer) ?? new Map<string, Verdict>()
    this.#rows.set(line.observer, rows)
    if (rows.get(line.subject) === "alive") this.#aliveRows--
    rows.set(line.subject, line.verdict)
    if (line.verdict === "alive") this.#aliveRows++
    this.#lastAtMs = line.atMs
  }

  /** An observer that was killed or starts a new view believes nothing. */
  forget(observer: string): void {
    for (const verdict of this.#rows.get(observer)?.values() ?? []) {
      if (verdict === "alive") this.#aliveRows--
    }
    this.#rows.delete(observer)
  }

  of(observer: string, subject: string): Verdict | undefined {
    return this.#rows.get(observer)?.get(subject)
  }

  /** How many of the N×N rows say alive. */
  get aliveRows(): number {
    return this.#aliveRows
  }

  /** When the last line came that could change a belief. */
  get lastAtMs(): number {
    return this.#lastAtMs
  }
}
