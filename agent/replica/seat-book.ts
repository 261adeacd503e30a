import { type Addr, hashText, type NodeId } from "@conclave/base"
import type { ClusterId, ReplicaId } from "@conclave/consensus"
import type { Member, Seat } from "@conclave/swim"
import type { Hello, Purpose } from "../streams/stream-frame.ts"
import { hostOf, replicaOf } from "../wal/replica-id.ts"

type Seated = Member & { readonly record: { readonly seat: Seat } }

/** What replicas say to each other; everything else is said by hosts. */
const OF_REPLICAS: ReadonlySet<Purpose> = new Set(["replica", "snapshot"])

/** What gossip tells of seats: who has which of its replicas, where, and through whom the leader is reached. */
export class SeatBook {
  readonly #self: NodeId
  readonly #seated: Map<NodeId, Seated> = new Map()
  /** Of them those that have the log: few, and asked for at each call. */
  readonly #withLog: Map<NodeId, Seated> = new Map()
  /** Who says that it belongs to which cluster; there is one, as a rule. */
  readonly #clusters: Map<string, Set<NodeId>> = new Map()

  constructor(self: NodeId) {
    this.#self = self
  }

  changed(before: Member | undefined, after: Member | undefined): void {
    const id = after?.id ?? before?.id
    if (id === undefined) return
    const old = this.#seated.get(id)?.record.seat
    const seated = after !== undefined && isSeated(after) ? after : undefined
    const seat = seated?.record.seat
    if (old?.cluster !== seat?.cluster) this.#belongs(id, old?.cluster, seat?.cluster)
    if (seated !== undefined) this.#seated.set(id, seated)
    else this.#seated.delete(id)
    if (seated !== undefined && seat?.role !== "none") this.#withLog.set(id, seated)
    else this.#withLog.delete(id)
  }

  #belongs(id: NodeId, before = "", after = ""): void {
    const former = this.#clusters.get(before)
    former?.delete(id)
    if (former?.size === 0) this.#clusters.delete(before)
    if (after !== "") this.#clusters.set(after, (this.#clusters.get(after) ?? new Set()).add(id))
  }

  /** The member that has this replica now; its host may have another one by now. */
  ownerOf(replica: ReplicaId): Member | undefined {
    const host = hostOf(replica)
    const member = host === undefined ? undefined : this.#seated.get(host)
    return member !== undefined && offeredBy(member) === replica ? member : undefined
  }

  /**
   * Why whoever has the key of `peer` may not speak as it does: members alone use the group, each in its own name, and
   * a replica speaks from the host that its id names, whatever gossip says.
   */
  objection({ purpose, from }: Hello, peer: NodeId): string | undefined {
    if (this.#seated.get(peer)?.state === "left") return `member ${peer} has left, and is none any more`
    if (!OF_REPLICAS.has(purpose)) {
      return from === peer ? undefined : `it calls itself ${from}, and has the key of member ${peer}`
    }
    const host = hostOf(from)
    if (host === peer) return undefined
    return `it speaks for replica ${from} of ${host ?? "no host"}, and has the key of member ${peer}`
  }

  /** Its host says that it votes in this cluster. */
  votes(replica: ReplicaId, cluster: string): boolean {
    const member = this.ownerOf(replica)
    const { seat } = member?.record ?? {}
    return member?.state !== "left" && seat?.role === "voter" && seat.cluster === cluster
  }

  addrOf(replica: ReplicaId): Addr | undefined {
    return this.ownerOf(replica)?.record.addr
  }

  /**
   * Members that belong to another cluster than `own`, or to any where that is none, as gossip says; the living ones
   * first. Who has left for good is none of them.
   */
  others(own: ClusterId | undefined): readonly Member[] {
    const [living, dead]: [Member[], Member[]] = [[], []]
    for (const [cluster, those] of this.#clusters) {
      for (const id of cluster === own ? [] : those) {
        const member = id === this.#self ? undefined : this.#seated.get(id)
        if (member?.state === "dead") dead.push(member)
        else if (member !== undefined && member.state !== "left") living.push(member)
      }
    }
    return [...living, ...dead]
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

/** The replica that a member says it has, or would have. */
export function offeredBy({ id, record }: Pick<Member, "id" | "record">): ReplicaId | undefined {
  return record.seat === undefined ? undefined : replicaOf(id, record.seat.replica)
}

/** What gossip tells of the replica: which of its host's it is. */
export function numberOf(replica: ReplicaId): string {
  return replica.slice((hostOf(replica)?.length ?? -1) + 1)
}

function isSeated(member: Member): member is Seated {
  return member.record.seat !== undefined
}
