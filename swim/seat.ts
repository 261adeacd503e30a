import { base32, type NodeId, nodeIdBytes } from "@conclave/base"
import type { gossip } from "#wire/gossip"
import type { Seat } from "./types.ts"

const ROLES: readonly Seat["role"][] = ["none", "learner", "voter"]
const WISHES: readonly Seat["wish"][] = ["auto", "yes", "never"]
const ID_BYTES = 16

type Wire = Pick<
  gossip.Record.$Properties,
  "clusterId" | "replicaId" | "raftRole" | "voterWish" | "logFull" | "expects"
>

/** The fields of a record that tell of `seat`; none for an absent one. */
export function wireSeat(seat: Seat | undefined): Wire {
  if (seat === undefined) return {}
  return {
    ...(seat.cluster === "" ? {} : { clusterId: nodeIdBytes(seat.cluster as NodeId) }),
    replicaId: nodeIdBytes(seat.replica as NodeId),
    raftRole: ROLES.indexOf(seat.role),
    voterWish: WISHES.indexOf(seat.wish),
    ...(seat.isFull ? { logFull: true } : {}),
    ...(seat.expects === undefined ? {} : { expects: seat.expects }),
  }
}

/** What a record tells of a seat, absent where it tells nothing; "malformed" for ids that are none. */
export function readSeat(wire: Wire): Seat | undefined | "malformed" {
  const { clusterId, replicaId, raftRole, voterWish, logFull, expects } = wire
  const cluster = readId(clusterId)
  const replica = readId(replicaId)
  if (cluster === undefined || replica === undefined) return "malformed"
  if (replica === "") return undefined
  const role = ROLES[raftRole ?? 0] ?? "none"
  const wish = WISHES[voterWish ?? 0] ?? "never"
  return { cluster, replica, role, wish, isFull: logFull ?? false, ...(expects ? { expects } : {}) }
}

export function isSameSeat(a: Seat | undefined, b: Seat | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  const isAlike = a.role === b.role && a.wish === b.wish && a.isFull === b.isFull && a.expects === b.expects
  return a.cluster === b.cluster && a.replica === b.replica && isAlike
}

function readId(bytes: Uint8Array | null | undefined): string | undefined {
  const length = bytes?.length ?? 0
  if (length === 0) return ""
  return length === ID_BYTES && bytes ? base32(bytes) : undefined
}
