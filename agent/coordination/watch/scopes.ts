import { HOLD_KINDS, isHoldKind } from "../../api/hold-objects.ts"
import type { ReplicatedTime } from "../replicated-time.ts"
import { ENTRY_SCOPE } from "./entry-scope.ts"
import { holdScope } from "./hold-scope.ts"
import { holderScope } from "./holder-scope.ts"
import { itemScope } from "./item-scope.ts"
import type { WatchScope } from "./scope.ts"

export type ScopeOf = (kind: string, by?: "holder") => WatchScope | undefined

/** What can be watched of the replicated state, by its kind; of holds also each holder by itself. */
export function watchScopes(time: ReplicatedTime): ScopeOf {
  const ofHolds = new Map<string, WatchScope>(HOLD_KINDS.map((kind) => [kind, holdScope(kind, time)]))
  const ofHolders = new Map<string, WatchScope>(HOLD_KINDS.map((kind) => [kind, holderScope(kind, time)]))
  const ofItems = itemScope(time)
  return (kind, by) => {
    if (by === "holder") return ofHolders.get(kind)
    if (kind === "kv") return ENTRY_SCOPE
    if (kind === "items") return ofItems
    return isHoldKind(kind) ? ofHolds.get(kind) : undefined
  }
}
