import type { Hold } from "@conclave/consensus"
import { sessionId } from "./stage.ts"

/** A request for the lock `a` that waits, or what `fields` say of it. */
export function holdOf(fields: Partial<Hold> = {}): Hold {
  return {
    session: sessionId(1),
    seq: 1,
    kind: "lock",
    names: ["a"],
    mode: "exclusive",
    weight: 1,
    order: 1,
    priority: 0,
    queuedAtMs: 0,
    waitUntilMs: undefined,
    maxHoldMs: undefined,
    lockDelayMs: 0,
    note: undefined,
    value: undefined,
    id: undefined,
    ready: undefined,
    worker: undefined,
    token: undefined,
    grantedAtMs: 0,
    revoking: undefined,
    askedAtMs: undefined,
    ...fields,
  }
}
