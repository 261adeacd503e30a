import type { NodeId } from "@conclave/base"
import { EMPTY_SNAPSHOT, type LogIndex, type SnapshotMeta, type StoredState } from "@conclave/consensus"
import type { Opened } from "../log-store.ts"
import type { Contents } from "./contents.ts"
import type { Files } from "./files.ts"
import { Refusal } from "./refusal.ts"
import { ReplicaLog } from "./replica-log.ts"
import { segmentName, TEMPORARY } from "./segment.ts"
import { readSegments, type SegmentChain } from "./segment-chain.ts"
import type { SegmentSizes } from "./segment-sizes.ts"
import { checkSnapshot, type SnapshotPlace, snapshotName, snapshotOf } from "./snapshot-file.ts"

export interface Recovered {
  readonly log: ReplicaLog
  readonly opened: Extract<Opened, { kind: "open" }>
  /** Those that belong to this log, oldest first: as far as one is sound, and the damaged ones behind it. */
  readonly snapshots: readonly SnapshotPlace[]
  readonly damaged: readonly SnapshotPlace[]
}

/** What a log says, as it lies there. */
export interface ReadLog {
  readonly chain: SegmentChain
  readonly stored: StoredState
  readonly remarks: readonly string[]
  /** Those that belong to it, oldest first: as far as one is sound, and the damaged ones behind it. */
  readonly snapshots: readonly SnapshotPlace[]
  readonly damaged: readonly SnapshotPlace[]
  /** Those that do not. */
  readonly strangers: readonly SnapshotPlace[]
}

/**
 * Reads what a directory holds and changes nothing; undefined when that is nothing. `owner` undefined: whose log it is
 * does not matter. Throws `Refusal`, or what the system says.
 */
export function readLog(files: Files, owner: NodeId | undefined): ReadLog | undefined {
  const places = files.list().map(snapshotOf)
  const all = places.filter((each) => each !== undefined).sort((a, b) => a.index - b.index)
  const chain = readSegments(files, owner)
  if (chain === undefined) {
    if (all.length > 0) throw new Refusal("damaged", "there are snapshots, and the log is missing")
    return undefined
  }
  const own = all.filter((each) => belongs(each, chain.contents))
  const { meta, remarks } = chooseSnapshot(files, own, chain)
  refuseContradictions(chain)
  const snapshots = own.filter(({ index }) => index <= meta.index)
  const damaged = own.filter(({ index }) => index > meta.index)
  const strangers = all.filter((each) => !own.includes(each))
  return { chain, stored: storedState(chain.contents, meta), remarks, snapshots, damaged, strangers }
}

/**
 * Opens what a directory holds; undefined when that is nothing. Throws `Refusal`, or what the system says.
 *
 * That bytes can be read does not prove that they are durable: the process before this one may have been killed between
 * write and sync, or its sync may have failed, after which the pages count as clean and no further sync writes them. So
 * the end of the log is written anew, into a new file, and only then anybody hears of it. Where the disk is full it is
 * written anew in its place.
 */
export function recover(files: Files, owner: NodeId, sizes: SegmentSizes): Recovered | undefined {
  for (const name of files.list()) if (name.endsWith(TEMPORARY)) files.remove(name)
  const read = readLog(files, owner)
  if (read === undefined) return undefined
  const { chain, stored, remarks, snapshots, damaged, strangers } = read
  const log = ReplicaLog.resume(files, sizes, chain)
  removeAll(files, [...chain.leftovers, ...superseded(chain, log), ...strangers.map(snapshotName)])
  return { log, opened: { kind: "open", identity: chain.identity, stored, remarks }, snapshots, damaged }
}

/** What the new file stands for. */
function superseded({ contents, earlier, last }: SegmentChain, log: ReplicaLog): readonly string[] {
  if (log.segment === last.segment) return []
  return [...(contents.beginsAnew ? earlier : []).map(({ number }) => number), last.segment].map(segmentName)
}

/** It stands where the log begins or at an entry of it; else a leader sent it, and it was never taken over. */
function belongs({ index, term }: SnapshotPlace, contents: Contents): boolean {
  const known = contents.termAt(index)
  return known === term || (known === 0 && index === contents.base)
}

/** The newest that is sound and that the log goes on from. */
function chooseSnapshot(
  files: Files,
  snapshots: readonly SnapshotPlace[],
  { contents, identity, remarks }: SegmentChain,
): { readonly meta: SnapshotMeta; readonly remarks: readonly string[] } {
  const found = [...remarks]
  for (const place of snapshots.toReversed().filter(({ index }) => index >= contents.base)) {
    const meta = soundMeta(files, place)
    if (meta === "newer-version") throw new Refusal(meta, `${snapshotName(place)} is of a newer program`, identity)
    if (meta !== "damaged") return { meta, remarks: found }
    found.push(`${snapshotName(place)} is damaged; an older snapshot and the log stand in for it`)
  }
  if (contents.base === 0) return { meta: EMPTY_SNAPSHOT, remarks: found }
  throw new Refusal("damaged", `the log begins behind ${contents.base}, and no sound snapshot reaches there`, identity)
}

/** A sector that cannot be read is as good as one that reads wrong. */
function soundMeta(files: Files, place: SnapshotPlace): ReturnType<typeof checkSnapshot> {
  try {
    return checkSnapshot(files, place)
  } catch (cause) {
    if ((cause as { code?: unknown }).code === "EIO") return "damaged"
    throw cause
  }
}

/** What the files say does not contradict itself; a replica that began with it would stop at once. */
function refuseContradictions({ contents, identity }: SegmentChain): void {
  const { hardState, last } = contents
  if (hardState.commit > last) {
    throw new Refusal("damaged", `${hardState.commit} entries were committed, and the log ends at ${last}`, identity)
  }
  if (contents.termAt(last) > hardState.term) {
    throw new Refusal("damaged", `an entry is of a later term than ${hardState.term}, the last one known`, identity)
  }
}

function storedState({ hardState, entries, base }: Contents, snapshot: SnapshotMeta): StoredState {
  return { hardState, snapshot, entries: entries.slice(Math.max(0, (snapshot.index as LogIndex) - base)) }
}

function removeAll(files: Files, names: readonly string[]): void {
  for (const name of names) files.remove(name)
  files.sync()
}
