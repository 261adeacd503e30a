import type { Move } from "../../machine/work/commands.ts"
import { type Crew, type Hand, hasRoom } from "./crew.ts"
import { HandHeap } from "./hand-heap.ts"
import type { FreeItem, WorkInput } from "./types.ts"

/** Gives free items to workers: to the one that is to have it, else to the one with the least that has room. */
export function fill(crew: Crew, { free, workers }: WorkInput, movesMax: number): readonly Move[] {
  const moves: Move[] = []
  if (crew.hands.length === 0) return moves
  const present = new Set(workers.map(({ id }) => id))
  const heap = new HandHeap(crew)
  /** For what weighs as much nobody has room, and nobody will. */
  let tooHeavy = Number.POSITIVE_INFINITY
  for (const each of [...free].sort(byUrgency)) {
    if (moves.length === movesMax) break
    const wanted = crew.byId.get(each.only ?? each.target ?? "")
    const isCounted = wanted?.worker.id === each.target
    if (wanted !== undefined && canTake(wanted, each, isCounted)) {
      crew.give(wanted, each.weight, isCounted)
      if (each.isSuspect) wanted.hasSuspect = true
      moves.push(given(each, wanted, each.only === undefined ? "handed over" : "its own"))
      continue
    }
    if (each.only !== undefined || each.weight >= tooHeavy) continue
    const hand = heap.first((one) => canTake(one, each, false))
    if (hand === undefined) {
      if (!each.isSuspect) tooHeavy = each.weight
      continue
    }
    crew.give(hand, each.weight, false)
    if (each.isSuspect) hand.hasSuspect = true
    moves.push(given(each, hand, present.has(each.target ?? "") ? "its target has no room" : "least loaded"))
  }
  return moves
}

function canTake(hand: Hand, { weight, isSuspect }: FreeItem, isCounted: boolean): boolean {
  return hasRoom(hand, weight, isCounted) && !(isSuspect && hand.hasSuspect)
}

/** Those that are somebody's already, then first come first served. */
function byUrgency(a: FreeItem, b: FreeItem): number {
  return Number(isMeant(b)) - Number(isMeant(a)) || a.order - b.order
}

function isMeant({ target, only }: FreeItem): boolean {
  return target !== undefined || only !== undefined
}

function given({ item }: FreeItem, { worker }: Hand, reason: string): Move {
  const { session, seq } = worker
  return { item, to: { session, seq }, token: undefined, reason }
}
