import { type Addr, hashText, type NodeId } from "@conclave/base"
import type { ClusterId, ReplicaId } from "@conclave/consensus"
import type { Member, Seat } from "@conclave/swim"
import type { Hello, Purpose } from "../streams/stream-frame.ts"

type Seated = Member & { readonly record: { readonly seat: Seat } }

/** What replicas say to each other; everything else is said by hosts. */
const OF_REPLICAS: ReadonlySet<Purpose> = new Set(["replica", "snapshot"])

/** What gossip tells of seats: who has which replica, where, and through whom the leader is reached. */
export class SeatBook {
  readonly #self: NodeId
  readonly #seated: Map<NodeId, Seated> = new Map()
  /** Of them those that have the log: few, and asked for at each call. */
  readonly #withLog: Map<NodeId, Seated> = new Map()
  /** Who says that it belongs to which cluster; there is one, as a rule. */
  readonly #clusters: Map<string, Set<NodeId>> = new Map()
  readonly #byReplica: Map<string, NodeId> = new Map()

  constructor(self: NodeId) {
    this.#self = self
  }

  changed(before: Member | undefined, after: Member | undefined): void {
    const id = after?.id ?? before?.id
    if (id === undefined) return
    const old = this.#seated.get(id)?.record.seat
    if (old !== undefined && this.#byReplica.get(old.replica) === id) this.#byReplica.delete(old.replica)
    const seated = after !== undefined && isSeated(after) ? after : undefined
    const seat = seated?.record.seat
    if (old?.cluster !== seat?.cluster) this.#belongs(id, old?.cluster, seat?.cluster)
    if (seated !== undefined && seat !== undefined) {
      this.#seated.set(id, seated)
      this.#byReplica.set(seat.replica, id)
    } else this.#seated.delete(id)
    if (seated !== undefined && seat?.role !== "none") this.#withLog.set(id, seated)
    else this.#withLog.delete(id)
  }

  #belongs(id: NodeId, before = "", after = ""): void {
    const former = this.#clusters.get(before)
    former?.delete(id)
    if (former?.size === 0) this.#clusters.delete(before)
    if (after !== "") this.#clusters.set(after, (this.#clusters.get(after) ?? new Set()).add(id))
  }

  /** The member whose replica it is. */
  ownerOf(replica: ReplicaId): Member | undefined {
    const id = this.#byReplica.get(replica)
    return id === undefined ? undefined : this.#seated.get(id)
  }

  /**
   * Why whoever has the key of `peer` may not speak as it does: members alone use the group, each in its own name, and
   * a replica speaks from the host that has it. Of a replica that no living member has nobody knows better.
   */
  objection({ purpose, from }: Hello, peer: NodeId): string | undefined {
    if (this.#seated.get(peer)?.state === "left") return `member ${peer} has left, and is none any more`
    if (!OF_REPLICAS.has(purpose)) {
      return from === peer ? undefined : `it calls itself ${from}, and has the key of member ${peer}`
    }
    const owner = this.ownerOf(from as ReplicaId)
    if (owner === undefined || !isLiving(owner) || this.replicaOf(peer) === from) return undefined
    return `replica ${from} is that of ${owner.record.name}, and the key that of member ${peer}`
  }

  /** The replica of a member, whatever its role. */
  replicaOf(host: NodeId): ReplicaId | undefined {
    return this.#seated.get(host)?.record.seat.replica as ReplicaId | undefined
  }

  addrOf(replica: ReplicaId): Addr | undefined {
    return this.ownerOf(replica)?.record.addr
  }

  /** Some cluster that another member belongs to, dead or alive, and who says so; undefined = nobody has seen one. */
  sighting(): { readonly cluster: ClusterId; readonly member: Member } | undefined {
    for (const [cluster, those] of this.#clusters) {
      for (const id of those) {
        const member = id === this.#self ? undefined : this.#seated.get(id)
        if (member !== undefined) return { cluster: cluster as ClusterId, member }
      }
    }
    return undefined
  }

  /** A living member that says it belongs to another cluster than `own`. */
  stranger(own: ClusterId): Member | undefined {
    for (const [cluster, those] of this.#clusters) {
      for (const id of cluster === own ? [] : those) {
        const member = this.#seated.get(id)
        if (member?.state === "alive") return member
      }
    }
    return undefined
  }

  /** Members that say they have a seat in the group of this cluster. */
  seats(cluster: ClusterId): readonly Member[] {
    return [...this.#withLog.values()].filter(({ state, record }) => {
      return record.seat.cluster === cluster && state !== "left"
    })
  }

  hasLog(id: NodeId, cluster: ClusterId): boolean {
    return this.#withLog.get(id)?.record.seat.cluster === cluster
  }

  /**
   * Where this host's calls go: its own order over all that have the log (rendezvous hashing), so that relays share the
   * hosts evenly and a change of one moves only its own. Suspects come last.
   */
  relays(cluster: ClusterId, max: number): readonly Addr[] {
    const found: { readonly addr: Addr; readonly rank: number }[] = []
    for (const { id, state, record } of this.#withLog.values()) {
      const { seat, addr } = record
      const isRelay = seat.cluster === cluster && id !== this.#self
      if (!isRelay || state === "dead" || state === "left") continue
      found.push({ addr, rank: (state === "alive" ? 0 : 2 ** 32) + hashText(`${this.#self} ${id}`) })
    }
    return found
      .sort((a, b) => a.rank - b.rank)
      .slice(0, max)
      .map(({ addr }) => addr)
  }
}

function isLiving({ state }: Member): boolean {
  return state === "alive" || state === "suspect"
}

function isSeated(member: Member): member is Seated {
  return member.record.seat !== undefined
}
