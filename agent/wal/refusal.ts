import type { ClosedReason, Opened, ReplicaIdentity } from "../log-store.ts"

/** Thrown where a log cannot be opened; caught where it was to be. */
export class Refusal extends Error {
  override name = "Refusal"
  readonly reason: ClosedReason
  readonly identity: ReplicaIdentity | undefined

  constructor(reason: ClosedReason, message: string, identity?: ReplicaIdentity) {
    super(message)
    this.reason = reason
    this.identity = identity
  }
}

const BY_ITSELF =
  "a new replica takes its place by itself once a leader answers; where none is left: conclave raft recover"

const OTHERS = "the other hosts join it by themselves"

const HINTS: Readonly<Record<ClosedReason, string>> = {
  damaged: `keep the files; ${BY_ITSELF}`,
  "data-directory-moved": `start the agent with the original directory; where that is lost, ${BY_ITSELF}`,
  copy: `give each agent a data directory of its own; ${BY_ITSELF}`,
  "older-version": `stop all agents, keep their directories, and conclave raft recover goes on from the best log; ${OTHERS}`,
  "newer-version": "start the newer program again; this one cannot read what it wrote",
  "io-error": "look at the disk and the permissions of the data directory; the agent tries again by itself",
}

export function closed(
  reason: ClosedReason,
  message: string,
  identity?: ReplicaIdentity,
): Extract<Opened, { kind: "closed" }> {
  return { kind: "closed", reason, identity, message, hint: HINTS[reason] }
}
