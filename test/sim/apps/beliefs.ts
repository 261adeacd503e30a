/** Since when it is told, and what is left of it by the clocks of its machine. */
interface Belief {
  readonly remainingMs: (nowMs: number) => number
  readonly tell: (untilUs: number) => void
  toldUs: number
}

/** Tells of each grant, and of each item of a worker, up to when its client believes in it, where that has changed. */
export class Beliefs {
  readonly #trueUs: (ms: number) => number
  readonly #all: Map<string, Belief> = new Map()

  /** `trueUs`: the true moment at which so much more has passed on the client's machine. */
  constructor(trueUs: (ms: number) => number) {
    this.#trueUs = trueUs
  }

  begin(key: string, belief: Omit<Belief, "toldUs">): void {
    this.#all.set(key, { ...belief, toldUs: 0 })
  }

  /** Nothing more is told of it, nor of what it was worker of. */
  end(key: string): void {
    this.#all.delete(key)
    for (const other of [...this.#all.keys()]) if (other.startsWith(`${key} `)) this.#all.delete(other)
  }

  say(nowMs: number): void {
    for (const belief of [...this.#all.values()]) {
      const untilUs = this.#trueUs(belief.remainingMs(nowMs))
      if (Math.abs(untilUs - belief.toldUs) < 2) continue
      belief.toldUs = untilUs
      belief.tell(untilUs)
    }
  }
}
