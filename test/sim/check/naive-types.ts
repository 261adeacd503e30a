import type { NodeId } from "@conclave/base"
import type {
  EndCause,
  HoldEnd,
  HoldKind,
  ItemState,
  PoolConfig,
  RestoreId,
  SessionId,
  StoredResult,
} from "@conclave/consensus"

export interface NaiveHost {
  id: NodeId
  boot: number
  renewedAt: number
  braked: boolean
}

export interface NaiveSession {
  id: SessionId
  host: NodeId
  secret: string
  ttl: number
  member: string
  app: string
  boot: number
  attachment: number
  detachedUntil: number | undefined
  floor: number
  revokeAt: number | undefined
}

export interface NaiveHold {
  session: SessionId
  seq: number
  kind: HoldKind
  names: string[]
  exclusive: boolean
  order: number
  priority: number
  queuedAt: number
  waitUntil: number
  maxHold: number
  lockDelay: number
  note: string | undefined
  value: string | undefined
  weight: number
  id: string | undefined
  ready: boolean | undefined
  /** Of workers. */
  capacity: number | undefined
  isLeaving: boolean
  token: number | undefined
  grantedAt: number
  revoking: { by: string; reason: string; untilMs: number | undefined } | undefined
  /** When its holder was asked for it first. */
  askedAt: number | undefined
}

export interface NaivePast {
  token: number | undefined
  since: number
  until: number
  how: string
  /** How long it was held and had waited before, how long after it was asked for it ended, and how many waited then. */
  held: number
  waited: number
  letGo: number | undefined
  waiters: number
}

export interface NaiveEntry {
  key: string
  value: string
  modRev: number
  createRev: number
}

export interface NaivePool {
  name: string
  config: PoolConfig
  configuredAt: number
  losses: { at: number; id: string | undefined; count: number }[]
  brake: { untilMs: number; of: number } | undefined
}

export interface NaiveItem {
  pool: string
  item: string
  order: number
  payload: string | undefined
  weight: number
  pin: string | undefined
  state: ItemState
  owner: NaiveOwner | undefined
  target: string | undefined
  keptUntil: number | undefined
  revoking: { by: string; reason: string; untilMs: number } | undefined
  attempt: number
  losses: number
  checkpoint: string | undefined
  since: number
}

export interface NaiveOwner {
  key: string
  session: SessionId
  id: string
  token: number
  note?: string
}

/** What a restore takes over, as it was when it was saved. */
export type NaiveBackup = Readonly<NaiveState>

export interface NaiveState {
  time: number
  rev: number
  token: number
  order: number
  wall: number
  quiet: Record<string, number>
  quietUntil: number
  history: Record<string, NaivePast[]>
  entries: NaiveEntry[]
  pools: NaivePool[]
  items: NaiveItem[]
}

/** All that the model knows. */
export interface NaiveLists extends NaiveState {
  hosts: NaiveHost[]
  sessions: NaiveSession[]
  holds: NaiveHold[]
  ended: { id: SessionId; cause: EndCause; at: number }[]
  answers: { session: SessionId; seq: number; result: StoredResult }[]
  asked: Record<string, number>
  /** Of semaphores that are used and barriers where somebody waits. */
  limits: Record<string, number>
  restored: RestoreId | undefined
  staged: { restore: RestoreId; parts: number; at: number } | undefined
  /** What each restore brings back. */
  backups: Record<RestoreId, NaiveBackup>
  /** Of items that were removed, until when their workers may believe in them. */
  believed: { pool: string; item: string; until: number }[]
  /** Workers that have ended, by the command that is at work: their items have not followed them yet. */
  departed: { hold: NaiveHold; how: HoldEnd; ttlMs: number }[]
  /** Workers that it has let in. */
  joined: NaiveHold[]
  /** Each worker and what it had, when the command began. */
  before: ReadonlyMap<string, string>
  /** By the command that is at work. */
  isChanged: boolean
  isRepeat: boolean
}
