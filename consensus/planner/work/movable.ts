import { MOVES_MAX } from "../../machine/work/limits.ts"
import type { MovableItem, Stock } from "./types.ts"

/**
 * Of more different weights than these only the lightest are looked at: where any fits the lightest does, and so many
 * last for a plan. The next one sees those that are the lightest then.
 */
const WEIGHTS_MAX: number = MOVES_MAX

/**
 * Items of one worker that may go elsewhere, by weight; of equal ones the newest first, since it has cost least so far.
 */
export class Movable {
  readonly #stock: Stock
  readonly #taken: Map<number, number> = new Map()
  /** Ascending: those of which some are left. */
  readonly #weights: number[]

  constructor(stock: Stock) {
    this.#stock = stock
    this.#weights = lightestOf(stock.keys(), WEIGHTS_MAX)
  }

  get lightest(): number | undefined {
    return this.#weights[0]
  }

  /**
   * The weight that brings two nearest to each other that differ by so much, and leaves the one with more with no less
   * than the other had; of two that do equally the heavier, as it may save a move. `room`: of the one with less.
   */
  nearest(difference: number, room: number): number | undefined {
    const fit = this.#countTo(Math.min(difference - 1, room))
    const half = Math.min(fit, this.#countTo(difference / 2))
    const [below, above] = [this.#weights[half - 1], half < fit ? this.#weights[half] : undefined]
    if (below === undefined || above === undefined) return below ?? above
    return 2 * above - difference <= difference - 2 * below ? above : below
  }

  /** Takes the newest of this weight away; undefined: it has gone meanwhile, and so have all of its weight. */
  take(weight: number): MovableItem | undefined {
    const items = this.#stock.get(weight)?.items ?? []
    const taken = (this.#taken.get(weight) ?? 0) + 1
    this.#taken.set(weight, taken)
    if (taken >= items.length) this.#weights.splice(this.#countTo(weight) - 1, 1)
    return items.at(-taken)
  }

  /** How many weigh no more. */
  #countTo(most: number): number {
    let low = 0
    let high = this.#weights.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#weights[middle] as number) <= most) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Ascending. What is too heavy is left out now and then: cheaper than to sort all of them. */
function lightestOf(all: Iterable<number>, most: number): number[] {
  let found: number[] = []
  let heaviest = Number.POSITIVE_INFINITY
  for (const weight of all) {
    if (weight >= heaviest) continue
    found.push(weight)
    if (found.length < 4 * most) continue
    found = firstOf(found, most)
    heaviest = found[most - 1] as number
  }
  return firstOf(found, most)
}

function firstOf(weights: number[], most: number): number[] {
  return weights.sort((a, b) => a - b).slice(0, most)
}
