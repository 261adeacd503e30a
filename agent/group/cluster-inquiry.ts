import type { NodeId } from "@conclave/base"
import type { ClusterId } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import type { Warning } from "../api/view.ts"
import type { Clock } from "../ports.ts"
import type { ReplicaLife } from "../replica/replica-life.ts"
import type { SeatBook } from "../replica/seat-book.ts"
import { jittered } from "../streams/jitter.ts"
import { Timers } from "../timers.ts"

/** At once: some may keep whoever asks waiting for nothing. */
const ASKED_MAX = 4
/** Between rounds over all of them; doubles up to the last, less a share of each. */
const ROUND_MIN_MS = 250
const ROUND_MAX_MS = 8000
/** A host that has a cluster has time to learn of another one. */
const STRANGERS_MAX_MS = 60_000

export interface ClusterInquiryOptions {
  readonly clock: Clock
  readonly self: NodeId
  readonly life: () => Pick<ReplicaLife, "cluster" | "running">
  readonly book: Pick<SeatBook, "others">
  /** Asks a member itself, over a stream; undefined = it says of none, or nothing. */
  readonly ask: (member: Member, done: (cluster: ClusterId | undefined) => void) => void
  /** A member has said to which cluster it belongs. */
  readonly onHeard: (cluster: ClusterId) => void
}

/**
 * Which other clusters there are, by the word of members that belong to them. Whoever has the gossip key can say in
 * gossip that anybody belongs to anything: that is a hint of whom to ask, over a stream, which only hosts that were let
 * in can answer. Who is silent is asked again as long as gossip says the same.
 */
export class ClusterInquiry {
  readonly #options: ClusterInquiryOptions
  readonly #timers: Timers
  /** Not asked in this round. */
  readonly #untold: Set<NodeId> = new Set()
  readonly #asking: Set<NodeId> = new Set()
  #rounds = 0
  #isPausing = false
  /** A round has passed, and nobody has confirmed what gossip says. */
  #isInVain = false
  /** Whoever has said to belong to another cluster than this host. */
  #stranger: { readonly id: NodeId; readonly cluster: ClusterId } | undefined
  #isOver = false

  constructor(options: ClusterInquiryOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /** Gossip says something new of a member. */
  memberChanged(before: Member | undefined, after: Member | undefined): void {
    const cluster = clusterOf(after)
    const isNews = cluster !== clusterOf(before) || after?.record.addr !== before?.record.addr
    if (after !== undefined && cluster !== "" && cluster !== this.#own && isNews) this.#untold.add(after.id)
  }

  /** Gossip may have said something new, or this host has another replica or cluster. */
  look(): void {
    if (this.#isOver || !this.#isWanted || this.#asking.size >= ASKED_MAX) return
    const others = new Map(this.#untold.size === 0 ? [] : this.#others.map((each) => [each.id, each]))
    for (const id of this.#untold) {
      if (this.#asking.size >= ASKED_MAX) return
      this.#untold.delete(id)
      const member = others.get(id)
      if (member !== undefined && !this.#asking.has(id)) this.#ask(member)
    }
    if (this.#asking.size === 0 && !this.#isPausing) this.#pause()
  }

  /** A living member that has itself said to belong to another cluster than this host, and which. */
  get stranger(): Member | undefined {
    const { id, cluster } = this.#stranger ?? {}
    if (cluster === undefined || cluster === this.#own) return undefined
    return this.#others.find((member) => member.id === id && clusterOf(member) === cluster)
  }

  get warnings(): readonly Warning[] {
    const [first] = this.#others
    if (first === undefined || !(this.#isInVain || this.#isLeftToOthers) || this.stranger !== undefined) return []
    const { name, addr } = first.record
    const here = this.#own === undefined ? "to none until a member has confirmed one" : `to ${this.#own}`
    const message = `by gossip ${name} at ${addr} belongs to cluster ${clusterOf(first)}, which it has not confirmed over a stream; this host belongs ${here}`
    const hint = `conclave status on ${name}; whoever has the gossip key can say so; if ${name} is gone for good, or never was there: conclave leave ${name}`
    return [{ code: "cluster-unconfirmed", message, hint }]
  }

  stop(): void {
    this.#isOver = true
    this.#timers.stop()
  }

  get #own(): ClusterId | undefined {
    return this.#options.life().cluster
  }

  /** Who may know: for a host without a cluster also the dead, which may be taken for that. */
  get #others(): readonly Member[] {
    const own = this.#own
    const others = this.#options.book.others(own)
    return own === undefined ? others : others.filter(({ state }) => state === "alive")
  }

  /** Of another cluster those that have a replica make sure; if all asked one member that would be a flood. */
  get #isLeftToOthers(): boolean {
    const { cluster, running } = this.#options.life()
    return cluster !== undefined && running === undefined
  }

  /** One other cluster is enough for an alarm. */
  get #isWanted(): boolean {
    return this.#own === undefined || (!this.#isLeftToOthers && this.stranger === undefined)
  }

  #ask(member: Member): void {
    this.#asking.add(member.id)
    this.#options.ask(member, (cluster) => {
      this.#asking.delete(member.id)
      if (this.#isOver) return
      if (cluster !== undefined) {
        this.#stranger = { id: member.id, cluster }
        this.#options.onHeard(cluster)
      }
      this.look()
    })
  }

  #pause(): void {
    const { clock, self } = this.#options
    const isEmpty = this.#others.length === 0
    this.#isInVain = !isEmpty && this.#rounds > 0
    if (isEmpty) {
      this.#rounds = 0
      return
    }
    const maxMs = this.#own === undefined ? ROUND_MAX_MS : STRANGERS_MAX_MS
    const pauseMs = Math.min(ROUND_MIN_MS * 2 ** Math.min(this.#rounds++, 20), maxMs)
    this.#isPausing = true
    this.#timers.at(clock.now() + jittered(pauseMs, self, this.#rounds), () => {
      this.#isPausing = false
      for (const { id } of this.#others) this.#untold.add(id)
      this.look()
    })
  }
}

function clusterOf(member: Member | undefined): string {
  return member?.record.seat?.cluster ?? ""
}
