import type { Member } from "@conclave/swim"
import type { Warning } from "../api/view.ts"
import type { Room } from "../log-store.ts"

const HINT = "make room where the data directory is; the agent goes on by itself"

/** What operators are told of a disk that the log finds no room on, for as long as that lasts. */
export function roomWarnings(room: Room): readonly Warning[] {
  if (room === "ok") return []
  const message =
    "the disk under the log is full: a leader here refuses new work; reads, renewals, releases and revokes go on"
  return [{ code: "disk-full", message, hint: HINT }]
}

/** The same of other hosts, wherever it is asked: what the leader has no room for is refused everywhere. */
export function roomWarningsOf(members: readonly Member[], leader: Member | undefined): readonly Warning[] {
  return members.map(({ id, record: { name } }) => {
    const room = `make room on ${name} where its data directory is`
    if (id !== leader?.id) {
      const message = `the disk under the log of ${name} is full: while it leads it refuses new work`
      return { code: "disk-full", message, hint: room }
    }
    const message = `the disk of the leader ${name} is full: new work is refused; reads, renewals, releases and revokes go on`
    return { code: "disk-full", message, hint: `${room}, or let another lead: conclave raft transfer` }
  })
}

/** Whoever leads: what no quorum has room for is refused, or the group would stop with its next full segment. */
export function quorumRoomWarnings(lacksRoom: boolean): readonly Warning[] {
  if (!lacksRoom) return []
  const message =
    "the disks of too many voters are full: new work is refused; reads, renewals, releases and revokes go on"
  return [{ code: "quorum-disk-full", message, hint: "make room on voters until most of them have some" }]
}
