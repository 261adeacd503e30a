import type { World } from "@conclave/sim/world"

/** So long time goes on by itself after a client did something: enough for any answer that waits for nobody. */
const ANSWER_US = 200_000

/**
 * The world's time, and the promises of whoever uses its clients, in turns: when an event has called code of a client,
 * what waited for that runs before the next event happens.
 */
export class VirtualTime {
  readonly world: World
  #untilUs: number
  #isTouched = false
  #going: Promise<void> | undefined

  constructor(world: World) {
    this.world = world
    this.#untilUs = world.nowUs
  }

  /** Code of a client is called. */
  touched(): void {
    this.#isTouched = true
  }

  /** A client did something: time goes on until it can have been answered. */
  asked(): void {
    this.#goOn(this.world.nowUs + ANSWER_US)
  }

  /** Resolves when so much time has passed, and all that came of it has been told. */
  async advance(ms: number): Promise<void> {
    const untilUs = this.world.nowUs + Math.round(ms * 1000)
    this.#goOn(untilUs)
    while (this.world.nowUs < untilUs) await this.#going
    await turn()
  }

  #goOn(untilUs: number): void {
    this.#untilUs = Math.max(this.#untilUs, untilUs)
    this.#going ??= this.#run().finally(() => {
      this.#going = undefined
    })
  }

  async #run(): Promise<void> {
    // Whoever asks has more to say first.
    await turn()
    while (this.world.nowUs < this.#untilUs) {
      this.#isTouched = false
      this.world.run(this.#untilUs, () => {
        if (this.#isTouched) this.world.stop()
      })
      await turn()
    }
  }
}

/** Until all promises that could go on have gone on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
