import type { NodeId } from "@conclave/base"
import type { HardState, SnapshotMeta } from "@conclave/consensus"
import type { Mint, Opened, Room, SnapshotChunk, StoreResult } from "../log-store.ts"

/** What is asked of the store, and what it says: plain data, so that a thread may lie between. `call` joins the two. */
export type StoreRequest =
  | { readonly kind: "open"; readonly call: number; readonly owner: NodeId }
  | { readonly kind: "create"; readonly call: number; readonly mint: Mint }
  | PersistRequest
  | { readonly kind: "compact"; readonly meta: SnapshotMeta }
  | { readonly kind: "beginSnapshot"; readonly snapshot: number; readonly meta: SnapshotMeta }
  | { readonly kind: "appendSnapshot"; readonly call: number; readonly snapshot: number; readonly chunk: Uint8Array }
  | { readonly kind: "finishSnapshot"; readonly call: number; readonly snapshot: number }
  | { readonly kind: "abortSnapshot"; readonly snapshot: number }
  | { readonly kind: "beginReading"; readonly reading: number; readonly meta: SnapshotMeta }
  | { readonly kind: "readSnapshot"; readonly call: number; readonly reading: number }
  | { readonly kind: "endReading"; readonly reading: number }
  | { readonly kind: "retire" | "discardRetired" | "close"; readonly call: number }
  /** The disk may have room again. */
  | { readonly kind: "retry" }

export interface PersistRequest {
  readonly kind: "persist"
  readonly write: number
  readonly epoch: number
  /** `encodeWrite` of it. */
  readonly records: Uint8Array
  /** Where the log ends behind it; undefined = where it did. */
  readonly last: { readonly index: number; readonly term: number } | undefined
  readonly hardState: HardState
  readonly snapshot: SnapshotMeta | undefined
}

export type StoreReply =
  | { readonly kind: "opened"; readonly call: number; readonly opened: Opened }
  | { readonly kind: "result"; readonly call: number; readonly result: StoreResult }
  | { readonly kind: "chunk"; readonly call: number; readonly chunk: SnapshotChunk }
  | { readonly kind: "persisted"; readonly write: number; readonly epoch: number }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "room"; readonly room: Room }
