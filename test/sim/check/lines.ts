import type { Command } from "@conclave/consensus"

/**
 * Histories: what clients asked and were told, and what was done to the fleet, one line a moment, in the order of
 * observation. Times are true ones, in microseconds; in files they and all 64-bit numbers are decimal strings.
 */
export type Line = InvokeLine | EndLine | HoldLine | ActLine | WatchLine | LogLine | FaultLine | SightLine | OtherLine

interface Moment {
  readonly t: number
  /** One operation in flight for each. */
  readonly p: string
}

export interface Input {
  /** The application process that asks. */
  readonly app?: string
  /** The session, once it is known; of a hold it may be found out only later. */
  s?: string
  seq?: number
  /** For a release, an update and a transfer: the hold that it is about. */
  readonly of?: number
  /** Sent again on purpose, by anybody. */
  readonly dup?: boolean
  /** Further names of a lock. */
  readonly names?: readonly string[]
  readonly mode?: "exclusive" | "shared"
  readonly waitMs?: number
  readonly maxHoldMs?: number
  readonly lockDelayMs?: number
  readonly priority?: number
  /** Of a permit: what it takes, and what all of them may. */
  readonly weight?: number
  readonly limit?: number
  readonly value?: string
  readonly note?: string
  readonly ifRev?: string
  readonly token?: string
  /** Of a revoke; its reason is no other's. */
  readonly graceMs?: number
  readonly reason?: string
  ttlMs?: number
  /** Under which a member or a worker joins. */
  readonly id?: string
  /** Of a member. */
  readonly ready?: boolean
  readonly capacity?: number
  /** Of work; a settlement and a checkpoint name their worker's hold by `of`. */
  readonly item?: string
  readonly pin?: string
  readonly result?: "done" | "released" | "failed"
  /** Its client knows that the token holds no more: what refuses it is the cluster. */
  readonly isLate?: boolean
  readonly partitions?: number
  readonly handoffTimeoutMs?: number
  readonly restartGraceMs?: number
  readonly maxAttempts?: number
  /** Of a barrier. */
  readonly parties?: number
  /** Of a read that is answered by what its agent has. */
  readonly stale?: boolean
  /** Of a list: all that begins so. */
  readonly prefix?: string
  /** Of a watch: its stream, and the revision behind which that goes on. */
  readonly w?: string
  readonly from?: number
  /** The life of the agent that it is asked at. */
  readonly boot?: number
  /** The highest revision that this client had been told when it asked; it may be shown nothing older. */
  readonly seen?: number
  /** Of a write that is done only while this token holds. */
  readonly guard?: { readonly kind: string; readonly name: string; readonly token: string }
}

export interface InvokeLine extends Moment {
  readonly k: "inv"
  readonly op: number
  /** The agent that the application talks to. */
  readonly n: string
  readonly f: Operation
  readonly key: string
  readonly a: Input
}

export type Operation =
  | "acquire"
  | "release"
  | "hold.update"
  | "hold.transfer"
  | "hold.get"
  | "hold.list"
  | "sessions.list"
  | "semaphore.resize"
  | "kv.put"
  | "kv.delete"
  | "kv.get"
  | "kv.list"
  | "watch"
  | "barrier"
  | WorkOperation
  | "revoke"
  | "restore"
  | "session.open"
  | "session.attach"
  | "session.close"
  | "heartbeat"
  | "member.ping"
  | "command"

export type WorkOperation =
  | "work.configure"
  | "work.put"
  | "work.remove"
  | "work.retry"
  | "work.items"
  | "work.settle"
  | "work.checkpoint"

/** `fail`: certainly not applied; `info`: nobody knows. */
export interface EndLine extends Moment {
  readonly k: "ok" | "fail" | "info"
  readonly op: number
  readonly rev?: number
  readonly e?: string
  readonly d?: Readonly<Record<string, unknown>>
  readonly r?: Result
}

export interface Result {
  /** Of an acquire. */
  readonly granted?: boolean
  readonly token?: string
  /** Of a read. */
  readonly holders?: readonly Shown[]
  readonly waiters?: readonly { readonly s: string; readonly seq: number }[]
  /** Of an entry that was read, and of a deletion. */
  readonly value?: string
  readonly modRev?: string
  readonly deleted?: boolean
  /** Of a read or a list: all that was shown, each as it was told. */
  readonly things?: readonly { readonly key: string; readonly item: unknown }[]
  /** How old the answer of a stale read may be, by its agent's own word. */
  readonly ageMs?: number
  /** Of the items of a pool, and of the removal of one. */
  readonly items?: readonly ShownItem[]
  readonly removed?: boolean
  /** Of a barrier. */
  readonly generation?: string
  readonly index?: number
  /** Of a revoke: the tokens that were asked. */
  readonly revoked?: readonly string[]
  /** Of a session's life: the promise, and what the client believes since, in true time. */
  readonly s?: string
  readonly validForMs?: number
  readonly until?: number
}

/** A holder as a read or a watch shows it. */
export interface Shown {
  readonly s: string
  readonly seq: number
  readonly token: string
  readonly value?: string
  /** Of a member. */
  readonly id?: string
  readonly ready?: boolean
}

/** An item as a read or a watch shows it, but for when its state began. */
export interface ShownItem {
  readonly item: string
  readonly state: string
  readonly worker: string | null
  readonly target: string | null
  readonly token: string | null
  readonly attempt: number
  readonly weight: number
  readonly pin: string | null
  readonly payload?: unknown
  readonly note?: string | null
}

/**
 * What a hold's client was told, as it was told. `until`: up to when it believes; one of type `until` says that this
 * has changed.
 */
export interface HoldLine extends Moment {
  readonly k: "hold"
  readonly op: number
  readonly key: string
  readonly type: "queued" | "granted" | "until" | "revoking" | "lost" | "assigned"
  /** Of a worker: it is about this item of its, under a token of its own. */
  readonly item?: string
  readonly attempt?: number
  readonly checkpoint?: string | undefined
  readonly token?: string
  readonly rev?: number
  readonly reason?: string
  readonly until?: number
}

/** A holder looked at its clock, found that it holds, and did something under its token. */
export interface ActLine extends Moment {
  readonly k: "act"
  readonly op: number
  readonly key: string
  readonly item?: string
  readonly token: string
}

/** What one stream was told; of kind `sum`: what its client's view has come to. */
export interface WatchLine extends Moment {
  readonly k: "watch"
  readonly op: number
  /** One stream, however often it was asked for anew. */
  readonly w: string
  /** `lock/x`, or with a star at its end all that begins so. */
  readonly scope: string
  readonly vk: "view" | "change" | "progress" | "sum"
  readonly reset?: boolean
  /** There is another part of this view. */
  readonly more?: boolean
  readonly rev: number
  readonly ev: readonly WatchEvent[]
}

export interface WatchEvent {
  readonly key: string
  readonly type: "put" | "delete"
  /** As it was told. */
  readonly item: unknown
  readonly reason?: string
  /** Where that is not the line's. */
  readonly rev?: number
}

/** What one life of an agent has come to know of a member, at this version of its view; undefined = it forgot it. */
export interface SightLine {
  readonly k: "sight"
  readonly t: number
  readonly n: string
  readonly boot: number
  readonly version: number
  readonly member: string
  readonly text: string | undefined
}

/** One applied command, at the moment in which the first replica knew it to be committed. */
export interface LogLine {
  readonly k: "log"
  readonly t: number
  readonly n: string
  readonly index: number
  readonly rev: number
  readonly term: number
  readonly stampMs: number
  /** Undefined: an entry of Raft's own. */
  readonly cmd: Command | undefined
  /** Of a restore: the entry behind which the state was saved. */
  readonly saved?: number
  readonly h: string
  /** What happened beside the command: sessions that ended, and why. */
  readonly fx: readonly { readonly ended: string; readonly cause: string }[]
}

export interface FaultLine {
  readonly k: "fault"
  readonly t: number
  readonly f: string
  readonly phase: "start" | "end"
  readonly spec: Readonly<Record<string, unknown>>
}

export interface OtherLine {
  readonly k: "header" | "member" | "end"
  readonly [key: string]: unknown
}

/** What a check found: the rule, the moment, and the place in words. */
export interface Finding {
  readonly rule: string
  readonly t: number
  readonly message: string
}
