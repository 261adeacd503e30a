import { assert } from "./assert.ts"

/**
 * A seeded generator (xoshiro128**, Blackman and Vigna 2018) seeded by splitmix32.
 * Cores take one as an argument, so that one seed gives one run.
 */
export class Random {
  readonly #state: Uint32Array = new Uint32Array(4)

  constructor(seed: number) {
    let mixed = seed >>> 0
    for (let index = 0; index < 4; index++) {
      mixed = (mixed + 0x9e3779b9) >>> 0
      let word = mixed
      word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
      this.#state[index] = (word ^ (word >>> 15)) >>> 0
    }
  }

  /** A generator of its own for one purpose, so that draws of one part do not shift those of another. */
  child(label: number): Random {
    return new Random((this.uint32() ^ Math.imul(label + 1, 0x9e3779b1)) >>> 0)
  }

  /** An integer in [0, 2³²). */
  uint32(): number {
    const s = this.#state
    const s0 = s[0] as number
    const s1 = s[1] as number
    const s2 = s[2] as number
    const s3 = s[3] as number
    const scaled = Math.imul(s1, 5)
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0
    const t = s1 << 9
    const n2 = s2 ^ s0
    const n3 = s3 ^ s1
    s[1] = s1 ^ n2
    s[0] = s0 ^ n3
    s[2] = n2 ^ t
    s[3] = (n3 << 11) | (n3 >>> 21)
    return result
  }

  /** An integer in [0, limit); 1 ≤ limit ≤ 2³². */
  below(limit: number): number {
    assert(limit >= 1, "a draw has at least one outcome")
    return Math.floor((this.uint32() / 4294967296) * limit)
  }

  /** True in `numerator` of `denominator` draws. */
  chance(numerator: number, denominator: number): boolean {
    return this.below(denominator) < numerator
  }

  /** A number in [0, 1) with 32 bits. */
  fraction(): number {
    return this.uint32() / 4294967296
  }

  pick<T>(items: readonly T[]): T {
    assert(items.length > 0, "a pick has something to pick from")
    return items[this.below(items.length)] as T
  }

  /** Fisher and Yates, in place. */
  shuffle<T>(items: T[]): void {
    for (let index = items.length - 1; index > 0; index--) {
      const other = this.below(index + 1)
      const held = items[index] as T
      items[index] = items[other] as T
      items[other] = held
    }
  }
}
