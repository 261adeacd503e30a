import { type Alarm, type ClusterId, explain, type Raft, type ReplicaId, type Term } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import type { JournalNote } from "../api/objects.ts"
import type { Warning } from "../api/view.ts"
import type { Log } from "../ports.ts"
import { offeredBy, type SeatBook } from "../replica/seat-book.ts"
import type { Reign } from "./mirror/reign.ts"

const NOT_TOLERANT = "not-fault-tolerant"

export interface GroupNewsOptions {
  readonly log: Log
  readonly book: Pick<SeatBook, "seats">
  /** A living member that has itself said to belong to another cluster. */
  readonly stranger: () => Member | undefined
  /** The member whose replica it is, for people. */
  readonly nameOf: (replica: ReplicaId) => string | undefined
  readonly tell: (note: JournalNote) => void
}

/**
 * What people are told of the group: who leads, what the planner holds against it, and that another cluster is about.
 */
export class GroupNews {
  readonly #options: GroupNewsOptions
  #stranger: Member | undefined
  /** The last that was told. */
  #leader: ReplicaId | undefined
  #term = 0
  #members: string | undefined
  #alarms: readonly Alarm[] = []
  /** How many vote, of a group that rests; 0 = not known. */
  #votes = 0

  constructor(options: GroupNewsOptions) {
    this.#options = options
  }

  /** On the leader what the planner holds against the group as it is. */
  alarmed(alarms: readonly Alarm[]): void {
    this.#alarms = alarms
  }

  /**
   * What a replica knows, this host's or a relay's. Who leads is news, and that nobody does any more; so is a group
   * that is not on its way to another. What is said of a term that is over is none.
   */
  learned(reign: Reign): void {
    const { leader, term } = reign
    if (term < this.#term) return
    if (leader === undefined ? this.#leader !== undefined : leader !== this.#leader || term > this.#term) {
      this.#ledBy(leader, term)
    }
    if (!reign.isJoint) this.#votes = reign.voters.length
    if (leader === undefined || reign.isJoint) return
    const [voters, learners] = [this.#names(reign.voters), this.#names(reign.learners)]
    const members = JSON.stringify([[...reign.voters].sort(), [...reign.learners].sort()])
    if (members === this.#members) return
    this.#members = members
    this.#options.tell({ kind: "raft.config", term: String(term), leader: this.#name(leader), voters, learners })
  }

  #ledBy(leader: ReplicaId | undefined, term: Term): void {
    this.#leader = leader
    this.#term = term
    const { log, tell } = this.#options
    const fields = { term, leader }
    if (leader === undefined) {
      log.write("info", "raft.no-leader", `nobody leads in term ${term}`, fields)
      return tell({ kind: "raft.no-leader", term: String(term), leader: null })
    }
    const name = this.#name(leader)
    log.write("info", "raft.leader", `${name} leads in term ${term}`, fields)
    tell({ kind: "raft.leader", term: String(term), leader: name })
  }

  #name(replica: ReplicaId): string {
    return this.#options.nameOf(replica) ?? replica
  }

  #names(those: readonly ReplicaId[]): string[] {
    return those.map((each) => this.#name(each)).sort()
  }

  /** Two clusters under one name never merge: an alarm on both sides, until one of them is gone. */
  belongsTo(own: ClusterId): void {
    const stranger = this.#options.stranger()
    if (stranger?.id === this.#stranger?.id) return
    this.#stranger = stranger
    if (stranger === undefined) return
    this.#options.log.write("error", "raft.other-cluster", strangerText(stranger, own))
  }

  /** Where a replica of this host knows of no leader: why that is, as far as it can tell. */
  leaderless(raft: Raft, cluster: ClusterId, nowMs: number): readonly Warning[] {
    if (raft.leader !== undefined || raft.ended !== undefined) return []
    const texts = explain(raft, nowMs, (replica) => this.#name(replica)).map(({ text }) => text)
    const others = this.#votersBeside(raft, cluster)
    if (others.length === 0) return [{ code: "no-leader", message: texts.join("; "), hint: "conclave raft status" }]
    const text = `by gossip ${others.join(", ")} vote, whom the log here does not name, so that it follows none of them`
    const hint = "if the group was recovered without this host: stop it, and conclave raft recover apply with that plan"
    return [{ code: "no-leader", message: [...texts, text].join("; "), hint }]
  }

  /** Members that are there and vote in this cluster, in a group to which the log here does not lead. */
  #votersBeside(raft: Raft, cluster: ClusterId): readonly string[] {
    const seats = this.#options.book.seats(cluster).filter(({ state }) => state === "alive")
    const voters = seats.filter(({ record }) => record.seat?.role === "voter")
    return voters
      .filter((member) => !raft.believes(offeredBy(member) as ReplicaId))
      .map(({ record }) => record.name)
      .sort()
  }

  /** That a group bears no loss every agent says; what else is wrong with it its leader alone knows. */
  get #tooFew(): readonly Alarm[] {
    if (this.#votes === 0 || this.#votes > 2 || this.#alarms.some(({ kind }) => kind === NOT_TOLERANT)) return []
    const why = this.#votes === 1 ? "one votes" : "two vote"
    return [{ kind: NOT_TOLERANT, text: `not fault tolerant: ${why}, so the next loss stops everything` }]
  }

  warnings(own: ClusterId | undefined): readonly Warning[] {
    const hint = "conclave raft status"
    const alarms = [...this.#alarms, ...this.#tooFew].map(({ kind, text }) => ({ code: kind, message: text, hint }))
    if (this.#stranger === undefined || own === undefined) return alarms
    const message = strangerText(this.#stranger, own)
    const next = "stop the agents of one of the two, and start them with empty data directories"
    return [...alarms, { code: "other-cluster", message, hint: next }]
  }
}

function strangerText({ record }: Member, own: ClusterId): string {
  return `${record.name} at ${record.addr} belongs to cluster ${record.seat?.cluster}, this host to ${own}`
}
