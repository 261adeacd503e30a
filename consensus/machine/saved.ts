import { isPossible } from "./figures.ts"
import { HISTORY_MAX } from "./holds.ts"
import { isJsonText } from "./json-text.ts"
import {
  APP_BYTES_MAX,
  ENTRY_VALUE_BYTES_MAX,
  isName,
  MEMBER_CHARACTERS_MAX,
  NAME_CHARACTERS_MAX,
  REASON_BYTES_MAX,
  textBytes,
} from "./limits.ts"
import { KINDS } from "./queue.ts"
import { COUNTER_MAX } from "./tokens.ts"
import type { Entry, Name, PastGrant } from "./types.ts"
import type { Meta } from "./wire-record.ts"

/*
 * What a backup may say. Its checks tell damage; that a program has written it they do not: what none can have saved
 * would become the state of every replica, and a number from the end of the whole numbers would end them all.
 */

export function isSoundMeta({ rev, token, order, epoch }: Meta): boolean {
  return [rev, token, order, epoch].every((each) => each <= COUNTER_MAX)
}

/** `saved`: of the same backup. */
export function isSoundName({ kind, name, limit, history, figures }: Name, saved: Meta): boolean {
  const its = KINDS[kind]
  if (!isName(name) || limit < its.limit || limit > Math.max(its.limit, its.limitMax)) return false
  if (history.length > HISTORY_MAX || !history.every((past) => isSoundPast(past, saved))) return false
  return figures.grants <= COUNTER_MAX && isPossible(figures, history.length)
}

export function isSoundEntry({ key, value }: Entry): boolean {
  return isName(key) && isJsonText(value, ENTRY_VALUE_BYTES_MAX)
}

function isSoundPast({ member, app, sinceMs, untilMs, revoked }: PastGrant, { timeMs }: Meta): boolean {
  if (sinceMs > untilMs || untilMs > timeMs) return false
  if (textBytes(member) > MEMBER_CHARACTERS_MAX || textBytes(app) > APP_BYTES_MAX) return false
  if (revoked === undefined) return true
  return textBytes(revoked.by) <= NAME_CHARACTERS_MAX && textBytes(revoked.reason) <= REASON_BYTES_MAX
}
