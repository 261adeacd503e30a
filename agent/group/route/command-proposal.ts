import { type Command, encodeCommand } from "@conclave/consensus"
import type { Proposal } from "./leader-route.ts"
import { mayRelieve } from "./relieving.ts"

/** A command as it travels to the leader, with what may be done about it on the way. */
export function proposalOf(command: Command, untilMs: number): Proposal {
  const { kind } = command
  // A write has an answer of its own if it has a number.
  const isRepeatable = "request" in command ? command.request !== undefined : REPEATABLE.has(kind)
  return { data: encodeCommand(command), untilMs, relieves: mayRelieve(command), isRepeatable }
}

/** The same command again gets the same answer, or does nothing a second time. */
const REPEATABLE: ReadonlySet<Command["kind"]> = new Set([
  ...(["acquire", "cancel", "release", "update", "transfer"] as const),
  ...(["renewHosts", "open", "attach", "detach", "end", "endHost", "removeHost"] as const),
  ...(["stage", "unstage", "restore"] as const),
])
