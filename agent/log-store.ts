import type { Millis, NodeId } from "@conclave/base"
import type { ClusterId, ReplicaId, SnapshotMeta, StoredState, Write } from "@conclave/consensus"

/**
 * The durable half of one replica: its log, its hard state and its snapshots, in one directory. Whoever opens it has
 * claimed the data directory around it, which no other process has then. `agent/node` runs it in a
 * worker thread, `test/sim` in virtual time; both answer by callback, never from within the call, and in the order of
 * the calls of each kind, so that a whole cluster can run in one synchronous loop.
 *
 * The first write, sync or rename that fails ends the store: `failed` is called once, and nothing is acknowledged ever
 * again, since after a failed sync nobody knows what the disk holds, and asking again may say "all is well" (Rebello et
 * al., ATC 2020). What is left is `retire`, after which a new replica may be created, or `open`, which takes nothing
 * for durable that it has not written anew. A full disk is no failure: see `Room`.
 */
export interface LogStore {
  /**
   * Reads everything, cuts a torn tail and writes it anew; where nothing is, nothing is made. Before all else, and
   * again where it was closed or has failed.
   */
  readonly open: (owner: NodeId, events: LogStoreEvents, done: (opened: Opened) => void) => void
  /** Makes a replica where `open` or `retire` found or left nothing. `done` when it is durable. */
  readonly create: (mint: Mint, done: (result: StoreResult) => void) => void
  /**
   * In the order of the calls; reported by `persisted`. The write's bytes are copied: the caller may go on with them.
   */
  readonly persist: (write: Write) => void
  /**
   * The snapshot `meta` of the replica's own state machine is durable (its writer said so): the log before the snapshot
   * that it follows is not needed. The two newest snapshots stay, and the log behind the older one, so that a rotten
   * snapshot costs nothing.
   */
  readonly compact: (meta: SnapshotMeta) => void
  /** A snapshot to be: one's own, or one that a leader sends. Several may be under way. */
  readonly writeSnapshot: (meta: SnapshotMeta) => SnapshotWriter
  /**
   * The chunks of a snapshot that is here, for restoring or sending: `Opened.stored.snapshot`, or one written since.
   */
  readonly readSnapshot: (meta: SnapshotMeta) => SnapshotReader
  /** Puts the files of an ended replica aside, whatever state they are in. Everything under way is void. */
  readonly retire: (done: (result: StoreResult) => void) => void
  /** Deletes all that was put aside: when the successor votes. */
  readonly discardRetired: (done: (result: StoreResult) => void) => void
  /** Writes what was handed over, then lets go of the directory. Nothing may be asked afterwards. */
  readonly close: (done: () => void) => void
  readonly room: Room
  /**
   * When the oldest write that is not yet persisted was handed over; undefined = none waits. Tells a disk that stalls.
   */
  readonly waitingSince: Millis | undefined
}

export interface LogStoreEvents {
  /** This write and all before it are durable. Writes that came together are reported together, by the last of them. */
  readonly persisted: (write: number, epoch: number) => void
  /** Once, the last that is heard of a replica: its disk is dead, and it must end. `message` is for people. */
  readonly failed: (message: string) => void
  readonly roomChanged: (room: Room) => void
}

/**
 * Whether the disk takes more. The log writes only where zeros were written before, and reserves its next segment long
 * before it is needed, so a full disk is known early: `low` = the next segment cannot be reserved; refuse new work, and
 * let go on what relieves (releases, renewals). `full` = the rest of this segment is for what is under way alone;
 * writes that do not fit wait, unacknowledged, until there is room again.
 */
export type Room = "ok" | "low" | "full"

/** A new replica. `state` is a founder's first entries, or nothing at all for one that joins a group. */
export interface Mint {
  readonly cluster: ClusterId
  readonly replica: ReplicaId
  /** The agent whose replica this is: a log that came here with another agent's files is not continued. */
  readonly owner: NodeId
  readonly state: StoredState
}

export interface ReplicaIdentity {
  readonly cluster: ClusterId
  readonly replica: ReplicaId
}

export type Opened =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "open"
      readonly identity: ReplicaIdentity
      /** Durable, also after the next power cut. Its snapshot is whole and readable, or the empty one. */
      readonly stored: StoredState
      /** For people: a tail that was cut, an older snapshot taken because the newest is rotten. */
      readonly remarks: readonly string[]
    }
  | {
      readonly kind: "closed"
      readonly reason: ClosedReason
      /** As far as it could be read. */
      readonly identity: ReplicaIdentity | undefined
      /** For people: what is wrong and where, and the one next step. */
      readonly message: string
      readonly hint: string
    }

/**
 * `damaged`: bytes that were acknowledged are not there, or not as they were written; a log is never made shorter for
 * that. `data-directory-moved`: the directory is a copy, or was restored; the original may live on. `copy`: it belongs
 * to another agent. `older-version`, `newer-version`: written by a program that this one cannot go on after; the files
 * are sound. `io-error`: the system refused to read or to write.
 */
export type ClosedReason = "damaged" | "data-directory-moved" | "copy" | "older-version" | "newer-version" | "io-error"

export type StoreResult = { readonly ok: true } | { readonly ok: false; readonly message: string }

export const SNAPSHOT_CHUNK_BYTES_MAX: number = 1024 * 1024

/**
 * Writes one snapshot in chunks of 1 byte to 1 MiB. `taken` is called when the chunk is written and the next may come:
 * whoever waits for it keeps the log's own writes fast. A full disk ends the writer alone (`ok: false`, and everything
 * later is refused), any other failure the store.
 */
export interface SnapshotWriter {
  readonly append: (chunk: Uint8Array, taken: (result: StoreResult) => void) => void
  /** Syncs, reads everything back and compares, and gives it its name: `done` when it is durable. */
  readonly finish: (done: (result: StoreResult) => void) => void
  /** Forgets one that is not finished. */
  readonly abort: () => void
}

export type SnapshotChunk =
  | { readonly kind: "chunk"; readonly bytes: Uint8Array }
  /** All chunks were read, and they are what was written. */
  | { readonly kind: "end" }
  /** Not here, or rotten; chunks that came before are sound, but not the whole. */
  | { readonly kind: "unreadable"; readonly message: string }

/** Reads one snapshot in the chunks that it was written in; each is checked before it is handed out. */
export interface SnapshotReader {
  readonly next: (done: (chunk: SnapshotChunk) => void) => void
  /** Lets go of it; after the end, or before. */
  readonly close: () => void
}
