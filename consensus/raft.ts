import { type Millis, Random } from "@conclave/base"
import type { RaftConfig } from "./config.ts"
import { Core } from "./core.ts"
import type { Campaign } from "./election.ts"
import type { LogIndex, ReplicaId, Term } from "./ids.ts"
import type { Leader } from "./leader.ts"
import { Log } from "./log.ts"
import { Replica } from "./replica.ts"
import type {
  AsOf,
  DiskState,
  Effect,
  EndReason,
  Group,
  HardState,
  Input,
  Role,
  SnapshotMeta,
  StoredState,
  VoteRefusal,
} from "./types.ts"

/** What a replica begins with: a new one with nothing, another with what its disk held. */
export interface RaftOptions {
  readonly id: ReplicaId
  readonly config: RaftConfig
  /** A 32-bit number, another one at each start: timeouts and the numbers of reads are drawn from it. */
  readonly seed: number
  readonly nowMs: Millis
  /** Read from disk and durable there (written anew, since reading does not prove it); absent = a new replica. */
  readonly stored?: StoredState
}

const NOTHING: HardState = { term: 0 as Term, vote: undefined, commit: 0 as LogIndex }
const NO_EFFECTS: readonly Effect[] = []

/**
 * One replica of a Raft group (Ongaro, Ousterhout 2014; thesis 2014): elects a leader, replicates a log, changes its
 * own members.
 *
 * A pure state machine: it has no clock, no timer, no disk and no dice of its own. Feed it with `step`, do what the
 * returned effects say in their order, and call `step` with a `tick` not later than `nextDeadlineMs`. It throws only
 * `AssertionError`, which is a bug, and after which it must not go on. Pre-vote, check-quorum and stickiness of votes
 * are one package and always on: each alone leaves a hole through which a healthy group can be kept from working.
 *
 * The driver keeps four promises, on which everything rests: `persist` effects become durable in their order, and each
 * is reported; a `send` with `after: "durable"` waits for every `persist` before it; a replica begins with what its
 * disk durably holds, under the id that it always had; the state machine applies each `commit` in order.
 *
 * @example
 * const raft = new Raft({ id, config: raftConfig(), seed: 1, nowMs: millis(0), stored: foundingState(id) })
 * const perform = (effects: readonly Effect[]): void => {
 *   for (const effect of effects) {
 *     if (effect.kind === "commit") done.push(...effect.entries.map(({ data }) => new TextDecoder().decode(data)))
 *     if (effect.kind !== "persist") continue
 *     const { write, epoch } = effect.write
 *     perform(raft.step(millis(0), { kind: "persisted", write, epoch }))
 *   }
 * }
 * perform(raft.step(millis(0), { kind: "tick" }))
 * perform(raft.step(millis(0), { kind: "propose", proposals: [{ call: 1, data, stampMs: 0, relieves: false }] }))
 */
export class Raft {
  readonly #core: Core
  readonly #replica: Replica

  constructor(options: RaftOptions) {
    const { id, config, nowMs, stored } = options
    const log = stored === undefined ? new Log() : new Log(stored.snapshot, stored.entries)
    const hardState = stored?.hardState ?? NOTHING
    this.#core = new Core({ id, config, random: new Random(options.seed), log, hardState, nowMs })
    this.#replica = new Replica(this.#core)
  }

  /** Takes one input at `nowMs`, which never falls, and returns what to do, in order. */
  step(nowMs: Millis, input: Input): readonly Effect[] {
    const core = this.#core
    if (core.ended !== undefined) return NO_EFFECTS
    core.begin(nowMs)
    this.#replica.take(input)
    this.#replica.finish()
    return core.end()
  }

  /** When the next `tick` is due; Infinity when there is nothing to wait for. */
  get nextDeadlineMs(): number {
    if (this.#core.ended !== undefined) return Number.POSITIVE_INFINITY
    return this.#replica.nextMs
  }

  get id(): ReplicaId {
    return this.#core.id
  }

  get term(): Term {
    return this.#core.term
  }

  get role(): Role {
    return this.#core.role
  }

  /** The leader of this term, as far as this replica knows. */
  get leader(): ReplicaId | undefined {
    return this.#core.leader
  }

  /** Who led before: the one that handed over, if it did. */
  get formerLeader(): ReplicaId | undefined {
    return this.#core.formerLeader
  }

  get commit(): LogIndex {
    return this.#core.commit
  }

  /** The group in force: of the last entry that changes it, committed or not. */
  get group(): Group {
    return this.#core.group
  }

  get otherVoters(): readonly ReplicaId[] {
    return this.#core.otherVoters
  }

  /** What `id` says counts here. */
  believes(id: ReplicaId): boolean {
    return this.#replica.fellows.has(id)
  }

  /** No group in its log has it: until one does it believes whomever the driver lets through. */
  get isNewcomer(): boolean {
    return this.#replica.fellows.isNewcomer
  }

  get log(): Log {
    return this.#core.log
  }

  get featureLevel(): number {
    return this.#core.featureLevel
  }

  /** What only the leader knows. */
  get reign(): Leader | undefined {
    return this.#replica.leader
  }

  get config(): RaftConfig {
    return this.#core.config
  }

  get disk(): DiskState {
    return this.#core.disk
  }

  /** Since when the oldest write that is not durable yet has waited. */
  get waitingSinceMs(): Millis | undefined {
    return this.#core.waitingSinceMs
  }

  /** It neither votes nor campaigns nor leads, for its disk's sake. */
  get isDiskSick(): boolean {
    return this.#core.isDiskSick
  }

  /** Why it takes no input any more. */
  get ended(): EndReason | undefined {
    return this.#core.ended
  }

  /** The foreign snapshot that is being taken over. */
  get installing(): SnapshotMeta | undefined {
    return this.#core.installing
  }

  /** The highest entry that is on disk here. */
  get durable(): LogIndex {
    return this.#core.durable
  }

  /** When its leader was heard last; -Infinity = it counts as gone, or none was heard since the start. */
  get heardMs(): number {
    return this.#core.heardMs
  }

  /** Of when what is committed here is, by the word of a leader that it heard, or was. */
  get asOf(): AsOf {
    return this.#core.asOf
  }

  /** When anything came from each of the others since the start. */
  get contacts(): ReadonlyMap<ReplicaId, Millis> {
    return this.#core.contacts
  }

  /** The call for votes under way, or the last one while no leader is heard. */
  get campaign(): Campaign | undefined {
    return this.#replica.election.campaignKnown
  }

  /** Who refused in the campaign under way, and why. */
  get refusals(): ReadonlyMap<ReplicaId, VoteRefusal | undefined> {
    return this.#replica.election.refusals
  }
}
