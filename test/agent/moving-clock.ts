import type { Millis } from "@conclave/base"

/** Time that moves whenever somebody looks, and a loop whose turns the test takes: slices without a real clock. */
export class MovingClock {
  /** How far each look moves it. */
  stepMs = 0
  #now = 1000
  #turns: (() => void)[] = []

  readonly now = (): Millis => {
    this.#now += this.stepMs
    return this.#now as Millis
  }

  readonly afterTurn = (done: () => void): void => void this.#turns.push(done)

  /** What was put off; false = nothing was. */
  turn(): boolean {
    const turns = this.#turns
    this.#turns = []
    for (const done of turns) done()
    return turns.length > 0
  }
}
