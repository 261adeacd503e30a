import { assert } from "@conclave/base"
import type { Core } from "./core.ts"
import { greatest, type LogIndex, least, type ReplicaId } from "./ids.ts"
import type { Entry, Message, SnapshotMeta } from "./types.ts"

type Append = Extract<Message, { kind: "append" }>
type Heartbeat = Extract<Message, { kind: "heartbeat" }>

/**
 * Raft §5.3, figure 2: takes what the leader of this term sends. The answer leaves once it is on disk; a leader that
 * knows it already wants none.
 */
export function takeAppend(core: Core, { from, prev, entries, commit, isQuiet }: Append): void {
  const { log } = core
  const answer = (match: LogIndex): void => {
    if (isQuiet !== true || entries.length > 0) core.send(from, { kind: "appended", match }, "durable")
  }
  // What lies below our commit index agrees already; it may be compacted, which is no conflict.
  if (prev.index < core.commit) return answer(core.commit)
  if (!log.has(prev)) {
    const at = log.lastAtMost(least(prev.index, log.last), prev.term)
    return core.send(from, { kind: "appendRejected", rejected: prev.index, hint: at }, "durable")
  }
  const fresh = entries.findIndex((entry) => log.term(entry.index) !== entry.term)
  if (fresh >= 0) {
    const conflict = (entries[fresh] as Entry).index
    if (conflict <= log.last) core.truncate(conflict)
    for (const entry of entries.slice(fresh)) core.append(entry)
  }
  // Bound by what this append speaks of: our own tail beyond it may be anybody's.
  const lastNew = (prev.index + entries.length) as LogIndex
  core.commitTo(greatest(core.commit, least(commit, lastNew)))
  answer(lastNew)
}

/** It carries no log check, so its commit index is bound by what this replica has acknowledged. */
export function takeHeartbeat(core: Core, { from, commit, match, round }: Heartbeat): void {
  if (match > core.log.last) {
    core.terminate("log-below-acknowledged")
    return
  }
  core.commitTo(greatest(core.commit, least(commit, match)))
  const full = core.isFull ? ({ isFull: true } as const) : {}
  const slow = core.isDiskSlow ? ({ isSlow: true } as const) : {}
  const featureMax = core.config.featureLevelMax
  core.send(from, { kind: "heartbeatReply", round, featureMax, ...full, ...slow }, "durable")
}

/** Raft §7, figure 13: a snapshot of the leader, whole and durable as a file. */
export function takeSnapshot(core: Core, from: ReplicaId, meta: SnapshotMeta): void {
  const { log } = core
  if (meta.featureLevel > core.config.featureLevelMax) return core.terminate("feature-unknown")
  if (meta.index > core.commit && log.has(meta)) {
    // Our log goes as far and agrees there: nothing has to be taken over.
    core.commitTo(meta.index)
  } else if (meta.index > core.commit) {
    assert(core.role === "follower", "a snapshot is taken over by a follower")
    core.replace(meta)
    core.effect({ kind: "restore", meta })
  }
  core.send(from, { kind: "appended", match: core.commit }, "durable")
}

/** What is not even in itself a piece of a log comes from no replica of this program. */
export function isSound({ term, prev, entries }: Append): boolean {
  let last = prev
  let level = 0
  for (const entry of entries) {
    if (entry.index !== last.index + 1 || entry.term < last.term || entry.term > term) return false
    if ((entry.kind === "group") !== (entry.group !== undefined) || entry.featureLevel < level) return false
    last = entry
    level = entry.featureLevel
  }
  return true
}
