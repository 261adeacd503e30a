import type { NodeId } from "@conclave/base"
import type { EndCause, HoldKind, Liveness, LockMode, Request, RestoreId, SessionId, Token, Worker } from "./types.ts"
import type { WorkAssign, WorkWrite } from "./work/commands.ts"

export interface Renewal {
  readonly host: NodeId
  /** The agent's generation: of two boots the higher one is the present one. */
  readonly boot: number
  /**
   * Numbers the tries of one agent; the acknowledgement names it, so that a deadline counts from the right send time.
   */
  readonly attempt: number
}

/**
 * What ties a session to the agent that speaks for it. `attachment` grows with each one that this boot of the agent
 * makes: of two the later counts, whatever the order in which they arrive.
 */
export interface Attachment {
  readonly session: SessionId
  readonly boot: number
  readonly attachment: number
}

export interface Open extends Attachment {
  readonly kind: "open"
  /** SHA-256 of the secret. */
  readonly secretHash: Uint8Array
  readonly host: NodeId
  readonly ttlMs: number
  readonly liveness: Liveness
  readonly member: string
  readonly app: string
  readonly pid: number | undefined
}

export interface Attach extends Attachment {
  readonly kind: "attach"
  readonly secretHash: Uint8Array
  readonly host: NodeId
}

export interface Acquire extends Request {
  readonly kind: "acquire"
  readonly hold: HoldKind
  readonly names: readonly string[]
  readonly mode: LockMode
  /** Undefined = for ever, 0 = now or not at all. Counts from the first entry with this (session, seq). */
  readonly waitMs: number | undefined
  readonly priority: number
  readonly maxHoldMs: number | undefined
  readonly lockDelayMs: number
  readonly note: string | undefined
  readonly value: string | undefined
  /** Of semaphores what the weights may add up to, of barriers how many parties open it. */
  readonly limit: number | undefined
  /** Of semaphores; undefined = 1. */
  readonly weight: number | undefined
  /** Of members and workers; undefined = one that nobody else has. */
  readonly id: string | undefined
  /** Of members; undefined = ready. */
  readonly ready: boolean | undefined
  readonly worker: Worker | undefined
}

export interface Revoke {
  readonly kind: "revoke"
  readonly what: { readonly kind: "session"; readonly id: SessionId } | HeldName
  readonly graceMs: number
  readonly by: string
  readonly reason: string
}

/** What is applied only while this token holds the name, whoever sends it. */
export interface Guard {
  readonly kind: HoldKind
  readonly name: string
  readonly token: Token
}

/** Undefined: nobody's. It is applied each time that it comes, as no answer of it is kept. */
interface Write {
  readonly request: Request | undefined
}

/** `ifRev`: only on the entry of this revision, 0 = only where there is none; undefined = whatever is there. */
interface EntryWrite extends Write {
  readonly key: string
  readonly ifRev: number | undefined
  readonly guard: Guard | undefined
}

export interface KvPut extends EntryWrite {
  readonly kind: "kvPut"
  /** Compact JSON. */
  readonly value: string
}

export interface KvDelete extends EntryWrite {
  readonly kind: "kvDelete"
}

/** Of a semaphore that anybody holds or waits for: what the weights may add up to from now on. */
export interface Resize extends Write {
  readonly kind: "resize"
  readonly name: string
  readonly limit: number
}

/** In a session once, under its number; without one each time. */
export type WriteCommand = KvWrite | Resize | WorkWrite

export type KvWrite = KvPut | KvDelete

/** Undefined token = every holder of the name. */
export interface HeldName {
  readonly kind: HoldKind
  readonly name: string
  readonly token: Token | undefined
}

export type Command =
  /** Carries a stamp, and what the leader's wall clock shows, in milliseconds since 1970 (`walls.ts`). */
  | { readonly kind: "tick"; readonly wallMs?: number }
  /** Never deduplicated: each counts from the entry that carries it, before the entry's stamp is judged. */
  | { readonly kind: "renewHosts"; readonly items: readonly Renewal[] }
  /** Counts as a renewal of its host. */
  | Open
  /** Counts as a renewal of its host. */
  | Attach
  /** The connection to the application is lost: unless it attaches again, the session expires one TTL later. */
  | ({ readonly kind: "detach" } & Attachment)
  /** `of` undefined: whoever speaks for it now. `isGone`: its processes are provably gone, so no lock delay. */
  | {
      readonly kind: "end"
      readonly session: SessionId
      readonly of: Omit<Attachment, "session"> | undefined
      readonly cause: Exclude<EndCause, "expired" | "revoked">
      readonly isGone: boolean
    }
  /** The host departs: all its sessions end. */
  | { readonly kind: "endHost"; readonly host: NodeId; readonly boot: number; readonly isGone: boolean }
  /** An operator has removed the host: it is no member any more, and never one again. */
  | { readonly kind: "removeHost"; readonly host: NodeId }
  | Acquire
  /** Ends the hold that `seq` made or would make, granted or not, whether or not that request was seen. */
  | ({ readonly kind: "cancel" } & Request)
  | ({ readonly kind: "release"; readonly token: Token } & Request)
  | ({
      readonly kind: "update"
      readonly token: Token
      /** Undefined = as it is. */
      readonly note: string | undefined
      readonly value: string | undefined
      readonly ready: boolean | undefined
    } & Request)
  /** To the first candidate in the queue, or the first on the member `to`. */
  | ({ readonly kind: "transfer"; readonly token: Token; readonly to: string | undefined } & Request)
  | Revoke
  | WriteCommand
  | WorkAssign
  /** The first command of a cluster. `wallMs`: milliseconds since 1970 (`tokens.ts`). */
  | { readonly kind: "found"; readonly clusterId: string; readonly wallMs: number }
  /** After a loss of the quorum: `snapshotWallMs` is when the state was saved, 0 = not known. */
  | { readonly kind: "recover"; readonly wallMs: number; readonly snapshotWallMs: number }
  /** The next part of a backup, from 0; the first one of another restore takes the place of what was staged before. */
  | { readonly kind: "stage"; readonly restore: RestoreId; readonly part: number; readonly data: Uint8Array }
  | { readonly kind: "unstage"; readonly restore: RestoreId }
  /**
   * What is staged becomes the state. `wallMs`: now, in milliseconds since 1970; `savedWallMs`: when it was saved;
   * `quietMs`: the longest time to live of a session in it and the longest lock delay of a grant, one behind the other.
   */
  | {
      readonly kind: "restore"
      readonly restore: RestoreId
      readonly parts: number
      readonly wallMs: number
      readonly savedWallMs: number
      readonly quietMs: number
    }
  /** The proposer's state hash after entry `index`: a replica whose own differs stops. */
  | { readonly kind: "checkHash"; readonly index: number; readonly hash: string }

export type CommandKind = Command["kind"]
