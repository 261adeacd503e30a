import type { Hold, Session, Token } from "@conclave/consensus"
import type { JournalNote } from "../api/objects.ts"

/** One step in what becomes of a session or of a grant, before it is written down. */
export interface GrantStep {
  readonly kind: string
  readonly name: string
  /** Of what a worker is given. */
  readonly item?: string
  readonly token: Token | undefined
  readonly reason: string | undefined
  readonly revoked?: JournalNote["revoked"]
  /** For the first name alone: how long it was waited for and held, and how long since it was asked back. */
  readonly spent?: { readonly waitMs?: number; readonly holdMs?: number; readonly letGoMs?: number } | undefined
}

/** As the journal has it: what happened, and to whom. */
export function noteOf(session: Session, step: GrantStep): JournalNote {
  const { item, revoked } = step
  const note = plain(session, step)
  if (item === undefined && revoked === undefined) return note
  return { ...note, ...(item === undefined ? {} : { item }), ...(revoked === undefined ? {} : { revoked }) }
}

/**
 * Each shape as a whole: one that fields are added to is made by a slow way of V8, and most grants are told of twice.
 */
function plain({ member, app: text }: Session, { kind, name, token: number, reason }: GrantStep): JournalNote {
  const app = text === "" ? null : text
  if (number === undefined)
    return reason === undefined ? { kind, name, member, app } : { kind, name, reason, member, app }
  const token = String(number)
  return reason === undefined ? { kind, name, token, member, app } : { kind, name, token, reason, member, app }
}

type Wish = Hold["revoking"]

export function askedBy(wish: Wish): GrantStep["revoked"] {
  return wish === undefined ? undefined : { by: wish.by, reason: wish.reason }
}

export function isSameWish(a: Wish, b: Wish): boolean {
  return a === b || (a?.by === b?.by && a?.reason === b?.reason && a?.untilMs === b?.untilMs)
}
