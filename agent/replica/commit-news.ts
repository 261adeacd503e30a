import type { NodeId } from "@conclave/base"
import type { Change, Hold, Session, SessionId } from "@conclave/consensus"

/**
 * The hosts where somebody waits for what an entry did: they hear of it at once, all others with what is sent next
 * (`commitNewsMs`). Whoever asked for it is answered, which needs no state: so what comes to be is awaited nowhere, nor
 * is what is given back or given up.
 */
export function awaitedAt(
  changes: readonly Change[],
  sessionOf: (id: SessionId) => Session | undefined,
): ReadonlySet<NodeId> {
  const hosts = new Set<NodeId>()
  const fresh = new Set<Hold>()
  for (const change of changes) {
    if (change.kind === "session") {
      for (const each of [change.before, change.after]) if (change.before !== undefined && each) hosts.add(each.host)
      continue
    }
    if (change.kind === "item") {
      for (const each of [change.before, change.after]) {
        const owner = each?.owner === undefined ? undefined : sessionOf(each.owner.session)
        if (owner !== undefined) hosts.add(owner.host)
      }
      continue
    }
    if (change.kind !== "hold") continue
    const { before, after, end } = change
    if (before === undefined || fresh.has(before)) {
      if (after !== undefined) fresh.add(after)
    } else if (end !== "released" && end !== "cancelled") {
      const host = sessionOf(before.session)?.host
      if (host !== undefined) hosts.add(host)
    }
  }
  return hosts
}
