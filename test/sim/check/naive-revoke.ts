import type { Command, CommandResult, Token } from "@conclave/consensus"
import { lost, revNow } from "./naive-answers.ts"
import { endHold, granted } from "./naive-queue.ts"
import { endSession } from "./naive-sessions.ts"
import type { NaiveLists } from "./naive-types.ts"
import { revokeItem } from "./naive-work.ts"

export function revoke(naive: NaiveLists, command: Extract<Command, { kind: "revoke" }>): CommandResult {
  const { what, graceMs, by, reason } = command
  const until = naive.time + graceMs
  const session = what.kind === "session" ? naive.sessions.find(({ id }) => id === what.id) : undefined
  if (what.kind === "session" && session === undefined) return lost(naive, what.id)
  const asked =
    what.kind === "session"
      ? naive.holds.filter((each) => each.session === what.id && each.token !== undefined)
      : granted(naive, what.kind, what.name).filter(({ token }) => what.token === undefined || token === what.token)
  if (what.kind === "work" && what.token !== undefined && asked.length === 0) {
    const tokens = revokeItem(naive, { pool: what.name, token: what.token, graceMs, by, reason })
    return { kind: "revoked", tokens: tokens as Token[], rev: revNow(naive) }
  }
  const tokens = asked.sort((a, b) => a.order - b.order).map(({ token }) => token as Token)
  if (session !== undefined && graceMs === 0) endSession(naive, session, "revoked", false)
  else if (session !== undefined && until < (session.revokeAt ?? Number.POSITIVE_INFINITY)) {
    session.revokeAt = until
    naive.isChanged = true
  }
  for (const hold of session !== undefined && graceMs === 0 ? [] : asked) {
    if (graceMs === 0) endHold(naive, hold, "revoked")
    else if (until < (hold.revoking?.untilMs ?? Number.POSITIVE_INFINITY)) {
      hold.revoking = { by, reason, untilMs: until }
      hold.askedAt ??= naive.time
      naive.isChanged = true
    }
  }
  return { kind: "revoked", tokens, rev: revNow(naive) }
}
