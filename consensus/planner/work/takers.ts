import { type Crew, type Hand, hasLess, isFirst, type Place, roomOf } from "./crew.ts"
import { Tournament } from "./tournament.ts"
import type { Steps } from "./types.ts"

/**
 * Workers that have room, the one first that is to get more: the one with less, of equal ones the one at the place with
 * less. A place is judged by its first, so that a change at a place need not be told to all that are there.
 */
export class Takers {
  readonly #hands: readonly Tournament<Hand>[]
  readonly #places: Tournament<Place>

  constructor({ places }: Crew) {
    this.#hands = places.map(({ hands }) => new Tournament(hands, hasLess, hasAnyRoom))
    const isBefore = (a: Place, b: Place): boolean => isPlaceBefore([a, this.#firstAt(a)], [b, this.#firstAt(b)])
    this.#places = new Tournament(places, isBefore, (place) => this.#firstAt(place) !== undefined)
  }

  get first(): Hand | undefined {
    const place = this.#places.first
    return place === undefined ? undefined : this.#firstAt(place)
  }

  /** What it has, or its place, has changed. */
  update(hand: Hand): void {
    this.#set(hand, hasAnyRoom(hand))
  }

  /** What `look` finds at the first at whom it finds anything; `isOver`: neither at this one nor at any behind. */
  *find<Found>(
    look: (hand: Hand) => Found | undefined,
    isOver: (hand: Hand) => boolean = () => false,
  ): Steps<Found | undefined> {
    const passed: Hand[] = []
    let found: Found | undefined
    for (let hand = this.first; hand !== undefined && !isOver(hand); hand = this.first) {
      found = look(hand)
      if (found !== undefined) break
      passed.push(hand)
      this.#set(hand, false)
      yield
    }
    for (const hand of passed) {
      this.update(hand)
      yield
    }
    return found
  }

  #set({ place, seat }: Hand, isIn: boolean): void {
    this.#hands[place.at]?.update(seat, isIn)
    this.#places.update(place.at, this.#firstAt(place) !== undefined)
  }

  #firstAt({ at }: Place): Hand | undefined {
    return this.#hands[at]?.first
  }
}

type Judged = readonly [place: Place, first: Hand | undefined]

/** One where nobody has room takes no part. */
function isPlaceBefore([placeA, a]: Judged, [placeB, b]: Judged): boolean {
  if (a === undefined || b === undefined) return b === undefined
  if (a.load !== b.load) return a.load < b.load
  return placeA.load !== placeB.load ? placeA.load < placeB.load : isFirst(a, b)
}

/** Nothing weighs less. */
function hasAnyRoom(hand: Hand): boolean {
  return roomOf(hand) >= 1
}
