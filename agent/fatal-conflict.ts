import type { Addr, NodeId } from "@conclave/base"
import type { NameConflict } from "./api/view.ts"
import { TWIN_HINT } from "./gossip/member-log.ts"
import type { Fatal } from "./host-config.ts"

/** Why an agent may not go on beside another one that has its name or its key; undefined = it may. */
export function fatalOf(conflict: NameConflict, own: { readonly id: NodeId; readonly addr: Addr }): Fatal | undefined {
  const { holder, challenger, name, fatal } = conflict
  if (!fatal) return undefined
  if (holder.id === challenger.id) {
    const other = holder.addr === own.addr ? challenger : holder
    const message = `another agent runs with the key of this one, ${own.id}, at ${other.addr}; its data directory was copied`
    return { exitCode: 7, reason: "key-taken", message, hint: TWIN_HINT }
  }
  const other = holder.id === own.id ? challenger : holder
  return {
    exitCode: 7,
    reason: "name-taken",
    message: `the name ${name} belongs to the living member ${other.id} at ${other.addr}`,
    hint: "give this one another --name, or stop the other: a name is free when its member is dead or left",
  }
}
