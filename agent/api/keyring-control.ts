import type { KeyringJson, KeyringWish } from "./keyring-schema.ts"
import type { Problem } from "./problem.ts"

/** The keys of gossip on all members, as the API asks of the agent. */
export interface KeyringControl {
  /** Calls back once, at the time limit or soon after. */
  readonly carryOut: (wish: KeyringWish, timeoutMs: number, done: (result: KeyringJson | Problem) => void) => void
}
