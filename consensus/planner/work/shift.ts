import type { Move } from "../../machine/work/commands.ts"
import { type Hand, move } from "./crew.ts"
import type { Movable } from "./movable.ts"

/** One item that is to go from one worker to another. */
export interface Shift {
  readonly from: Hand
  readonly to: Hand
  readonly weight: number
}

/** What each worker has that may go elsewhere. */
export type Stocks = (hand: Hand) => Movable

/** Undefined: what weighs so much has gone meanwhile. */
export function shift(stocks: Stocks, { from, to, weight }: Shift): Move | undefined {
  const taken = stocks(from).take(weight)
  if (taken?.owner === undefined) return undefined
  const { session, seq } = to.worker
  const reason = `balance: ${from.load} there, ${to.load} here`
  move(from, to, weight)
  return { item: taken.item, to: { session, seq }, token: taken.owner.token, reason }
}
