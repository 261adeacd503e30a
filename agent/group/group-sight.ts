import { majority, type ReplicaId } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import type { RaftStatusJson } from "../api/raft-schema.ts"
import type { Reign } from "./mirror/reign.ts"

type Seat = RaftStatusJson["items"][number]

export interface GroupSight {
  /** What a relay told last; undefined = none has. */
  readonly reign: Reign | undefined
  readonly ownerOf: (replica: ReplicaId) => Member | undefined
  /** Members that have a seat, as gossip tells it. */
  readonly seats: readonly Member[]
  /** The last entry that this host's copy of the state has. */
  readonly appliedIndex: number
}

/**
 * The group as a host without a replica knows it, without asking anybody: who leads and votes from what a relay told
 * last, who of them is up from gossip; before any relay has told, gossip is all there is. What is committed it does not
 * know.
 */
export function statusOutside({ reign, ownerOf, seats, appliedIndex }: GroupSight): RaftStatusJson {
  const leader = reign?.leader === undefined ? undefined : ownerOf(reign.leader)
  // One that is known to be dead leads nobody, whatever the relay had heard by then.
  const leads = leader?.state === "dead" || leader?.state === "left" ? undefined : leader
  const items = reign === undefined ? seats.map(seatOf) : seatsOf(reign, ownerOf)
  const voters = items.filter(({ role }) => role !== "learner")
  const quorum = voters.length === 0 ? 0 : majority(voters.length)
  return {
    term: String(reign?.term ?? 0),
    leader: leads?.record.name ?? null,
    commitIndex: "0",
    appliedIndex: String(appliedIndex),
    quorum,
    canLose: Math.max(0, voters.filter(({ up }) => up).length - quorum),
    items: sortedSeats(items),
  }
}

/** By name; those of whom nobody knows whose they are stand first. */
export function sortedSeats(items: readonly Seat[]): Seat[] {
  return [...items].sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1))
}

function seatOf(member: Member): Seat {
  return seat(member, member.record.seat?.role === "voter" ? "voter" : "learner")
}

function seatsOf({ leader, voters, learners }: Reign, ownerOf: GroupSight["ownerOf"]): Seat[] {
  return [
    ...voters.map((each) => seat(ownerOf(each), each === leader ? "leader" : "voter")),
    ...learners.map((each) => seat(ownerOf(each), "learner")),
  ]
}

function seat(member: Member | undefined, role: Seat["role"]): Seat {
  const isDead = member?.state === "dead" || member?.state === "left"
  return {
    name: member?.record.name ?? null,
    id: member?.id ?? null,
    addr: member?.record.addr ?? null,
    role: role === "leader" && isDead ? "voter" : role,
    up: member?.state === "alive",
    matchIndex: null,
    lag: null,
    lastContactMs: null,
  }
}
