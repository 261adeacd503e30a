import type { ReplicaId } from "./ids.ts"
import { logIndex, term } from "./ids.ts"
import { EMPTY_SNAPSHOT } from "./log.ts"
import type { StoredState } from "./types.ts"

/**
 * What the first replica of a new group begins with: an entry that makes it the only voter. Everybody else begins with
 * nothing and gets this entry like all others, so the group is a function of the log from its first entry on.
 */
export function foundingState(founder: ReplicaId): StoredState {
  const group = { voters: [founder], outgoing: [], learners: [], learnersNext: [] }
  const first = { index: logIndex(1), term: term(1), kind: "group" as const, stampMs: 0, featureLevel: 1, group }
  return {
    hardState: { term: term(1), vote: undefined, commit: logIndex(1) },
    snapshot: EMPTY_SNAPSHOT,
    entries: [{ ...first, data: new Uint8Array(0) }],
  }
}
