import type { Addr, Generation, Incarnation, Millis, NodeId } from "@conclave/base"

/** What an observer holds of a member (SWIM §4.2); `left` is a member that said good-bye. */
export type MemberState = "alive" | "suspect" | "dead" | "left"

/** Bits of a record's `health`: what is sick on the member's host while it still lives. */
export const HEALTH_BITS = { loop: 1, cpu: 2, disk: 4, socket: 8 } as const

/**
 * What a member says of itself. Only its owner makes one; everybody else stores, hashes and forwards
 * `bytes` as received, so that an older agent does not strip the fields of a newer one.
 */
export interface MemberRecord {
  readonly id: NodeId
  readonly name: string
  readonly addr: Addr
  /** Raised and persisted at each boot: a restart outranks its own past. */
  readonly generation: Generation
  /** Raised by each refutation and each change of the record. */
  readonly incarnation: Incarnation
  /** Sum of keys and values at most 512 bytes of UTF-8. */
  readonly tags: Readonly<Record<string, string>>
  /** Empty when the host has none. */
  readonly zone: string
  /** Version of the agent's program. */
  readonly version: string
  readonly protocolMin: number
  readonly protocolMax: number
  /** Bits of `HEALTH_BITS`. */
  readonly health: number
  /** How long from now the member will be away for a planned restart; 0 = it is not restarting. */
  readonly restartingForMs: number
  /** Its place in the group that agrees, as its owner tells it; absent = it tells nothing of one. */
  readonly seat?: Seat
  /** The record as its owner encoded it. */
  readonly bytes: Uint8Array
  /** Hash of `bytes`, for the digest. */
  readonly hash: number
}

/**
 * What a member says of consensus: gossip carries it and decides nothing by it. Ids are 26 base32 characters, as a
 * member's.
 */
export interface Seat {
  /** Empty = it has seen no cluster yet. */
  readonly cluster: string
  /** Which of its replicas it has, or would have: a number that means something beside its own id alone. */
  readonly replica: string
  readonly role: "none" | "learner" | "voter"
  /** Whether it may vote. */
  readonly wish: "auto" | "yes" | "never"
  /** The disk under its log has no room: while it leads nothing new is taken. */
  readonly isFull: boolean
  /** Of one that belongs to no cluster: it waits to found one with others, so many together. Absent = it does not. */
  readonly expects?: number
}

/** How a first-hand accuser came to its verdict. */
export type AccusationPath = "direct" | "indirect" | "tcp" | "link"

/** One first-hand accuser of a subject, forwarded as received (never hearsay; Lifeguard §IV-B). */
export interface Accuser {
  readonly id: NodeId
  readonly path: AccusationPath
  /** The accuser's usual round trip to the subject; 0 = unknown. */
  readonly rttMs: number
  /** The accuser's local health score, 0 (well) to 8. */
  readonly health: number
}

/** One piece of news about one member, as gossip and anti-entropy carry it. */
export type Update =
  | { readonly kind: "alive"; readonly record: MemberRecord }
  | {
      readonly kind: "suspect"
      readonly id: NodeId
      readonly generation: Generation
      readonly incarnation: Incarnation
      readonly accusers: readonly Accuser[]
    }
  | {
      readonly kind: "dead" | "left"
      readonly id: NodeId
      readonly generation: Generation
      readonly incarnation: Incarnation
      /** Who said so first; the subject itself for an own good-bye. */
      readonly accusers: readonly Accuser[]
      /** How long ago, as the sender counts. */
      readonly ageMs: number
      /** Remove the row instead of keeping a tombstone. */
      readonly prune: boolean
    }
  /** A kind that this version does not know: forwarded as it is until its hops are used up. */
  | { readonly kind: "opaque"; readonly bytes: Uint8Array; readonly hops: number }

/** What every datagram carries beside its body. */
interface Envelope {
  readonly from: NodeId
  /** Digest of the sender's whole view; 0 = it has none to compare. */
  readonly digest: number
  readonly updates: readonly Update[]
}

/** A datagram. */
export type Message =
  | (Envelope & {
      readonly kind: "ping"
      readonly nonce: number
      /** A receiver with another id stays silent: its address was somebody else's before. */
      readonly target: NodeId
    })
  | (Envelope & { readonly kind: "ack"; readonly nonce: number })
  | (Envelope & { readonly kind: "nack"; readonly nonce: number })
  | (Envelope & {
      readonly kind: "pingReq"
      readonly nonce: number
      readonly target: NodeId
      /** How long the helper may take: 0.8 × (window − direct timeout), so that its nack comes in time. */
      readonly timeoutMs: number
    })
  | (Envelope & { readonly kind: "gossip" })

/** A request on a stream. Every one has exactly one reply, in one or more pages. */
export type StreamRequest =
  /** The TCP fallback probe, answered by the loop: a stopped process still accepts connections. */
  | { readonly kind: "ping"; readonly from: NodeId; readonly target: NodeId }
  | { readonly kind: "join"; readonly record: MemberRecord }
  /** Digest anti-entropy: the sender's buckets; `settled` says which may be compared. */
  | {
      readonly kind: "digest"
      readonly from: NodeId
      readonly buckets: readonly number[]
      readonly settled: readonly boolean[]
    }
  /** Rows for the receiver, the second half of an exchange. */
  | { readonly kind: "rows"; readonly from: NodeId; readonly updates: readonly Update[] }

export type StreamReply =
  /** `upMs`: how long the one that answers has run, from 1 to 2³² − 1. */
  | { readonly kind: "pong"; readonly upMs: number }
  /** Another member answers at this address. */
  | { readonly kind: "wrongTarget" }
  /** Join: all rows. Digest: the rows of the differing buckets, and which of yours are wanted. */
  | {
      readonly kind: "rows"
      readonly from: NodeId
      readonly updates: readonly Update[]
      readonly wanted: readonly number[]
    }
  | { readonly kind: "nameTaken"; readonly record: MemberRecord }
  | { readonly kind: "refused"; readonly reason: string }

/** What happens to a watch link; `refused` = nobody listens or another member answers there. */
export type LinkEvent = "up" | "down" | "refused" | "failed"

/**
 * How long an address is asked that does not answer: configured ones `always`, ever more rarely; those of an earlier
 * life `untilJoined` through anybody; an operator's call `once`. Default `always`.
 */
export type JoinKeep = "always" | "untilJoined" | "once"

export type Input =
  | { readonly kind: "tick" }
  | { readonly kind: "message"; readonly source: Addr; readonly message: Message }
  | { readonly kind: "streamRequest"; readonly conn: number; readonly request: StreamRequest }
  /** The pages of a reply, or why there is none. */
  | {
      readonly kind: "streamReply"
      readonly request: number
      readonly pages: readonly StreamReply[] | undefined
      readonly failure: string
    }
  | { readonly kind: "link"; readonly id: NodeId; readonly event: LinkEvent }
  /** Our own process did nothing for `lostMs`; `drops` = the kernel threw datagrams away meanwhile. */
  | { readonly kind: "stalled"; readonly lostMs: number; readonly drops: boolean }
  | { readonly kind: "join"; readonly addrs: readonly Addr[]; readonly keep?: JoinKeep }
  | { readonly kind: "setTags"; readonly tags: Readonly<Record<string, string>> }
  | { readonly kind: "setHealth"; readonly health: number }
  | { readonly kind: "setSeat"; readonly seat: Seat }
  | { readonly kind: "ping"; readonly id: NodeId; readonly path: PingPath; readonly call: number }
  /** A whole probe of one member now, outside of the rounds; answered with `pinged`. */
  | { readonly kind: "probe"; readonly id: NodeId; readonly call: number }
  /** This member goes for good. */
  | { readonly kind: "leave" }
  /** A member that is not alive is declared left; `prune` removes its row. */
  | { readonly kind: "expel"; readonly id: NodeId; readonly prune: boolean }
  /** It is no member from now on, whatever it says of itself: for whoever knows better than gossip. */
  | { readonly kind: "bar"; readonly id: NodeId }
  /** This member stops now and promises to be back. */
  | { readonly kind: "announceRestart"; readonly forMs: number }

export type PingPath = "udp" | "tcp" | "indirect"

/** A row of the member table as readers see it. Shared and immutable: a change makes a new one. */
export interface Member {
  readonly id: NodeId
  readonly record: MemberRecord
  readonly state: MemberState
  readonly sinceMs: Millis
  /** undefined when no restart is announced. */
  readonly restartingUntilMs: Millis | undefined
  /** First-hand accusers of the current suspicion or death. */
  readonly accusers: readonly Accuser[]
}

export type MemberChange = "join" | "update" | "suspect" | "alive" | "dead" | "left" | "reap" | "prune"

/** One accusation heard of, kept for questions. */
export interface Accusation {
  readonly subject: NodeId
  readonly atMs: Millis
  readonly accuser: Accuser
}

export type Effect =
  | { readonly kind: "send"; readonly to: Addr; readonly message: Message }
  | {
      readonly kind: "streamRequest"
      readonly request: number
      readonly to: Addr
      readonly body: StreamRequest
      readonly limitMs: number
    }
  | { readonly kind: "streamReply"; readonly conn: number; readonly pages: readonly StreamReply[] }
  | { readonly kind: "dialLink"; readonly id: NodeId; readonly addr: Addr }
  | { readonly kind: "closeLink"; readonly id: NodeId }
  /** `before` is undefined for a join; `after` is undefined for reap and prune. */
  | {
      readonly kind: "memberChanged"
      readonly change: MemberChange
      readonly before: Member | undefined
      readonly after: Member | undefined
      /** For `dead`: how long the suspicion lasted; for others 0. */
      readonly suspectMs: number
    }
  /**
   * Two living members with one name; with one id, too: another process has this agent's key. `fatal` = this agent is
   * the one that must go.
   */
  | {
      readonly kind: "nameConflict"
      readonly name: string
      readonly holder: MemberRecord
      readonly challenger: MemberRecord
      readonly fatal: boolean
    }
  | {
      readonly kind: "joined"
      readonly addr: Addr
      readonly id: NodeId
      readonly name: string
      /** Whom the member that answered has in its view, the dead included; not those who left. */
      readonly spokenOf: readonly NodeId[]
    }
  | { readonly kind: "joinFailed"; readonly addr: Addr; readonly reason: string; readonly keep: JoinKeep }
  /**
   * `rttMs` undefined: there was no answer. A probe had none at all then: not directly, not through helpers, not by
   * stream.
   */
  | { readonly kind: "pinged"; readonly call: number; readonly rttMs: number | undefined }
  /** The generation must be at least this at the next boot; persist it. */
  | { readonly kind: "generationRaised"; readonly generation: Generation }
  /** The good-bye or the restart notice has gone out as often as it will. */
  | { readonly kind: "departed" }
