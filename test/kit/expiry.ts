import type { Millis } from "@conclave/base"
import type { Hold, SessionId, Token } from "@conclave/consensus"
import { invalidError } from "@conclave/sdk/errors"
import type { Fleet } from "@conclave/sim/fleet"
import type { StateView } from "conclave/coordination/cluster"

/** As far as a cluster without a quorum may come with it. */
const PATIENCE_MS = 60_000

/** The session behind a grant, as some running agent knows it. */
export function sessionOf(fleet: Fleet, token: bigint): SessionId {
  for (const { host } of fleet.running()) {
    const state = host?.consensus?.state.local()?.state
    for (const { id } of state?.sessions() ?? []) {
      if (state?.holdsOf(id).some((hold) => isBehind(state, hold, Number(token) as Token)) === true) return id
    }
  }
  throw invalidError("grant", "this grant is not held: it was released or lost, or no agent knows of it yet")
}

/** An item of work is a grant of its own, of the session that holds its worker's place. */
function isBehind(state: StateView, hold: Hold, token: Token): boolean {
  if (hold.token === token) return true
  if (hold.kind !== "work") return false
  return state.itemsOf(hold.names[0] ?? "", hold).some(({ owner }) => owner?.token === token)
}

/** What the state does with one whose agent has heard nothing for too long. */
export function endSession(fleet: Fleet, session: SessionId): void {
  const command = { kind: "end", session, of: undefined, cause: "silent", isGone: false } as const
  for (const { host, machine } of fleet.running()) {
    const { process } = machine
    if (host?.consensus?.running?.isLeader !== true || process === undefined) continue
    host.consensus.state.propose(command, (process.nowMs + PATIENCE_MS) as Millis, () => {})
    return
  }
  throw invalidError("grant", "no agent leads: nothing can be given up now")
}
