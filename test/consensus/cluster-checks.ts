import { equal, ok } from "node:assert/strict"
import {
  type Entry,
  type Group,
  isJoint,
  type LogIndex,
  type Message,
  type ReplicaId,
  replicas,
  type Write,
} from "@conclave/consensus"
import type { ClusterNode } from "./cluster.ts"
import type { ReplicaDisk } from "./replica-disk.ts"

interface Committed {
  readonly entry: Entry
  /** The term of the replica that first knew of it. */
  readonly inTerm: number
}

/** What one replica was when it was looked at last. */
interface Seen {
  readonly life: number
  readonly term: number
  readonly commit: number
  readonly last: number
}

/** The others say nothing that a crash could make untrue. */
const SPEAKS_OF_DISK: ReadonlySet<Message["kind"]> = new Set([
  ...(["append", "appended", "appendRejected", "heartbeat", "heartbeatReply"] as const),
  ...(["preVoteReply", "vote", "voteReply"] as const),
])

/** The invariants of Raft over a whole cluster, held against each step; each failure names its rule. */
export class ClusterChecks {
  readonly #disks: ReadonlyMap<ReplicaId, ReplicaDisk>
  readonly #reigns: Map<number, string> = new Map()
  readonly #entries: Map<string, { readonly entry: Entry; readonly prevTerm: number }> = new Map()
  readonly #committed: Map<number, Committed> = new Map()
  readonly #applied: Map<number, number> = new Map()
  readonly #before: Map<ReplicaId, Seen> = new Map()
  /** What the run came into. */
  readonly seen = { truncations: 0, groups: 0 }
  #last = 0
  #group: Group | undefined

  constructor(disks: ReadonlyMap<ReplicaId, ReplicaDisk>) {
    this.#disks = disks
  }

  /** The highest index that anybody knows to be committed. */
  get committed(): number {
    return this.#last
  }

  /** The last committed group. */
  get group(): Group | undefined {
    return this.#group
  }

  get reigns(): number {
    return this.#reigns.size
  }

  isCommitted(index: number, term: number): boolean {
    return this.#committed.get(index)?.entry.term === term
  }

  /** I3, log matching: an index and a term name one entry and one predecessor, for ever and everywhere. */
  written(node: ClusterNode, write: Write): void {
    const { log } = node.raft
    if (write.truncateFrom !== undefined) this.seen.truncations++
    for (const entry of write.entries) {
      const prev = log.term((entry.index - 1) as LogIndex)
      const prevTerm = typeof prev === "number" ? prev : -1
      const before = log.entry((entry.index - 1) as LogIndex) ?? log.snapshot
      ok(entry.featureLevel >= before.featureLevel, "a feature level never falls along the log")
      const key = `${entry.index}:${entry.term}`
      const known = this.#entries.get(key)
      if (known === undefined) {
        this.#entries.set(key, { entry, prevTerm })
        if (entry.group !== undefined) adjacent(log.groupAt((entry.index - 1) as LogIndex), entry.group)
      } else {
        ok(known.entry === entry, `I3: ${key} is one entry`)
        ok(prevTerm === -1 || known.prevTerm === -1 || prevTerm === known.prevTerm, `I3: ${key} has one predecessor`)
      }
    }
  }

  /** I5, state machine safety. */
  applied(index: number, hash: number): void {
    const known = this.#applied.get(index)
    if (known === undefined) this.#applied.set(index, hash)
    else equal(hash, known, `I5: everybody has the same state at ${index}`)
  }

  /** I10: nothing leaves before the bytes that it speaks for are durable. */
  released(node: ClusterNode, message: Message): void {
    const { hardState } = node.disk
    if (!SPEAKS_OF_DISK.has(message.kind)) return
    // A granted pre-vote names a term that nobody has entered.
    if (message.kind === "preVoteReply" && message.granted) return
    ok(hardState.term >= message.term, `I10: ${message.kind} speaks of a term on disk`)
    if (hardState.term !== message.term) return
    if (message.kind === "voteReply" && message.granted) equal(hardState.vote, message.to, "I10: a vote is on disk")
    if (message.kind === "vote") equal(hardState.vote, node.id, "I10: an own vote is on disk")
    if (message.kind === "appended") ok(node.disk.last >= message.match, "I10: what is acknowledged is on disk")
  }

  /** After a step of `node`. */
  stepped(node: ClusterNode): void {
    const { raft, id, life, machine } = node
    const { log, term, commit } = raft
    const seen = this.#before.get(id)
    const isSame = seen?.life === life
    ok(!isSame || term >= seen.term, "I7: a term never falls")
    ok(!isSame || commit >= seen.commit, "I7: a commit index never falls")
    ok(log.snapshot.index <= commit && commit <= log.last, "I8: snapshot ≤ commit ≤ last")
    ok(log.first <= log.snapshot.index + 1, "I8: the log begins at its snapshot or before")
    ok(machine.index <= commit, "I8: applied ≤ commit")
    const from = isSame ? seen.commit : log.snapshot.index
    for (let index = from + 1; index <= commit; index++) this.#learn(node, index as LogIndex)
    if (raft.role === "leader") this.#leads(node, isSame ? seen : undefined)
    if (log.last !== seen?.last || !isSame) this.#groupIsOfLog(node)
    this.#before.set(id, { life, term, commit, last: log.last })
  }

  /** Check-quorum (Raft thesis §6.2): whoever has led for longer has heard of a quorum since then. */
  leadsMany({ id, raft, heardMs, leadsSinceMs }: ClusterNode, sinceMs: number): void {
    if (raft.role !== "leader" || leadsSinceMs > sinceMs) return
    const isHeard = (from: ReplicaId): boolean =>
      from === id || (heardMs.get(from) ?? Number.NEGATIVE_INFINITY) >= sinceMs
    ok(isQuorum(raft.group, isHeard), `${id} leads and hears no quorum`)
  }

  /** Only one who is out for good may think so. */
  removed(id: ReplicaId): void {
    ok(this.#group !== undefined && !replicas(this.#group).has(id), `${id} ended and is a member`)
  }

  #leads(node: ClusterNode, before: Seen | undefined): void {
    const { raft, id, life } = node
    const { log, term, reign } = raft
    const name = `${id}/${life}`
    const known = this.#reigns.get(term)
    if (known === undefined) {
      this.#reigns.set(term, name)
      this.#isComplete(node)
    } else equal(name, known, `I1: term ${term} has one leader`)
    if (before?.term === term && known !== undefined) ok(log.last >= before.last, "I2: a leader never cuts its log")
    for (const [to, { match, next }] of reign?.progress ?? []) {
      ok(match < next && match <= log.last, `I8: match < next ≤ last + 1 for ${to}`)
    }
    let open = 0
    for (let index = log.last; index > this.#last; index = (index - 1) as LogIndex) {
      if (log.entry(index)?.group !== undefined) open++
    }
    ok(open <= 1, "I9: one change of the group at a time")
  }

  /** I4, leader completeness. */
  #isComplete({ raft: { log, term } }: ClusterNode): void {
    for (let index: number = log.first; index <= this.#last; index++) {
      const committed = this.#committed.get(index)
      if (committed === undefined || committed.inTerm >= term) continue
      equal(log.term(index as LogIndex), committed.entry.term, `I4: the leader of ${term} has entry ${index}`)
    }
  }

  #learn(node: ClusterNode, index: LogIndex): void {
    const entry = node.raft.log.entry(index)
    const known = this.#committed.get(index)
    if (entry === undefined) return
    if (known !== undefined) return equal(entry.term, known.entry.term, `I5: one entry is committed at ${index}`)
    this.#committed.set(index, { entry, inTerm: node.raft.term })
    this.#last = Math.max(this.#last, index)
    if (entry.group !== undefined) {
      this.#group = entry.group
      this.seen.groups++
    }
    // I6: under the group of the one who counted, crashed disks included.
    const isThere = (id: ReplicaId): boolean => this.#disks.get(id)?.has(index, entry.term) === true
    ok(isQuorum(node.raft.group, isThere), `I6: entry ${index} is durable on a quorum`)
    if (entry.group !== undefined) ok(isQuorum(entry.group, isThere), "I6: a group is durable on a quorum of its own")
  }

  /** I9: the group in force is a function of the snapshot and the log. */
  #groupIsOfLog({ raft: { log, group } }: ClusterNode): void {
    for (let index = log.last; index > log.snapshot.index; index = (index - 1) as LogIndex) {
      const found = log.entry(index)?.group
      if (found !== undefined) return ok(found === group, "I9: the group is that of the last entry with one")
    }
    ok(sameNames(group, log.snapshot.group), "I9: the group is that of the snapshot")
  }
}

/** Counted here anew: a check that asks the code under test agrees with it. */
function isQuorum({ voters, outgoing }: Group, has: (id: ReplicaId) => boolean): boolean {
  const isMost = (half: readonly ReplicaId[]): boolean => 2 * half.filter(has).length > half.length
  return isMost(voters) && (outgoing.length === 0 || isMost(outgoing))
}

/** I9: quorums of two groups in a row always share a replica. */
function adjacent(before: Group, after: Group): void {
  if (before.voters.length === 0) return
  const isKept = same(before.voters, after.voters)
  if (isJoint(before)) ok(isKept && !isJoint(after), "I9: a joint group is left for its new half alone")
  else if (isJoint(after)) ok(same(before.voters, after.outgoing), "I9: a joint group keeps the old half")
  else ok(isKept, "I9: voters change through a joint group alone")
}

function sameNames(a: Group, b: Group): boolean {
  return same(a.voters, b.voters) && same(a.outgoing, b.outgoing) && same(a.learners, b.learners)
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id))
}
