import type { CommandResult, EndCause, Entry, Hold, HoldEnd, Name, Session, StoredResult } from "./types.ts"
import type { Item, Pool } from "./work/types.ts"

/**
 * One step in what watchers see. `before` undefined = it came to be, `after` undefined = it is gone. A hold is of
 * interest to the watchers of each of its names.
 */
export type Change = { readonly rev: number } & (
  | {
      readonly kind: "hold"
      readonly before: Hold | undefined
      readonly after: Hold | undefined
      readonly end: HoldEnd | undefined
      /** What its request is answered from then on, where that is more than how it ended. */
      readonly answer?: StoredResult | undefined
    }
  | {
      readonly kind: "session"
      readonly before: Session | undefined
      readonly after: Session | undefined
      readonly end: EndCause | undefined
    }
  /** Its limit, where nothing else says so. */
  | { readonly kind: "name"; readonly before: Name; readonly after: Name }
  | { readonly kind: "entry"; readonly before: Entry | undefined; readonly after: Entry | undefined }
  | { readonly kind: "pool"; readonly before: Pool | undefined; readonly after: Pool | undefined }
  /** `reason`: why it left its worker, or came to it; undefined = it did neither. */
  | {
      readonly kind: "item"
      readonly before: Item | undefined
      readonly after: Item | undefined
      readonly reason: string | undefined
    }
  /** A backup took the place of all that is no hold: what it was before is not told one by one. */
  | { readonly kind: "restored" }
)

/**
 * Why a replica must not go on: it does not know what the entry means (a newer program does), the entry is not what any
 * program wrote, or its state differs from the leader's.
 */
export type StopReason = "unknown-command" | "malformed-command" | "state-diverged"

export type Applied =
  | {
      readonly kind: "applied"
      readonly index: number
      /** Undefined: the entry had no command. */
      readonly result: CommandResult | undefined
      /** The result is the one of an earlier entry with the same (session, seq). */
      readonly isRepeat: boolean
      readonly rev: number
      /** All of one revision; empty when nothing that anybody watches has changed. */
      readonly changes: readonly Change[]
    }
  | { readonly kind: "stopped"; readonly index: number; readonly reason: StopReason }
