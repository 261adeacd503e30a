import type { Move } from "@conclave/consensus/machine/work/commands"
import type { FreeItem, MovableItem, WorkerView, WorkInput } from "@conclave/consensus/planner/work/types"

/** The planner once more, for comparison: each time it needs a worker or a place it looks at all of them. */

const MOVES_MAX = 256

interface Hand {
  worker: WorkerView
  used: number
  incoming: number
  load: number
  hasSuspect: boolean
  /** What it has that may go elsewhere, the newest last. */
  stock: { item: MovableItem; weight: number }[]
}

export function naivePlan(input: WorkInput): readonly Move[] {
  const hands = handsOf(input)
  const moves = fill(hands, input.free)
  if (hands.length === 0 || input.isBraked) return moves
  for (const { item, token, weight, pin } of [...input.misplaced].sort((a, b) => a.token - b.token)) {
    const to = hands.find(({ worker }) => worker.id === pin)
    if (moves.length >= MOVES_MAX || to === undefined || weight > roomOf(to)) continue
    to.incoming += weight
    moves.push({ item, token, to: placeOf(to), reason: "pinned elsewhere" })
  }
  if (!input.isAll || moves.length === MOVES_MAX) return moves
  const budget = Math.max(1, Math.floor(input.items * 0.05)) - input.underWay
  const most = moves.length + Math.min(budget, MOVES_MAX - moves.length)
  evenLoads(hands, moves, most)
  if (input.spread !== "none") evenPlaces(hands, moves, most)
  return moves
}

function handsOf({ workers, stockOf }: WorkInput): Hand[] {
  return workers
    .filter(({ isLeaving }) => !isLeaving)
    .map((worker) => {
      const { used, incoming, outgoing, hasSuspect } = worker
      const stock = [...stockOf(worker)].flatMap(([weight, { items }]) => items.map((item) => ({ item, weight })))
      return { worker, used, incoming, load: used - outgoing + incoming, hasSuspect, stock }
    })
}

function fill(hands: Hand[], free: readonly FreeItem[]): Move[] {
  const moves: Move[] = []
  const isMeant = ({ target, only }: FreeItem): boolean => target !== undefined || only !== undefined
  const urgent = [...free].sort((a, b) => Number(isMeant(b)) - Number(isMeant(a)) || a.order - b.order)
  for (const each of urgent) {
    if (moves.length === MOVES_MAX) break
    const { weight, only, target, isSuspect } = each
    const willDo = (hand: Hand, room: number): boolean => weight <= room && !(isSuspect && hand.hasSuspect)
    const own = hands.find(({ worker }) => worker.id === (only ?? target))
    const isCounted = own !== undefined && own.worker.id === target
    const isOwn = own !== undefined && willDo(own, roomOf(own) + (isCounted ? own.incoming : 0))
    const others = only === undefined ? hands.filter((hand) => willDo(hand, roomOf(hand))) : []
    const hand = isOwn ? own : first(others, (a, b) => isBefore(hands, a, b))
    if (hand === undefined) continue
    hand.used += weight
    if (isOwn && isCounted) hand.incoming -= weight
    else hand.load += weight
    if (isSuspect) hand.hasSuspect = true
    const reason = own === undefined ? "least loaded" : "its target has no room"
    const ofOwn = only === undefined ? "handed over" : "its own"
    moves.push({ item: each.item, to: placeOf(hand), token: undefined, reason: isOwn ? ofOwn : reason })
  }
  return moves
}

function evenLoads(hands: Hand[], moves: Move[], most: number): void {
  const total = hands.reduce((sum, { load }) => sum + load, 0)
  const high = Math.max(Math.floor((total * 110) / (100 * hands.length)), Math.ceil(total / hands.length))
  const low = Math.min(Math.ceil((total * 90) / (100 * hands.length)), Math.floor(total / hands.length))
  const stuck = new Set<Hand>()
  while (moves.length < most) {
    const from = first(
      hands.filter((hand) => !stuck.has(hand)),
      hasMore,
    )
    if (from === undefined || (from.load <= high && hands.every(({ load }) => load >= low))) return
    const able = hands.flatMap((to) => {
      if (from.load <= high && to.load >= low) return []
      const weight = weightFor(from, to)
      return weight === undefined ? [] : [{ to, weight }]
    })
    const found = first(able, (a, b) => isBefore(hands, a.to, b.to))
    if (found === undefined) stuck.add(from)
    else moves.push(moved({ from, ...found }))
  }
}

/** What brings the two nearest to each other; of two that do equally the heavier. */
function weightFor(from: Hand, to: Hand): number | undefined {
  const difference = from.load - to.load
  const weights = from.stock.map(({ weight }) => weight).filter((each) => each < difference && each <= roomOf(to))
  return first(weights, (a, b) => {
    const [left, right] = [Math.abs(2 * a - difference), Math.abs(2 * b - difference)]
    return left !== right ? left < right : a > b
  })
}

function evenPlaces(hands: Hand[], moves: Move[], most: number): void {
  while (moves.length < most) {
    const places = [...new Set(hands.map(({ worker }) => worker.place))]
    const by = (a: string, b: string): number => loadAt(hands, a) - loadAt(hands, b) || (a < b ? -1 : 1)
    const [emptiest, fullest] = [places.sort(by)[0] as string, places.at(-1) as string]
    const from = first(
      hands.filter(({ worker }) => worker.place === fullest),
      hasMore,
    )
    const to = first(
      hands.filter(({ worker }) => worker.place === emptiest),
      (a, b) => isBefore(hands, a, b),
    )
    if (from === undefined || to === undefined || emptiest === fullest) return
    const fits = from.stock.filter(({ weight }) => {
      const isEvener = loadAt(hands, fullest) > loadAt(hands, emptiest) + weight
      return isEvener && from.load >= to.load + weight && weight <= roomOf(to)
    })
    if (fits.length === 0) return
    moves.push(moved({ from, to, weight: Math.min(...fits.map(({ weight }) => weight)) }))
  }
}

function moved({ from, to, weight }: { from: Hand; to: Hand; weight: number }): Move {
  const tokenOf = ({ item }: Hand["stock"][number]): number => item.owner?.token ?? 0
  const newest = first(
    from.stock.filter((each) => each.weight === weight),
    (a, b) => tokenOf(a) > tokenOf(b),
  ) as Hand["stock"][number]
  const reason = `balance: ${from.load} there, ${to.load} here`
  from.stock = from.stock.filter((each) => each !== newest)
  from.load -= weight
  to.load += weight
  to.incoming += weight
  return { item: newest.item.item, to: placeOf(to), token: newest.item.owner?.token, reason }
}

function first<T>(all: readonly T[], isEarlier: (a: T, b: T) => boolean): T | undefined {
  let found: T | undefined
  for (const each of all) if (found === undefined || isEarlier(each, found)) found = each
  return found
}

function isBefore(hands: readonly Hand[], a: Hand, b: Hand): boolean {
  if (a.load !== b.load) return a.load < b.load
  const [atA, atB] = [loadAt(hands, a.worker.place), loadAt(hands, b.worker.place)]
  return atA !== atB ? atA < atB : isFirst(a, b)
}

function hasMore(a: Hand, b: Hand): boolean {
  return a.load !== b.load ? a.load > b.load : isFirst(a, b)
}

function isFirst({ worker: a }: Hand, { worker: b }: Hand): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.id < b.id
}

function loadAt(hands: readonly Hand[], place: string): number {
  return hands.reduce((sum, { worker, load }) => sum + (worker.place === place ? load : 0), 0)
}

function roomOf({ worker, used, incoming }: Hand): number {
  return (worker.capacity ?? Number.POSITIVE_INFINITY) - used - incoming
}

function placeOf({ worker: { session, seq } }: Hand): NonNullable<Move["to"]> {
  return { session, seq }
}
