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

const HINTS: Readonly<Record<ClosedReason, string>> = {
  damaged: "keep the files for inspection; the agent goes on as a plain member and starts over with a new replica",
  "data-directory-moved":
    "start the agent with the original directory; where that is lost, it starts over once a leader has answered",
  copy: "give each agent a data directory of its own; delete the copied log from this one",
  "newer-version": "start the newer program again; this one cannot read what it wrote",
  "io-error": "look at the disk and the permissions of the data directory, then start the agent again",
}

export function closed(reason: ClosedReason, message: string, identity?: ReplicaIdentity): Opened {
  return { kind: "closed", reason, identity, message, hint: HINTS[reason] }
}
