import type { Brand, NodeId } from "@conclave/base"

/** An application's lease: 26 base32 characters, minted at random by its agent and never used again. */
export type SessionId = Brand<string, "SessionId">

/** One restore of a backup: 26 base32 characters, minted at random and never used again. */
export type RestoreId = Brand<string, "RestoreId">

/** A fencing token: one counter for the whole cluster, growing with each grant for its whole life. Below 2⁵³. */
export type Token = Brand<number, "Token">

/** What can be held. One queue serves all; they differ in their parameters alone (`queue.ts`). */
export type HoldKind = "lock" | "election" | "semaphore" | "group" | "work" | "barrier"

export type LockMode = "exclusive" | "shared"

/** How the application is known to live: by heartbeats of its own loop, or by an open connection alone. */
export type Liveness = "heartbeat" | "connection"

/**
 * Why a session ended: `closed` by its application; `exited`: its processes are gone; `silent`: its agent heard nothing
 * for longer than it had promised; `left`: its host departed; `revoked` by an operator; `expired`: its host was silent,
 * or nobody attached to it in time.
 */
export type EndCause = "closed" | "exited" | "silent" | "left" | "revoked" | "expired"

/** Why a grant is no more (contract §3.3). */
export type LossReason =
  | "expired"
  | "session-lost"
  | "revoked"
  | "max-hold"
  | "transferred"
  | "closed"
  | "released"
  /** Somebody has joined under the same id. */
  | "fenced"

/**
 * How a hold ended; what is no loss, without ever having been granted, and so may be whoever waited and was fenced.
 * `too-heavy`: a limit was shrunk below what it asks for; `opened`: the barrier at which it waited did.
 */
export type HoldEnd = LossReason | "cancelled" | "wait-timeout" | "session-ended" | "too-heavy" | "opened"

/** What a worker says of itself when it joins: what it takes, and where it is. Undefined capacity = without limit. */
export interface Worker {
  readonly capacity: number | undefined
  readonly zone: string | undefined
  /** By key. */
  readonly tags: readonly Tag[]
  /** It drains: it gets nothing any more, and with its last item its hold ends. Not so when it joins. */
  readonly isLeaving: boolean
}

export interface Tag {
  readonly key: string
  readonly value: string
}

/** A polite request to finish: `untilMs` is when the grant is broken, undefined = never for this reason alone. */
export interface Revoking {
  readonly by: string
  readonly reason: string
  readonly untilMs: number | undefined
}

// What follows is the replicated state. Records are never changed: a new one replaces the old one, so that watchers and
// snapshots may keep what they have seen. Times are replicated ones (`timeMs`), which no wall clock knows.

/** A host exists here as long as it has a session. */
export interface Host {
  readonly id: NodeId
  /** The agent's generation: grows with each of its boots. */
  readonly boot: number
  readonly renewedAtMs: number
  /** Its sessions expire one TTL later than they would, once (`brake.ts`); a renewal ends it. */
  readonly isBraked: boolean
}

export interface Session {
  readonly id: SessionId
  readonly host: NodeId
  /** SHA-256 of the secret, 32 bytes: the secret itself is nowhere in the state. */
  readonly secretHash: Uint8Array
  readonly ttlMs: number
  readonly liveness: Liveness
  /** The name of its host, for people. */
  readonly member: string
  readonly app: string
  /** As the application's own pid namespace has it. */
  readonly pid: number | undefined
  readonly openedAtMs: number
  /** The boot of the agent that attached it, and the agent's number of that attachment. */
  readonly boot: number
  readonly attachment: number
  /** When it expires unless attached before; undefined = attached, and expires by the renewals of its host. */
  readonly detachedUntilMs: number | undefined
  readonly revoking: Revoking | undefined
}

/** One place in a queue, waiting or granted: the one noun behind locks, permits, leaderships, members and workers. */
export interface Hold {
  readonly session: SessionId
  /** The request that made it: with the session its name. */
  readonly seq: number
  readonly kind: HoldKind
  /** Granted all at once, under one token. The first is the one that was asked for, the others are further ones. */
  readonly names: readonly string[]
  readonly mode: LockMode
  /** How much of each name's limit it takes (`queue.ts`). */
  readonly weight: number
  /** The place among equals: grows with each request. */
  readonly order: number
  /** Higher ones stand before lower ones. */
  readonly priority: number
  readonly queuedAtMs: number
  /** When it gives up waiting; undefined = never. */
  readonly waitUntilMs: number | undefined
  readonly maxHoldMs: number | undefined
  /** How long nobody is granted its names after it was lost against its will. */
  readonly lockDelayMs: number
  readonly note: string | undefined
  /** Compact JSON. */
  readonly value: string | undefined
  /** Of members and workers: of those of one name no two have the same. */
  readonly id: string | undefined
  /** Of members. */
  readonly ready: boolean | undefined
  /** Of workers. */
  readonly worker: Worker | undefined
  /** Undefined = it waits. */
  readonly token: Token | undefined
  readonly grantedAtMs: number
  readonly revoking: Revoking | undefined
  /** When its holder was asked for it first; undefined = nobody has. */
  readonly askedAtMs: number | undefined
}

/** A grant that is over. */
export interface PastGrant {
  readonly token: Token
  readonly member: string
  readonly app: string
  readonly sinceMs: number
  readonly untilMs: number
  readonly reason: LossReason
  /** Who asked for it and why, where it was revoked. */
  readonly revoked: Pick<Revoking, "by" | "reason"> | undefined
}

/**
 * What is known of a name beside its holds. One that nobody holds or waits for is kept for its history, for a while.
 */
export interface Name {
  readonly kind: HoldKind
  readonly name: string
  /** What the weights of its holders may add up to, or how many parties open it; 0 = nobody has said it yet. */
  readonly limit: number
  /** Nobody is granted it before (lock delay). */
  readonly quietUntilMs: number
  /** When a holder was last asked to make way for a candidate of higher priority. */
  readonly askedAtMs: number | undefined
  /** The revision that freed it; undefined = it has holders or waiters. */
  readonly freedAt: number | undefined
  /** The last 32, newest last. */
  readonly history: readonly PastGrant[]
  /** Of all that are over since it is remembered. */
  readonly figures: Figures
}

/** Of some things all together, and the largest one. */
export interface Figure {
  readonly sum: number
  readonly max: number
}

/** How a name is contended for, as its grants have shown that are over. Times in ms of the replicated clock. */
export interface Figures {
  readonly grants: number
  /** Those that ended against the will of their holders. */
  readonly lost: number
  /** Those whose holders were asked to let go. */
  readonly asked: number
  readonly held: Figure
  /** From the request to the grant. */
  readonly waited: Figure
  /** From when its holder was asked for it to the end. */
  readonly letGo: Figure
  /** Who waited when a grant ended. */
  readonly queue: Figure
}

/** The answer to one request, kept so that the same request gets the same answer. */
export interface Answer {
  readonly seq: number
  readonly result: StoredResult
}

/** A part of a backup that waits to become the state. Parts count from 0; at most one restore is being prepared. */
export interface StagedPart {
  readonly restore: RestoreId
  readonly part: number
  readonly atMs: number
  /** Records, each behind its length (`chunks.ts`). */
  readonly data: Uint8Array
}

/** Something small that applications share, under a key. */
export interface Entry {
  readonly key: string
  /** Compact JSON. */
  readonly value: string
  /** The revision that made it what it is, and the one that made it. */
  readonly modRev: number
  readonly createRev: number
}

/** A session that is over: known for a while, so that a late request neither revives it nor goes without its cause. */
export interface EndedSession {
  readonly id: SessionId
  readonly cause: EndCause
  readonly endedAtMs: number
}

// What the log says, and what comes of it.

/** One committed entry. `data` undefined: it is Raft's own and carries a stamp at most. */
export interface LogEntry {
  readonly index: number
  /** Replicated time as the leader knew it; 0 = says nothing. */
  readonly stampMs: number
  readonly data: Uint8Array | undefined
}

/** Why a command did nothing. */
export type Refusal =
  /** Of a session that ended or never was; `cause` undefined = not known any more. */
  | { readonly kind: "session-lost"; readonly cause: EndCause | undefined }
  | { readonly kind: "invalid"; readonly field: string }
  | { readonly kind: "exhausted"; readonly limit: string }
  | { readonly kind: "unknown-item" }
  /** The token does not hold (any more); `current`: the one that does. */
  | { readonly kind: "grant-lost"; readonly current?: number }
  /** `current`: what is there instead, where that is a number (a revision, 0 = nothing; a limit). */
  | { readonly kind: "conflict"; readonly reason: string; readonly current?: number }
  /** A wrong secret, or another session's token. */
  | { readonly kind: "not-yours" }
  /** Sent by a former life of the agent, or meant for a former attachment. */
  | { readonly kind: "outdated" }
  /** The answer is not stored any more: whether it was applied is unknown. A hold, though, is certainly over. */
  | { readonly kind: "forgotten" }

/**
 * Every request of a session: the same `seq` gets the same answer. `floor`: the session has the answers to all requests
 * below and never repeats them; holds that live are remembered apart from it.
 */
export interface Request {
  readonly session: SessionId
  readonly seq: number
  readonly floor: number
}

/** What is remembered under (session, seq). */
export type StoredResult =
  /** The hold of this seq is over. `token` undefined = it was never granted. */
  | { readonly kind: "ended"; readonly how: HoldEnd; readonly token: Token | undefined; readonly rev: number }
  /** The barrier has opened: all who were there got the same generation, and each its place among them, from 0. */
  | { readonly kind: "opened"; readonly generation: Token; readonly index: number; readonly rev: number }
  | { readonly kind: "written"; readonly rev: number }
  /** `isRemoved` false: there was nothing to remove. */
  | { readonly kind: "removed"; readonly isRemoved: boolean; readonly rev: number }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly rev: number }

/** `isCurrent` false: void, as another boot of the host is the present one, or it has no session. */
export interface RenewalOutcome {
  readonly host: NodeId
  readonly attempt: number
  /** The replicated clock when it was applied: it had come no further when the renewal was sent. */
  readonly timeMs: number
  readonly isCurrent: boolean
}

export type CommandResult =
  | StoredResult
  | { readonly kind: "done"; readonly rev: number }
  | { readonly kind: "renewed"; readonly items: readonly RenewalOutcome[] }
  /** `timeMs` as with a renewal. */
  | { readonly kind: "attached"; readonly ttlMs: number; readonly timeMs: number; readonly rev: number }
  /** `position` from 1. */
  | { readonly kind: "queued"; readonly position: number; readonly rev: number }
  | { readonly kind: "granted"; readonly token: Token; readonly rev: number }
  /** Those that were asked to finish, and with a grace of 0 are gone. */
  | { readonly kind: "revoked"; readonly tokens: readonly Token[]; readonly rev: number }
