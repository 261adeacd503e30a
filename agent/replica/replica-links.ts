import type { Addr } from "@conclave/base"
import type { ClusterId, Message, ReplicaId } from "@conclave/consensus"
import { decodeMessage, encodeMessage } from "@conclave/consensus/wire"
import type { Clock, Links, Log } from "../ports.ts"
import { KeptChannel, type KeptEnd } from "../streams/kept-channel.ts"
import { STREAM_VERSION } from "../streams/stream-frame.ts"
import type { Dialler, Inbound, StreamServer } from "../streams/stream-server.ts"
import { hostOf } from "../wal/replica-id.ts"
import { notInvited, type Relation } from "./relation.ts"
import { ReplicaSpeakers } from "./replica-speakers.ts"

/** Appends wait behind no more than this; heartbeats, votes and answers still fit on top. */
const BULK_WAITING_BYTES_MAX = 2 * 1024 * 1024
/** Channels to those who only ask: a host may ask as many replicas as it likes, one after the other. */
const ASKERS_MAX = 16
/** One reason of one peer is logged this often at most. */
const REPORT_MS = 60_000

export interface ReplicaLinksOptions {
  readonly links: Pick<Links, "dial">
  readonly server: StreamServer
  readonly clock: Clock
  readonly log: Log
  readonly cluster: ClusterId
  readonly self: ReplicaId
  /** Where a replica is; undefined = nobody knows. */
  readonly addrOf: (replica: ReplicaId) => Addr | undefined
  readonly relation: (replica: ReplicaId) => Relation
  readonly onMessage: (message: Message) => void
  /** It sent an entry of a kind that this program does not know. */
  readonly onUnknownEntry: (replica: ReplicaId) => void
  /** First-hand: its connection ended, and where it was nobody listens. */
  readonly onGone: (replica: ReplicaId) => void
  /** By the word of `replica` another process speaks for this one, too. */
  readonly onTwice: (replica: ReplicaId) => void
}

/**
 * The channels between the replicas of one group: each sends on those that it dials. What finds no room, or no peer, is
 * dropped; Raft repeats what matters.
 */
export class ReplicaLinks {
  readonly #options: ReplicaLinksOptions
  readonly #channels: Map<ReplicaId, KeptChannel> = new Map()
  readonly #speakers: ReplicaSpeakers
  readonly #reported: Map<string, number> = new Map()

  constructor(options: ReplicaLinksOptions) {
    this.#options = options
    this.#speakers = new ReplicaSpeakers((replica) =>
      options.log.write("error", "raft.twice", `two processes speak for replica ${replica}: neither counts any more`),
    )
    options.server.serve("replica", (dialler) => this.#take(dialler))
  }

  send(message: Message): void {
    const { to } = message
    // Whoever asks may be anybody: nothing is kept for one whom nobody knows where to find.
    const channel = this.#channels.get(to) ?? (this.#options.addrOf(to) === undefined ? undefined : this.#open(to))
    if (channel === undefined) return
    const isBulk = message.kind === "append" && message.entries.length > 0
    if (isBulk && channel.waitingBytes > BULK_WAITING_BYTES_MAX) return
    channel.send(encodeMessage(message, this.#options.cluster))
  }

  /** Whoever is not in `replicas` is not spoken to any more. */
  keep(replicas: ReadonlySet<ReplicaId>): void {
    for (const [replica, channel] of this.#channels) {
      if (replicas.has(replica)) continue
      channel.close()
      this.#channels.delete(replica)
    }
  }

  /** Whoever speaks to this replica must hear that it is no more: the next one at its place has channels of its own. */
  close(): void {
    this.#options.server.serve("replica", undefined)
    this.keep(new Set())
    this.#speakers.close()
  }

  #open(to: ReplicaId): KeptChannel {
    const { links, clock, cluster, self } = this.#options
    this.#makeRoom()
    const channel = new KeptChannel({
      links,
      clock,
      addr: () => this.#options.addrOf(to),
      peer: hostOf(to),
      hello: () => ({ kind: "hello", version: STREAM_VERSION, purpose: "replica", cluster, from: self, to }),
      onFrame: (frame) => {
        if (frame.kind === "twice") this.#options.onTwice(to)
      },
      onEnd: (why, reason) => this.#ended(to, why, reason),
      onGone: () => this.#options.onGone(to),
    })
    this.#channels.set(to, channel)
    return channel
  }

  /** For one more; the first that was answered gives way. */
  #makeRoom(): void {
    const askers = [...this.#channels.keys()].filter((each) => this.#options.relation(each) !== "fellow")
    const [first] = askers
    if (first === undefined || askers.length < ASKERS_MAX) return
    this.#channels.get(first)?.close()
    this.#channels.delete(first)
  }

  #take(dialler: Dialler): Inbound | string {
    const { cluster, self } = this.#options
    const { hello, source } = dialler
    if (hello.cluster !== cluster) return `it belongs to cluster ${hello.cluster}, this replica to ${cluster}`
    if (hello.to !== self) return `it looks for replica ${hello.to}, this is ${self}`
    const from = hello.from as ReplicaId
    const relation = this.#options.relation(from)
    if (relation === "stranger") return notInvited(from)
    if (relation === "asker") this.#reportAsker(from)
    if (!this.#speakers.greeted(dialler)) return `two processes speak for replica ${hello.from}`
    return {
      onFrame: (frame) => {
        if (frame.kind === "pong") this.#speakers.answered(dialler, frame.number)
        else if (frame.kind === "raft" && this.#speakers.counts(dialler)) this.#read(frame.body, hello.from, source)
      },
      onEnd: () => this.#speakers.ended(dialler),
    }
  }

  /** A host may have as many ids as it likes: it is said of the host. */
  #reportAsker(from: ReplicaId): void {
    const why = `replica ${from} is not of the group that is known here: what it says counts for nothing`
    this.#report(`${hostOf(from)} asks`, why)
  }

  #read(body: Uint8Array, from: string, source: Addr): void {
    const decoded = decodeMessage(body, this.#options.cluster, this.#options.self)
    if (decoded.ok) {
      if (decoded.message.from === from) this.#options.onMessage(decoded.message)
      return
    }
    this.#report(`${source} ${decoded.problem}`, `a message of ${source} is ${decoded.problem}`)
    if (decoded.problem === "entry-kind") this.#options.onUnknownEntry(from as ReplicaId)
  }

  #ended(to: ReplicaId, why: KeptEnd, reason: string): void {
    if (why !== "rejected") return
    const addr = this.#options.addrOf(to)
    this.#report(`${to} ${reason}`, `replica ${to} at ${addr} refuses this one: ${reason}`)
  }

  #report(key: string, message: string): void {
    const nowMs = this.#options.clock.now()
    if (nowMs - (this.#reported.get(key) ?? Number.NEGATIVE_INFINITY) < REPORT_MS) return
    if (this.#reported.size >= 256) this.#reported.clear()
    this.#reported.set(key, nowMs)
    this.#options.log.write("warn", "raft.link", message)
  }
}
