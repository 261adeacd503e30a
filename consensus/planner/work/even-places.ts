import type { Move } from "../../machine/work/commands.ts"
import { type Crew, type Hand, hasLess, hasMore, hasRoom, type Place } from "./crew.ts"
import { type Shift, type Stocks, shift } from "./shift.ts"
import { Tournament } from "./tournament.ts"

/** From the place with most to the one with least, where no worker has more afterwards than one had before. */
export function* evenPlaces({ places }: Crew, stocks: Stocks): Generator<Move | undefined, void, undefined> {
  if (places.length < 2) return
  const most = new Tournament(places, (a, b) => (a.load !== b.load ? a.load > b.load : a.name > b.name))
  const least = new Tournament(places, (a, b) => (a.load !== b.load ? a.load < b.load : a.name < b.name))
  const [fullest, emptiest] = [new Ranking(hasMore), new Ranking(hasLess)]
  for (;;) {
    const found = evener({ most: most.first, least: least.first, fullest, emptiest }, stocks)
    if (found === undefined) return
    const made = shift(stocks, found)
    for (const { place, seat } of [found.from, found.to]) {
      for (const ranking of [fullest, emptiest]) ranking.update(place, seat)
      for (const each of [most, least]) each.update(place.at, true)
    }
    yield made
  }
}

interface Extremes {
  readonly most: Place | undefined
  readonly least: Place | undefined
  readonly fullest: Ranking
  readonly emptiest: Ranking
}

function evener({ most, least, fullest, emptiest }: Extremes, stocks: Stocks): Shift | undefined {
  // Nothing weighs less than 1.
  if (most === undefined || least === undefined || most.load <= least.load + 1) return undefined
  const [from, to] = [fullest.first(most), emptiest.first(least)]
  if (from === undefined || to === undefined || from.load <= to.load) return undefined
  const weight = stocks(from).lightest
  if (weight === undefined || from.load < to.load + weight || most.load <= least.load + weight) return undefined
  return hasRoom(to, weight, false) ? { from, to, weight } : undefined
}

/** The first of each place that was asked for. */
class Ranking {
  readonly #isBefore: (a: Hand, b: Hand) => boolean
  readonly #places: Map<Place, Tournament<Hand>> = new Map()

  constructor(isBefore: (a: Hand, b: Hand) => boolean) {
    this.#isBefore = isBefore
  }

  first(place: Place): Hand | undefined {
    const known = this.#places.get(place) ?? new Tournament(place.hands, this.#isBefore)
    this.#places.set(place, known)
    return known.first
  }

  update(place: Place, seat: number): void {
    this.#places.get(place)?.update(seat, true)
  }
}
