import { base32, type NodeId, type Random } from "@conclave/base"
import {
  type ClusterId,
  type Entry,
  type Group,
  type LogIndex,
  type Message,
  type MessageBody,
  type ReplicaId,
  replicas,
  type SnapshotMeta,
  type Term,
} from "@conclave/consensus"
import { encodeMessage } from "@conclave/consensus/wire"
import { encodeSnapshotMeta } from "@conclave/consensus/wire-log"
import { decodeFrame, encodeFrame, type Hello, STREAM_VERSION, type StreamFrame } from "conclave/streams/stream-frame"
import { hostOf, replicaOf } from "conclave/wal/replica-id"
import type { Fleet, FleetMember } from "../fleet.ts"
import type { Broken } from "./disk-truth.ts"

/** No term of an honest replica comes so far. */
const FAR = 1_000_000
const TERM_BYTES = 8
const NUMBER_BYTES = 16
const MESSAGES = 3
const CHANNEL_US = 2_000_000

interface Errand {
  readonly purpose: "replica" | "snapshot"
  readonly cluster: ClusterId
  readonly from: ReplicaId
  readonly to: ReplicaId
}

/**
 * Whoever took over a host that was let in: beside what the agent there does, it speaks to the others under its key, as
 * replicas that it makes up or that are somebody else's, dead or alive, in terms far ahead, with logs far ahead. Nobody
 * may come into such a term, follow it, or lose anything by it; all else the checks of the group see.
 */
export class Impostor {
  readonly seen = { refused: 0, unheard: 0 }
  readonly #fleet: Fleet
  readonly #random: Random
  readonly #everyMs: number
  readonly #group: () => Group | undefined
  readonly #broken: Broken
  #isOver = false

  constructor(
    fleet: Fleet,
    parts: {
      readonly random: Random
      readonly everyMs: number
      /** As it was committed last. */
      readonly group: () => Group | undefined
      readonly broken: Broken
    },
  ) {
    this.#fleet = fleet
    this.#random = parts.random
    this.#everyMs = parts.everyMs
    this.#group = parts.group
    this.#broken = parts.broken
  }

  begin(): void {
    this.#fleet.world.after(1000 * (1 + this.#random.below(2 * this.#everyMs)), () => {
      if (this.#isOver) return
      this.#act()
      this.look()
      this.begin()
    })
  }

  stop(): void {
    this.#isOver = true
  }

  look(): void {
    for (const { machine, host } of this.#fleet.running()) {
      const raft = host?.consensus?.running?.raft
      if (raft !== undefined && raft.term >= FAR) {
        this.#broken("nobody-follows-an-impostor", machine.name, `it is in term ${raft.term}`)
      }
    }
  }

  #act(): void {
    const random = this.#random
    const running = this.#fleet
      .running()
      .filter(({ links, host }) => links !== undefined && host?.consensus !== undefined)
    if (running.length < 2) return
    const taken = random.pick(running)
    const target = random.pick(running.filter((each) => each !== taken))
    const cluster = taken.host?.consensus?.clusterId as ClusterId | undefined
    const to = offeredBy(target)
    if (cluster === undefined || to === undefined) return
    const from = this.#claim(taken.machine.key)
    const purpose = random.chance(1, 4) ? "snapshot" : "replica"
    this.#say(taken, target, { purpose, cluster, from, to })
  }

  /** One that it makes up, or one of the group that is not its own host's. */
  #claim(host: NodeId): ReplicaId {
    const group = this.#group()
    const others = group === undefined ? [] : [...replicas(group)].filter((each) => hostOf(each) !== host)
    if (others.length > 0 && this.#random.chance(1, 3)) return this.#random.pick(others)
    const number = new Uint8Array(NUMBER_BYTES)
    for (let at = 0; at < number.length; at++) number[at] = this.#random.below(256)
    return replicaOf(host, base32(number))
  }

  #say(taken: FleetMember, target: FleetMember, errand: Errand): void {
    const { purpose, cluster, from, to } = errand
    const hello: Hello = { kind: "hello", version: STREAM_VERSION, purpose, cluster, from, to }
    const frames: StreamFrame[] = [hello, { kind: "ping", number: 1 }]
    if (purpose === "snapshot") frames.push({ kind: "chunk", body: header(this.#meta(from)) }, { kind: "end" })
    else for (let count = 0; count < MESSAGES; count++) frames.push({ kind: "raft", body: this.#message(errand) })
    const close = taken.links?.channels.forge(target.machine.addr, frames.map(encodeFrame), (event) => {
      const frame = event.kind === "frame" ? decodeFrame(event.body) : undefined
      if (frame?.kind === "refusal") this.seen.refused++
      else if (frame?.kind === "pong") this.seen.unheard++
    })
    this.#fleet.world.after(CHANNEL_US, () => close?.())
  }

  #message({ cluster, from, to }: Errand): Uint8Array {
    const term = (FAR + this.#random.below(FAR)) as Term
    const message: Message = { ...this.#random.pick(this.#bodies(from, to, term)), from, to, term }
    return encodeMessage(message, cluster)
  }

  #bodies(from: ReplicaId, to: ReplicaId, term: Term): readonly MessageBody[] {
    const far = { index: FAR as LogIndex, term }
    const group = groupOf(from, to)
    const entry: Entry = {
      ...{ index: 1 as LogIndex, term, kind: "group", stampMs: 0, featureLevel: 1 },
      ...{ data: new Uint8Array(0), group },
    }
    const prev = { index: 0 as LogIndex, term: 0 as Term }
    return [
      { kind: "heartbeat", commit: far.index, match: far.index, round: 1 },
      { kind: "append", prev, entries: [entry], commit: 1 as LogIndex },
      { kind: "vote", last: far, byTransfer: this.#random.chance(1, 2), byHint: false },
      { kind: "preVote", last: far },
      { kind: "voteReply", granted: true },
      { kind: "appended", match: far.index },
      { kind: "heartbeatReply", round: 1, featureMax: 1 },
      { kind: "timeoutNow" },
      { kind: "readIndexReply", call: 1, index: far.index },
      { kind: "removed", at: far.index },
      { kind: "members", at: far, group },
    ]
  }

  #meta(from: ReplicaId): SnapshotMeta {
    return { index: FAR as LogIndex, term: FAR as Term, group: groupOf(from), featureLevel: 1 }
  }
}

function groupOf(voter: ReplicaId, ...learners: readonly ReplicaId[]): Group {
  return { voters: [voter], outgoing: [], learners: learners.filter((each) => each !== voter), learnersNext: [] }
}

/** The replica of a member that runs, or the one that it would have. */
function offeredBy({ machine, host }: FleetMember): ReplicaId | undefined {
  const { running } = host?.consensus ?? {}
  if (running !== undefined) return running.raft.id
  const seat = host?.member(machine.id)?.record.seat
  return seat === undefined ? undefined : replicaOf(machine.key, seat.replica)
}

function header(meta: SnapshotMeta): Uint8Array {
  const encoded = encodeSnapshotMeta(meta)
  const bytes = new Uint8Array(TERM_BYTES + encoded.length)
  new DataView(bytes.buffer).setFloat64(0, meta.term)
  bytes.set(encoded, TERM_BYTES)
  return bytes
}
