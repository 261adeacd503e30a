import type { Alarm, ClusterId, Raft, ReplicaId } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import type { Warning } from "./api/view.ts"
import type { Log } from "./ports.ts"
import type { SeatBook } from "./seat-book.ts"

/** What people are told of the group: who leads, what the planner holds against it, and that another cluster is about. */
export class GroupNews {
  readonly #log: Log
  readonly #book: SeatBook
  #stranger: Member | undefined
  #leader: ReplicaId | undefined
  #alarms: readonly Alarm[] = []

  constructor(log: Log, book: SeatBook) {
    this.#log = log
    this.#book = book
  }

  /** On the leader what the planner holds against the group as it is. */
  alarmed(alarms: readonly Alarm[]): void {
    this.#alarms = alarms
  }

  /** Who leads is news; that nobody does, too. */
  ledBy({ leader, term }: Pick<Raft, "leader" | "term">): void {
    if (leader === this.#leader) return
    this.#leader = leader
    const fields = { term, leader }
    if (leader === undefined) return this.#log.write("info", "raft.no-leader", `nobody leads in term ${term}`, fields)
    const name = this.#book.ownerOf(leader)?.record.name ?? leader
    this.#log.write("info", "raft.leader", `${name} leads in term ${term}`, fields)
  }

  /** Two clusters under one name never merge: an alarm on both sides, until one of them is gone. */
  belongsTo(own: ClusterId): void {
    const stranger = this.#book.stranger(own)
    if (stranger?.id === this.#stranger?.id) return
    this.#stranger = stranger
    if (stranger !== undefined) this.#log.write("error", "raft.other-cluster", strangerText(stranger, own))
  }

  warnings(own: ClusterId | undefined): readonly Warning[] {
    const hint = "conclave raft status"
    const alarms = this.#alarms.map(({ kind, text }) => ({ code: kind, message: text, hint }))
    if (this.#stranger === undefined || own === undefined) return alarms
    const message = strangerText(this.#stranger, own)
    const next = "stop the agents of one of the two, and start them with empty data directories"
    return [...alarms, { code: "other-cluster", message, hint: next }]
  }
}

function strangerText({ record }: Member, own: ClusterId): string {
  return `${record.name} at ${record.addr} belongs to cluster ${record.seat?.cluster}, this host to ${own}`
}
