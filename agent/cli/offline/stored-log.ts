import { existsSync } from "node:fs"
import { join } from "node:path"
import { Install, Machine, recordsOf, type StoredState } from "@conclave/consensus"
import { logFiles } from "../../node/log-files.ts"
import type { Files } from "../../wal/files.ts"
import { type ReadLog, readLog } from "../../wal/recovery.ts"
import { SnapshotFileReader, snapshotName } from "../../wal/snapshot-file.ts"

/** Entities that change in one go; offline nobody waits. */
const STEP_UNITS = 10_000

/** Where the log of a data directory lies. */
export function logDirectory(dataDir: string): string {
  return join(dataDir, "raft")
}

/** A log that no agent runs on, read from a data directory; nothing is changed. */
export interface StoredLog {
  readonly files: Files
  readonly read: ReadLog
  /** It lies in another directory than the one it was written in: an agent would not open it. */
  readonly hasMoved: boolean
}

/** Undefined = there is none. Throws `Refusal` where it is damaged, or what the system says. */
export function openStoredLog(directory: string): StoredLog | undefined {
  if (!existsSync(directory)) return undefined
  const files = logFiles(directory)
  const inode = files.inode()
  const read = readLog({ ...files, inode: () => undefined }, undefined)
  if (read === undefined) return undefined
  const written = read.chain.last.inode
  return { files, read, hasMoved: inode !== undefined && written !== "" && inode !== written }
}

/**
 * The state that a log stands for when all of it counts, also what its replica did not know to be committed: an entry
 * of the best log that is left may have been, and one that was not does no harm. Or why it cannot be had, for people.
 */
export function replay(files: Files, { snapshot, entries }: StoredState): Machine | string {
  const machine = snapshot.index === 0 ? new Machine() : install(files, snapshot)
  if (typeof machine === "string") return machine
  for (const { index, stampMs, kind, data } of entries) {
    machine.begin({ index, stampMs, data: kind === "command" ? data : undefined })
    let applied = machine.step(STEP_UNITS)
    while (applied === undefined) applied = machine.step(STEP_UNITS)
    if (applied.kind === "stopped") return `entry ${index} cannot be applied (${applied.reason})`
  }
  return machine
}

function install(files: Files, meta: StoredState["snapshot"]): Machine | string {
  const unusable = (why: string): string => `the snapshot of entry ${meta.index} cannot be used: ${why}`
  const reader = new SnapshotFileReader(files, snapshotName(meta))
  try {
    const target = new Install()
    for (let piece = reader.begin() === "end" ? reader.next() : "damaged"; piece !== "end"; piece = reader.next()) {
      if (typeof piece === "string") return unusable("it is damaged")
      for (const record of recordsOf(piece) ?? []) target.add(record)
    }
    const machine = target.finish(meta.index)
    return typeof machine === "string" ? unusable(`its records are ${machine}`) : machine
  } finally {
    reader.close()
  }
}
