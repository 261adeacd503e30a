import { assert } from "@conclave/base"

/** The data of one entry: more is refused, since the entry would have to fit a frame. */
export const ENTRY_DATA_BYTES_MAX: number = 1024 * 1024
/** Beyond it the envelopes of many small entries might not fit a frame. */
const APPEND_BYTES_LIMIT = 2 * 1024 * 1024
export const FEATURE_LEVEL_LIMIT = 65_535

export interface RaftConfig {
  /** Between two heartbeats of a leader. */
  readonly heartbeatMs: number
  /**
   * T: a follower campaigns after silence drawn from [T, 2T) (Raft §5.2), a leader without its quorum for T steps down.
   */
  readonly electionMs: number
  /** Entries of one append, in bytes, at most 2 MiB; one larger entry travels alone. */
  readonly appendBytesMax: number
  /** Appends on their way to one follower, as a number and in bytes. */
  readonly inflightMax: number
  readonly inflightBytesMax: number
  /** Appended and not yet committed; beyond it proposals are refused as `overloaded`. */
  readonly uncommittedBytesMax: number
  /** The further share that commands may use which relieve overload. */
  readonly uncommittedReserveBytes: number
  /**
   * A follower to which nothing else goes hears of a new commit index after so long, at once where somebody waits for
   * it (`announce`); 0 = at once always. An append that goes meanwhile carries it for nothing.
   */
  readonly commitNewsMs: number
  /** Reads that wait for a round; more are answered with "ask again". */
  readonly readsMax: number
  /**
   * A learner may become a voter when it lacks at most this many entries: an absolute gap, never a ratio of indexes.
   */
  readonly promoteGapMax: number
  /** Entries kept behind a snapshot, so that a follower that was away for a moment needs no snapshot. */
  readonly keepEntries: number
  /** Of these only the last so many bytes: they stay in memory. */
  readonly keepBytes: number
  /**
   * While a snapshot is sent all that follows it is kept up to so many bytes; beyond, another snapshot has to follow.
   */
  readonly pinnedBytesMax: number
  /** How long a term won by a hint cannot be ended by a hint; doubled each time that one is. */
  readonly hintGuardMs: number
  readonly hintGuardMaxMs: number
  /** The highest feature level that this program knows, at most 65,535. */
  readonly featureLevelMax: number
}

export const RAFT_DEFAULTS: RaftConfig = {
  heartbeatMs: 150,
  electionMs: 1200,
  appendBytesMax: 512 * 1024,
  inflightMax: 64,
  inflightBytesMax: 1024 * 1024,
  uncommittedBytesMax: 8 * 1024 * 1024,
  uncommittedReserveBytes: 1024 * 1024,
  commitNewsMs: 5,
  readsMax: 10_000,
  promoteGapMax: 100,
  keepEntries: 5000,
  keepBytes: 8 * 1024 * 1024,
  pinnedBytesMax: 64 * 1024 * 1024,
  hintGuardMs: 30_000,
  hintGuardMaxMs: 600_000,
  featureLevelMax: 1,
}

/** The defaults with changes; throws `AssertionError` where they do not fit together. */
export function raftConfig(changes: Partial<RaftConfig> = {}): RaftConfig {
  const config = { ...RAFT_DEFAULTS, ...changes }
  for (const [key, value] of Object.entries(config)) {
    assert(Number.isSafeInteger(value) && value >= 0, `${key} is a whole number from 0`)
  }
  assert(config.heartbeatMs > 0 && config.electionMs >= 2 * config.heartbeatMs, "an election outlasts two heartbeats")
  assert(config.inflightMax > 0 && config.inflightBytesMax > 0, "something may be on its way")
  assert(config.appendBytesMax > 0 && config.featureLevelMax > 0, "an append carries something")
  assert(config.featureLevelMax <= FEATURE_LEVEL_LIMIT, "a feature level fits its record")
  assert(config.appendBytesMax <= APPEND_BYTES_LIMIT, "an append fits a frame")
  return config
}
