import { type Problem, problem } from "../api/problem.ts"
import { HOW, WHAT } from "../streams/call-kinds.ts"
import type { WishKind } from "./route/wish-route.ts"
import { decodeTold, decodeWish, encodeTold, encodeWish, type GroupTold, type GroupWish } from "./wire-group.ts"

/** What an operator wants of the group. */
export const GROUP_WISHES: WishKind<GroupWish, GroupTold> = {
  what: { relayed: WHAT.group, last: WHAT.groupHere },
  how: HOW.group,
  encode: encodeWish,
  decode: decodeWish,
  encodeTold,
  decodeTold,
  // Asked again, a leadership that has moved to whoever is best would move on.
  isOnce: (wish) => wish.what === "transfer" && wish.to === undefined,
  // A leader that took itself out could not say so: to the next one its seat was never there.
  afterBegun: (wish, told) =>
    wish.what === "remove" && told.refusal?.code === "NOT_FOUND" ? { ...told, refusal: undefined } : told,
}

/** A refusal of another agent, as this one would have said it. */
export function problemOf({ code, message, hint, details }: NonNullable<GroupTold["refusal"]>): Problem {
  return problem(code, message, hint === undefined ? { details } : { hint, details })
}
