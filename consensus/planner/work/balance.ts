import type { Move } from "../../machine/work/commands.ts"
import { type Crew, type Hand, hasMore, roomOf } from "./crew.ts"
import { evenPlaces } from "./even-places.ts"
import { Movable } from "./movable.ts"
import { type Shift, type Stocks, shift } from "./shift.ts"
import { Takers } from "./takers.ts"
import { Tournament } from "./tournament.ts"
import type { Steps, WorkInput } from "./types.ts"

/** Within so much of the average nobody is relieved: 10 %. */
const BAND_PERCENT = 10

/**
 * Moves items from workers that have too much to such that have too little. Each move makes the greater of two loads
 * smaller, or leaves loads as they are and the places more even, so that it comes to an end; within the band there is
 * none for the sake of loads.
 */
export function* balance(
  crew: Crew,
  { stockOf, spread }: Pick<WorkInput, "stockOf" | "spread">,
  movesMax: number,
): Steps<readonly Move[]> {
  const known = new Map<Hand, Movable>()
  const stocks = (hand: Hand): Movable => {
    const movable = known.get(hand) ?? new Movable(stockOf(hand.worker))
    known.set(hand, movable)
    return movable
  }
  const moves: Move[] = []
  for (const shifts of [evenLoads(crew, stocks), ...(spread === "none" ? [] : [evenPlaces(crew, stocks)])]) {
    while (moves.length < movesMax) {
      const { value, done } = shifts.next()
      if (done === true) break
      if (value !== undefined) moves.push(value)
      yield
    }
  }
  return moves
}

/** The fullest are relieved by the emptiest, as long as anybody is out of the band. */
function* evenLoads(crew: Crew, stocks: Stocks): Generator<Move | undefined, void, undefined> {
  const { low, high } = bandOf(crew.hands)
  let below = crew.hands.filter(({ load }) => load < low).length
  if (below === 0 && crew.hands.every(({ load }) => load <= high)) return
  const takers = new Takers(crew)
  const fullest = new Tournament(crew.hands, hasMore)
  const stuck = new Set<Hand>()
  // The lightest of what those have that found nobody. Who is looked at after them has no more than they had, and none
  // has become able since to bear so much: what has moved is lighter, and leaves nobody emptier than the next by more.
  let unwanted = Number.POSITIVE_INFINITY
  for (;;) {
    const from = fullest.first
    if (from === undefined || (from.load <= high && below === 0)) return
    const movable = stocks(from)
    const lightest = movable.lightest ?? Number.POSITIVE_INFINITY
    const found = yield* takers.find(
      (to) => toShift(from, to, movable.nearest(from.load - to.load, roomOf(to))),
      (to) => lightest >= unwanted || from.load - to.load <= lightest || (from.load <= high && to.load >= low),
    )
    const made = found === undefined ? undefined : shift(stocks, found)
    if (found === undefined) {
      stuck.add(from)
      unwanted = Math.min(unwanted, lightest)
    }
    if (found !== undefined && made !== undefined) {
      const { to, weight } = found
      below += Number(from.load < low) - Number(from.load + weight < low)
      below += Number(to.load < low) - Number(to.load - weight < low)
      for (const each of [from, to]) {
        takers.update(each)
        fullest.update(each.at, !stuck.has(each))
      }
    } else fullest.update(from.at, !stuck.has(from))
    yield made
  }
}

function toShift(from: Hand, to: Hand, weight: number | undefined): Shift | undefined {
  return weight === undefined ? undefined : { from, to, weight }
}

interface Band {
  readonly low: number
  readonly high: number
}

/** What whole numbers can reach: with ten items on three workers one has four. */
function bandOf(hands: readonly Hand[]): Band {
  const total = hands.reduce((sum, { load }) => sum + load, 0)
  const count = Math.max(1, hands.length)
  const high = Math.floor((total * (100 + BAND_PERCENT)) / (100 * count))
  const low = Math.ceil((total * (100 - BAND_PERCENT)) / (100 * count))
  return { high: Math.max(high, Math.ceil(total / count)), low: Math.min(low, Math.floor(total / count)) }
}
