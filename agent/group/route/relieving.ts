import type { Command } from "@conclave/consensus"

/** It makes room or keeps alive what holds room: taken also when the leader takes nothing else. */
export function mayRelieve({ kind }: Command): boolean {
  return RELIEVING.has(kind)
}

const RELIEVING: ReadonlySet<Command["kind"]> = new Set([
  "renewHosts",
  "release",
  "cancel",
  "end",
  "endHost",
  "removeHost",
  "revoke",
  "attach",
  "detach",
  "unstage",
  "kvDelete",
  "workSettle",
  "workRemove",
])
