import type { Command } from "@conclave/consensus"

/** Whoever leads makes it by what it knows itself, and takes it of nobody. */
export function isOfLeader({ kind }: Command): boolean {
  return MAKERS[kind] === "leader"
}

/**
 * Who makes each kind. A wrong hash would end every replica, and a wall clock, an owner of work or a founding are no
 * more than what a leader says.
 */
const MAKERS: Readonly<Record<Command["kind"], "leader" | "agents">> = {
  ...({ tick: "leader", checkHash: "leader", workAssign: "leader", found: "leader", recover: "leader" } as const),
  ...({ renewHosts: "agents", open: "agents", attach: "agents", detach: "agents", end: "agents" } as const),
  ...({ endHost: "agents", removeHost: "agents", revoke: "agents", resize: "agents" } as const),
  ...({ acquire: "agents", cancel: "agents", release: "agents", update: "agents", transfer: "agents" } as const),
  ...({ kvPut: "agents", kvDelete: "agents", stage: "agents", unstage: "agents", restore: "agents" } as const),
  ...({ workConfigure: "agents", workPut: "agents", workRemove: "agents", workRetry: "agents" } as const),
  ...({ workSettle: "agents", workCheckpoint: "agents" } as const),
}
