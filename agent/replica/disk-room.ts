import type { Warning } from "../api/view.ts"
import type { Room } from "../log-store.ts"

/** What operators are told of a disk that the log finds no room on, for as long as that lasts. */
export function roomWarnings(room: Room): readonly Warning[] {
  if (room === "ok") return []
  const message = "the disk under the log is full: a leader here refuses new work; reads, renewals and releases go on"
  return [{ code: "disk-full", message, hint: "make room where the data directory is; the agent goes on by itself" }]
}
