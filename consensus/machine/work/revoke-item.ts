import type { State } from "../state.ts"
import type { Revoking, Token } from "../types.ts"
import { askBack, free } from "./steps.ts"

/** An operator takes one item from its worker, which goes on with the others. `untilMs` = now: at once. */
export function revokeItem(
  state: State,
  { pool, token }: { readonly pool: string; readonly token: Token },
  { by, reason, untilMs = state.timeMs }: Revoking,
): readonly Token[] {
  const item = state.work.byToken(token)
  if (item?.owner === undefined || item.pool !== pool) return []
  const { owner, target } = item
  if (untilMs === state.timeMs) {
    free(state, item, { reason: "revoked", target })
    state.work.hasLess(pool, owner)
  } else if (untilMs < (item.revoking?.untilMs ?? Number.POSITIVE_INFINITY)) {
    askBack(state, item, { by, reason, untilMs, target })
  }
  return [token]
}
