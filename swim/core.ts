import type { Millis, NodeId, Random } from "@conclave/base"
import type { SwimConfig } from "./config.ts"
import type { Counters } from "./counters.ts"
import type { GossipQueue } from "./gossip-queue.ts"
import type { LocalHealth } from "./local-health.ts"
import type { MemberTable, Row } from "./member-table.ts"
import type { Effect, MemberRecord } from "./types.ts"

/** What the parts of one `Swim` share. Only `Membership` writes to the table and the queue. */
export interface Core {
  readonly config: SwimConfig
  readonly random: Random
  readonly table: MemberTable
  readonly queue: GossipQueue
  readonly health: LocalHealth
  readonly counters: Counters
  /** Time of the current step. */
  nowMs: Millis
  /** Effects of the current step, in order. */
  effects: Effect[]
}

/** What other parts do when a row comes, goes or changes. */
export interface RowListener {
  /** The row is alive or suspect now and was not before. */
  readonly rowLives: (row: Row) => void
  /** The row is dead, left or removed; `id` was its member. */
  readonly rowGone: (row: Row, id: NodeId) => void
  /** It lives at another address, or in another boot. */
  readonly rowMoved: (row: Row) => void
  /** It has answered the accusation that it is gone. */
  readonly rowCleared: (row: Row) => void
  /** Its suspicion is about to end: it is asked once more. */
  readonly lastCall: (row: Row) => void
  /** News that must not wait for the next gossip tick. */
  readonly hot: () => void
}

export function selfRecord(core: Core): MemberRecord {
  return core.table.record(0)
}

/** Members that live, this one included: the N of every formula. */
export function clusterSize(core: Core): number {
  return core.table.living.length + 1
}

export function isConclave(core: Core): boolean {
  return core.config.mode === "conclave"
}

/** The digest that messages carry; the baselines compare nothing. */
export function shownDigest(core: Core): number {
  return isConclave(core) ? core.table.digest.root : 0
}
