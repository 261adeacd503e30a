import type { Millis, NodeId } from "@conclave/base"
import type {
  Change,
  Command,
  CommandResult,
  EndCause,
  Hold,
  HoldKind,
  Item,
  KvEntry,
  ListedName,
  ListedSession,
  Listing,
  NameView,
  PoolView,
  Renewal,
  RenewalOutcome,
  Session,
  SessionId,
  StoredResult,
  Token,
  Tombstone,
  Wall,
} from "@conclave/consensus"

/** What became of a command. */
export type Proposed =
  | { readonly kind: "applied"; readonly result: CommandResult; readonly rev: number }
  | NotProposed
  /** It was handed to a leader; what became of it is not known. */
  | { readonly kind: "unknown" }

/** Certainly nothing happened: no leader was reached in time, or it took no more. */
export interface NotProposed {
  readonly kind: "not-proposed"
  /** `no-founding`: of a host that is to found a cluster with others, and has not yet. */
  readonly reason: "no-cluster" | "no-founding" | "no-quorum" | "overloaded" | "disk-full" | "generation-not-kept"
  /** Voters that are up, and how many are needed. */
  readonly up: number
  readonly needed: number
  /** Voters by the names of their hosts, where they are known: those that are up, and those that are not. */
  readonly reachable?: readonly string[]
  readonly unreachable?: readonly string[]
}

/** The replicated state at one revision, to be read at once and not kept. */
export interface StateView {
  readonly rev: number
  /** The replicated clock. */
  readonly timeMs: number
  /** What the wall clock showed when, for people. */
  readonly walls: readonly Wall[]
  readonly session: (id: SessionId) => Session | undefined
  /** In no order. */
  readonly sessions: () => Iterable<Session>
  /** Those of one host, in no order. */
  readonly sessionsOf: (host: NodeId) => readonly SessionId[]
  /** Why a session is over; undefined = it is not, never was, or that is forgotten. */
  readonly endOf: (id: SessionId) => EndCause | undefined
  readonly hold: (session: SessionId, seq: number) => Hold | undefined
  /** The answer to a request, while it is kept. */
  readonly answer: (session: SessionId, seq: number) => StoredResult | undefined
  /** How many stand before one who waits, from 0, at the name where most do; undefined = it does not wait. */
  readonly waitsBehind: (session: SessionId, seq: number) => number | undefined
  /** What a session holds and waits for, oldest first. */
  readonly holdsOf: (id: SessionId) => readonly Hold[]
  /** `waiters` in the order in which they are granted. */
  readonly name: (kind: HoldKind, name: string) => NameView
  /** The names that have a holder or a waiter and begin so, sorted. */
  readonly names: (kind: HoldKind, prefix: string) => readonly string[]
  readonly entry: (key: string) => KvEntry | undefined
  /** Those whose keys begin so, in the order of their keys; to be gone through at once. */
  readonly entries: (prefix: string) => Iterable<KvEntry>
  /**
   * Of those names, of all sessions and of those entries, in order, as they are now; to be read later, step by step.
   */
  readonly listNames: (kind: HoldKind, prefix: string) => Listing<ListedName>
  /** The same of one name, free or not. */
  readonly listName: (kind: HoldKind, name: string) => Listing<ListedName>
  readonly listSessions: () => Listing<ListedSession>
  readonly listEntries: (prefix: string) => Listing<KvEntry>
  readonly listItems: (pool: string, prefix: string) => Listing<Item>
  /** Undefined: it has neither settings nor items. Live: it holds until the next change. */
  readonly pool: (name: string) => PoolView | undefined
  readonly item: (pool: string, item: string) => Item | undefined
  /** Of an item of this name that was removed, while its worker may believe in it. */
  readonly tombstone: (pool: string, item: string) => Tombstone | undefined
  /** Whether a worker has an item under this token. */
  readonly isAssigned: (token: Token) => boolean
  /** What one worker has of a pool, in no order. */
  readonly itemsOf: (pool: string, worker: { readonly session: SessionId; readonly seq: number }) => readonly Item[]
  /** When a session expires as things stand. */
  readonly expiresAtMs: (session: Session) => number
}

export type Read = { readonly kind: "read"; readonly state: StateView } | NotProposed

/** What is told of the state as it changes, always in the order of revisions. */
export interface StateListener {
  /** All changes of one revision. */
  readonly changed: (rev: number, changes: readonly Change[], state: StateView) => void
  /** The state was replaced as a whole (a snapshot): what was heard before may be missing changes. */
  readonly replaced: (state: StateView) => void
}

/** What the agent asks of the replicated state. */
export interface Cluster {
  /** This host, and its present boot. */
  readonly host: NodeId
  readonly boot: () => number
  /** Calls back exactly once, at `deadline` at the latest. */
  readonly propose: (command: Command, deadline: Millis, done: (outcome: Proposed) => void) => void
  /** Keeps the sessions of this host alive; undefined = nobody knows whether it counted. */
  readonly renew: (renewal: Renewal, deadline: Millis, done: (outcome: RenewalOutcome | undefined) => void) => void
  /** Linearizable: the state as it is at some moment after the call. Calls back exactly once. */
  readonly read: (deadline: Millis, done: (outcome: Read) => void) => void
  /** As this host knows it, and how old that may be in ms; undefined = it knows nothing, or not at this moment. */
  readonly local: () => { readonly state: StateView; readonly ageMs: number } | undefined
  /** This host keeps the state itself. */
  readonly hasState: () => boolean
  readonly listen: (listener: StateListener) => () => void
}
