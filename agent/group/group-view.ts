import type { Addr, NodeId } from "@conclave/base"
import { type ClusterId, majority, type ReplicaId } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import type { MemberChanged } from "../api/view.ts"
import type { NotProposed } from "../coordination/cluster.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { offeredBy, SeatBook } from "../replica/seat-book.ts"
import type { Hello } from "../streams/stream-frame.ts"
import type { GroupSight } from "./group-sight.ts"
import type { Reign } from "./mirror/reign.ts"

/** Relays of one agent. */
const RELAYS = 2

export interface GroupViewOptions {
  readonly self: NodeId
  readonly members: () => readonly Member[]
  /** What this host belongs to, its own replica, and that replica where it runs. */
  readonly life: () => {
    readonly cluster: ClusterId | undefined
    readonly replica: ReplicaId | undefined
    readonly running: RunningReplica | undefined
  }
  /** The last entry that this host's copy of the state has. */
  readonly appliedIndex: () => number
}

/** The group as this host sees it: from its replica where it has one, else from what gossip and a relay tell. */
export class GroupView {
  readonly #options: GroupViewOptions
  readonly #book: SeatBook
  /** What a relay told last, where there is no replica here. */
  #reign: Reign | undefined

  constructor(options: GroupViewOptions) {
    this.#options = options
    this.#book = new SeatBook(options.self)
  }

  memberChanged({ before, after }: Pick<MemberChanged, "before" | "after">): void {
    this.#book.changed(before, after)
  }

  learned(reign: Reign): void {
    // Relays may tell of one that is over.
    if (this.#reign === undefined || reign.term >= this.#reign.term) this.#reign = reign
  }

  /** As a host without a replica sees it. */
  get sight(): GroupSight {
    const { cluster } = this.#options.life()
    return {
      reign: this.#reign,
      ownerOf: (replica) => this.#book.ownerOf(replica),
      seats: cluster === undefined ? [] : this.#book.seats(cluster),
      appliedIndex: this.#options.appliedIndex(),
    }
  }

  /** What a relay told last is that nobody leads. */
  get isLeaderless(): boolean {
    return this.#reign !== undefined && this.#reign.leader === undefined
  }

  /** The member that leads, as far as this host knows. */
  get leader(): Member | undefined {
    const { running } = this.#options.life()
    const leader = running === undefined ? this.#reign?.leader : running.raft.leader
    return leader === undefined ? undefined : this.#book.ownerOf(leader)
  }

  /**
   * Too few of those that vote have room for new work: on the leader as they told it themselves, elsewhere by gossip.
   */
  get lacksRoom(): boolean {
    const { cluster, running } = this.#options.life()
    const reign = running?.raft.reign
    if (reign !== undefined) return reign.hasQuorum && !reign.hasRoom
    const full = cluster === undefined ? [] : this.#book.seats(cluster).filter(({ record }) => record.seat?.isFull)
    const voters = this.#voters
    const roomy = voters.filter((each) => !full.some((member) => offeredBy(member) === each))
    return voters.length > 0 && roomy.length < majority(voters.length)
  }

  get #voters(): readonly ReplicaId[] {
    return this.#options.life().running?.raft.group.voters ?? this.#reign?.voters ?? []
  }

  /** Members that belong to another cluster than `own`, as gossip says, the living ones first. */
  others(own: ClusterId | undefined): readonly Member[] {
    return this.#book.others(own)
  }

  /** Members that say they have a seat in the group of this cluster. */
  seats(cluster: ClusterId): readonly Member[] {
    return this.#book.seats(cluster)
  }

  /** Other members of the group whose disks have no room for new work. */
  get full(): readonly Member[] {
    const { cluster } = this.#options.life()
    const seats = cluster === undefined ? [] : this.#book.seats(cluster)
    return seats.filter(({ id, state, record }) => {
      return id !== this.#options.self && state !== "dead" && record.seat?.isFull === true
    })
  }

  ownerOf(replica: ReplicaId): Member | undefined {
    return this.#book.ownerOf(replica)
  }

  /** Why whoever has the key of `peer` may not speak as it does. */
  objection(hello: Hello, peer: NodeId): string | undefined {
    return this.#book.objection(hello, peer)
  }

  /** As gossip tells, it votes in this cluster. */
  votes(replica: ReplicaId, cluster: string): boolean {
    return this.#book.votes(replica, cluster)
  }

  addrOf(replica: ReplicaId): Addr | undefined {
    return this.#book.addrOf(replica)
  }

  /** The member whose replica it is, for people. */
  nameOf(replica: ReplicaId): string | undefined {
    const { self, members, life } = this.#options
    const isOwn = replica === life().replica
    const owner = isOwn ? members().find(({ id }) => id === self) : this.#book.ownerOf(replica)
    return owner?.record.name
  }

  /** Other hosts may come to the leader through this member. */
  isRelay(id: NodeId): boolean {
    const { cluster } = this.#options.life()
    return cluster !== undefined && this.#book.hasLog(id, cluster)
  }

  /** Where the calls of this host go, the preferred one first. */
  relays(): readonly Addr[] {
    const { cluster } = this.#options.life()
    return cluster === undefined ? [] : this.#book.relays(cluster, RELAYS)
  }

  /** What stands against a write: who of those that vote is up, and how many would have to be. */
  notProposed(reason: NotProposed["reason"]): NotProposed {
    const { running } = this.#options.life()
    const voters = this.#voters
    const isUp = (each: ReplicaId): boolean => each === running?.raft.id || this.#book.ownerOf(each)?.state === "alive"
    const up = voters.filter(isUp)
    const namesOf = (those: readonly ReplicaId[]): string[] => those.map((each) => this.nameOf(each) ?? each).sort()
    const needed = voters.length === 0 ? 1 : majority(voters.length)
    const unreachable = namesOf(voters.filter((each) => !isUp(each)))
    return { kind: "not-proposed", reason, up: up.length, needed, reachable: namesOf(up), unreachable }
  }
}
