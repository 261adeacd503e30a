import type { Move } from "../../machine/work/commands.ts"
import { type Crew, type Hand, hasRoom, isBefore, isFirst } from "./crew.ts"
import { Movable } from "./movable.ts"
import type { AssignedItem, WorkInput } from "./types.ts"

/** Within so much of the average nobody is relieved: 10 %. */
const BAND_PERCENT = 10
/** Where so many of the fullest cannot be relieved nobody further is looked at: the next plan comes soon enough. */
const STUCK_MAX = 32

/**
 * Moves items from workers that have too much to such that have too little. Each move makes the greater of two loads
 * smaller, or leaves loads as they are and the places more even, so that it comes to an end; within the band there is
 * none for the sake of loads.
 */
export function balance(crew: Crew, { itemsOf, spread }: WorkInput, movesMax: number): readonly Move[] {
  const movable = new Map<Hand, Movable>()
  const of = (hand: Hand): Movable => {
    const known = movable.get(hand) ?? new Movable(itemsOf(hand.worker), movesMax)
    movable.set(hand, known)
    return known
  }
  const moves: Move[] = []
  const band = bandOf(crew.hands)
  const stuck = new Set<Hand>()
  while (moves.length < movesMax && stuck.size < STUCK_MAX) {
    const from = fullest(crew.hands, stuck)
    if (from === undefined || isWithin(crew.hands, band, from)) break
    const found = relief(crew, band, from, of(from))
    if (found === undefined) stuck.add(from)
    else moves.push(moved(crew, { from, ...found }, of(from).take(found.weight) as AssignedItem))
  }
  if (spread === "none") return moves
  while (moves.length < movesMax) {
    const found = evener(crew, of)
    if (found === undefined) break
    moves.push(moved(crew, found, of(found.from).take(found.weight) as AssignedItem))
  }
  return moves
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

function isWithin(hands: readonly Hand[], { low, high }: Band, from: Hand): boolean {
  return from.load <= high && hands.every(({ load }) => load >= low)
}

function fullest(hands: readonly Hand[], besides: ReadonlySet<Hand>): Hand | undefined {
  let found: Hand | undefined
  for (const hand of hands) {
    if (besides.has(hand)) continue
    if (found === undefined || hand.load > found.load || (hand.load === found.load && isFirst(hand, found)))
      found = hand
  }
  return found
}

/** Who relieves it of what: the one with the least that has room for something of it. */
function relief(
  crew: Crew,
  { low, high }: Band,
  from: Hand,
  movable: Movable,
): { readonly to: Hand; readonly weight: number } | undefined {
  let best: { readonly to: Hand; readonly weight: number } | undefined
  for (const to of crew.hands) {
    if (from.load <= high && to.load >= low) continue
    if (best !== undefined && !isBefore(crew, to, best.to)) continue
    const weight = weightFor(from, to, movable)
    if (weight !== undefined) best = { to, weight }
  }
  return best
}

/** What brings the two nearest to each other; of two that do equally the heavier, as it may save a move. */
function weightFor(from: Hand, to: Hand, movable: Movable): number | undefined {
  const difference = from.load - to.load
  let best: number | undefined
  for (const weight of movable.weights) {
    if (weight >= difference || !hasRoom(to, weight, false)) continue
    const [is, was] = [Math.abs(2 * weight - difference), Math.abs(2 * (best ?? 0) - difference)]
    if (best === undefined || is < was || (is === was && weight > best)) best = weight
  }
  return best
}

/** From the place with most to the one with least, where no worker has more afterwards than one had before. */
function evener(
  crew: Crew,
  of: (hand: Hand) => Movable,
): { readonly from: Hand; readonly to: Hand; readonly weight: number } | undefined {
  const places = [...new Set(crew.hands.map(({ worker }) => worker.place))]
  const by = (a: string, b: string): number => crew.placeLoad(a) - crew.placeLoad(b) || (a < b ? -1 : 1)
  const [least, most] = [places.sort(by)[0], places.at(-1)]
  if (least === undefined || most === undefined || least === most) return undefined
  const from = fullest(at(crew, most), new Set())
  const to = emptiest(crew, at(crew, least))
  if (from === undefined || to === undefined) return undefined
  const fits = [...of(from).weights].filter(
    (weight) =>
      from.load >= to.load + weight &&
      crew.placeLoad(most) > crew.placeLoad(least) + weight &&
      hasRoom(to, weight, false),
  )
  return fits.length === 0 ? undefined : { from, to, weight: Math.min(...fits) }
}

function at({ hands }: Crew, place: string): readonly Hand[] {
  return hands.filter(({ worker }) => worker.place === place)
}

function emptiest(crew: Crew, hands: readonly Hand[]): Hand | undefined {
  let found: Hand | undefined
  for (const hand of hands) if (found === undefined || isBefore(crew, hand, found)) found = hand
  return found
}

function moved(crew: Crew, { from, to, weight }: { from: Hand; to: Hand; weight: number }, item: AssignedItem): Move {
  const reason = `balance: ${from.load} there, ${to.load} here`
  crew.move(from, to, weight)
  const { session, seq } = to.worker
  return { item: item.item, to: { session, seq }, token: item.token, reason }
}
