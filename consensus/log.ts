import { assert } from "@conclave/base"
import { isMember, NO_GROUP, sameGroup } from "./group.ts"
import {
  ID_CHARACTERS_MAX,
  INDEX_ZERO,
  type LogIndex,
  least,
  next,
  type ReplicaId,
  TERM_ZERO,
  type Term,
} from "./ids.ts"
import type { Entry, Group, LogPosition, SnapshotMeta } from "./types.ts"

/** What the log may answer about one place. */
export type TermAt = Term | "compacted" | "none"

/** Bytes that an entry costs beside its data: in memory, on disk and on the wire alike. */
const ENTRY_OVERHEAD_BYTES = 32

export function bytesOf({ data, group }: Entry): number {
  return data.length + ENTRY_OVERHEAD_BYTES + (group === undefined ? 0 : bytesOfGroup(group))
}

function bytesOfGroup({ voters, outgoing, learners, learnersNext }: Group): number {
  return (voters.length + outgoing.length + learners.length + learnersNext.length) * ID_CHARACTERS_MAX
}

interface GroupAt {
  readonly index: LogIndex
  readonly group: Group
}

/** What stays of the log before a snapshot. */
export interface Kept {
  readonly keepEntries: number
  readonly keepBytes: number
  /** All behind this index, if it is no more than so many bytes: somebody is just being sent what lies before it. */
  readonly pinned?: { readonly index: LogIndex; readonly bytesMax: number }
}

/**
 * The part of the log that is kept, in memory: the disk is for recovery alone. The group in force is a pure function of
 * the snapshot and these entries, so it is right after a cut and after a restart (Raft thesis §4.1: active on append).
 */
export class Log {
  #base: LogPosition
  #entries: Entry[] = []
  #groups: GroupAt[]
  #snapshot: SnapshotMeta

  constructor(snapshot: SnapshotMeta = EMPTY_SNAPSHOT, entries: readonly Entry[] = []) {
    this.#snapshot = snapshot
    this.#base = { index: snapshot.index, term: snapshot.term }
    this.#groups = [{ index: snapshot.index, group: snapshot.group }]
    for (const entry of entries) this.append(entry)
  }

  get snapshot(): SnapshotMeta {
    return this.#snapshot
  }

  /** The first entry that is kept; one past the last when none is. */
  get first(): LogIndex {
    return next(this.#base.index)
  }

  get last(): LogIndex {
    return (this.#base.index + this.#entries.length) as LogIndex
  }

  get lastPosition(): LogPosition {
    const { index, term } = this.#entries.at(-1) ?? this.#base
    return { index, term }
  }

  get group(): Group {
    return (this.#groups.at(-1) as GroupAt).group
  }

  /** Where the group in force was appended, or the snapshot's index. */
  get groupIndex(): LogIndex {
    return (this.#groups.at(-1) as GroupAt).index
  }

  get groupPosition(): LogPosition {
    const term = this.term(this.groupIndex)
    assert(typeof term === "number", "the group in force stands in the part that is kept")
    return { index: this.groupIndex, term }
  }

  /** The feature level of the last entry: what a new one is appended under. */
  get featureLevel(): number {
    return this.#entries.at(-1)?.featureLevel ?? this.#snapshot.featureLevel
  }

  /** What a snapshot of everything up to `index` stands for. */
  metaAt(index: LogIndex): SnapshotMeta {
    const entry = this.entry(index)
    if (entry === undefined) {
      assert(index === this.#snapshot.index, "a snapshot stands at an entry or where the last one stood")
      return this.#snapshot
    }
    return { index, term: entry.term, group: this.groupAt(index), featureLevel: entry.featureLevel }
  }

  /** The group as it was at `index`, which is not before the snapshot. */
  groupAt(index: LogIndex): Group {
    const found = this.#groups.findLast((each) => each.index <= index)
    assert(found !== undefined, "the group at an index of the log is known")
    return found.group
  }

  /** The group as it was at `from`, or a later one, has `id`. */
  names(id: ReplicaId, from: LogIndex): boolean {
    for (let at = this.#groups.length - 1; at >= 0; at--) {
      const { index, group } = this.#groups[at] as GroupAt
      if (isMember(group, id)) return true
      if (index <= from) return false
    }
    return false
  }

  term(index: LogIndex): TermAt {
    if (index === this.#base.index) return this.#base.term
    if (index < this.#base.index) return "compacted"
    return this.#entries[index - this.#base.index - 1]?.term ?? "none"
  }

  has({ index, term }: LogPosition): boolean {
    return this.term(index) === term
  }

  entry(index: LogIndex): Entry | undefined {
    return this.#entries[index - this.#base.index - 1]
  }

  /** Entries from `from` to `to`, both included, as many as fit in `bytesMax`, at least one. */
  slice(from: LogIndex, to: LogIndex, bytesMax: number = Number.POSITIVE_INFINITY): readonly Entry[] {
    assert(from >= this.first && to <= this.last, "a slice lies in the log")
    const entries: Entry[] = []
    let bytes = 0
    for (let index = from; index <= to; index = next(index)) {
      const entry = this.entry(index) as Entry
      bytes += bytesOf(entry)
      if (bytes > bytesMax && entries.length > 0) break
      entries.push(entry)
    }
    return entries
  }

  append(entry: Entry): void {
    assert(entry.index === next(this.last), "an entry is appended at the end")
    assert(entry.term >= this.lastPosition.term, "terms never fall along the log")
    this.#entries.push(entry)
    if (entry.group !== undefined) this.#groups.push({ index: entry.index, group: entry.group })
  }

  /** Forgets everything from `from` on, and the groups with it. */
  truncate(from: LogIndex): void {
    assert(from >= this.first && from <= this.last, "a cut lies in the log")
    this.#entries.length = from - this.#base.index - 1
    while ((this.#groups.at(-1) as GroupAt).index >= from) this.#groups.pop()
    assert(this.#groups.length > 0, "the group of the snapshot stays")
  }

  /** A snapshot of our own stands for everything up to its index; of the entries before it some are kept. */
  compact(meta: SnapshotMeta, keep: Kept): void {
    if (meta.index <= this.#snapshot.index) return
    assert(this.has(meta), "a snapshot stands at an entry of this log")
    assert(sameGroup(meta.group, this.groupAt(meta.index)), "a snapshot has the group of its place")
    this.#snapshot = meta
    const base = this.#baseFor(meta.index, keep)
    const term = this.term(base)
    assert(typeof term === "number", "the place before the first entry kept has a term")
    const group = this.groupAt(base)
    this.#entries = this.#entries.slice(base - this.#base.index)
    this.#base = { index: base, term }
    this.#groups = [{ index: base, group }, ...this.#groups.filter((each) => each.index > base)]
  }

  /** The place before the first entry that is kept. */
  #baseFor(index: LogIndex, { keepEntries, keepBytes, pinned }: Kept): LogIndex {
    const base = this.#backFrom(index, index - keepEntries, keepBytes)
    if (pinned === undefined || pinned.index >= base) return base
    const needed = this.#backFrom(index, pinned.index, pinned.bytesMax)
    return needed <= pinned.index ? needed : base
  }

  /** As far back as `lowest`, as long as there are no more bytes between. */
  #backFrom(index: LogIndex, least: number, bytesMax: number): LogIndex {
    const lowest = Math.max(this.#base.index, least)
    let base = index
    for (let bytes = 0; base > lowest; base = (base - 1) as LogIndex) {
      bytes += bytesOf(this.entry(base) as Entry)
      if (bytes > bytesMax) break
    }
    return base
  }

  /** Raft §7: a foreign snapshot replaces the whole log. */
  reset(meta: SnapshotMeta): void {
    this.#snapshot = meta
    this.#base = { index: meta.index, term: meta.term }
    this.#entries = []
    this.#groups = [{ index: meta.index, group: meta.group }]
  }

  /**
   * Fast backup (Raft §5.3, one round trip a term): the highest place at or below `index` whose term is at most `term`.
   * In the compacted part terms are forgotten: a place there is named with term 0, "perhaps".
   */
  lastAtMost(index: LogIndex, term: Term): LogPosition {
    let at = least(index, this.last)
    for (let found = this.term(at); typeof found === "number"; found = this.term(at)) {
      if (found <= term) return { index: at, term: found }
      at = (at - 1) as LogIndex
    }
    return { index: at, term: TERM_ZERO }
  }
}

export const EMPTY_SNAPSHOT: SnapshotMeta = {
  index: INDEX_ZERO,
  term: TERM_ZERO,
  group: NO_GROUP,
  featureLevel: 1,
}

/** Raft §5.4.1: the later last term wins, then the longer log. The one comparison of logs there is. */
export function isUpToDate(candidate: LogPosition, own: LogPosition): boolean {
  return candidate.term > own.term || (candidate.term === own.term && candidate.index >= own.index)
}
