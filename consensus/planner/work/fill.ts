import type { Move } from "../../machine/work/commands.ts"
import { type Crew, give, type Hand, hasRoom } from "./crew.ts"
import { Takers } from "./takers.ts"
import type { FreeItem, Steps, WorkInput } from "./types.ts"

/** Gives free items to workers: to the one that is to have it, else to the one with the least that has room. */
export function* fill(crew: Crew, { free }: Pick<WorkInput, "free">, movesMax: number): Steps<readonly Move[]> {
  const moves: Move[] = []
  if (crew.hands.length === 0 || free.length === 0) return moves
  const takers = new Takers(crew)
  /** For what weighs as much nobody has room, and nobody will. */
  let tooHeavy = Number.POSITIVE_INFINITY
  for (const each of [...free].sort(byUrgency)) {
    if (moves.length === movesMax) break
    yield
    const own = ownOf(crew, each)
    const isOwn = own !== undefined && canTake(own, each, own.worker.id === each.target)
    if (!isOwn && (each.only !== undefined || each.weight >= tooHeavy)) continue
    const hand = isOwn ? own : yield* takers.find((one) => (canTake(one, each, false) ? one : undefined))
    if (hand === undefined) {
      if (!each.isSuspect) tooHeavy = each.weight
      continue
    }
    give(hand, each.weight, isOwn && hand.worker.id === each.target)
    if (each.isSuspect) hand.hasSuspect = true
    takers.update(hand)
    moves.push(given(each, hand, isOwn ? reasonOfOwn(each) : own === undefined ? "least loaded" : NO_ROOM))
  }
  return moves
}

const NO_ROOM = "its target has no room"

function reasonOfOwn({ only }: FreeItem): string {
  return only === undefined ? "handed over" : "its own"
}

/** The worker that is to have it, where it is here. */
function ownOf(crew: Crew, { only, target }: FreeItem): Hand | undefined {
  const id = only ?? target
  return id === undefined ? undefined : crew.byId(id)
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
