import { HOLD_KINDS, isHoldKind } from "../../api/hold-objects.ts"
import type { ReplicatedTime } from "../replicated-time.ts"
import { ENTRY_SCOPE } from "./entry-scope.ts"
import { holdScope } from "./hold-scope.ts"
import type { WatchScope } from "./scope.ts"

/** What can be watched of the replicated state, by its kind. */
export function watchScopes(time: ReplicatedTime): (kind: string) => WatchScope | undefined {
  const ofHolds = new Map<string, WatchScope>(HOLD_KINDS.map((kind) => [kind, holdScope(kind, time)]))
  return (kind) => {
    if (kind === "kv") return ENTRY_SCOPE
    return isHoldKind(kind) ? ofHolds.get(kind) : undefined
  }
}
