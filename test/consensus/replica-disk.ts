import { ok } from "node:assert/strict"
import type { Random } from "@conclave/base"
import type { SnapshotMeta } from "@conclave/consensus"
import {
  EMPTY_SNAPSHOT,
  type Entry,
  type HardState,
  type LogIndex,
  type StoredState,
  type Write,
} from "@conclave/consensus"

/** What the state machine of the simulation knows: how far it is, and a hash over all that it took. */
export interface MachineState {
  readonly index: LogIndex
  readonly hash: number
}

export interface SnapshotFile {
  readonly meta: SnapshotMeta
  readonly state: MachineState
}

const NOTHING: SnapshotFile = { meta: EMPTY_SNAPSHOT, state: { index: 0 as LogIndex, hash: 0 } }

/**
 * The disk of one replica: writes are durable in their order and some time after they were handed over; a crash loses
 * those that are not, except perhaps the first few.
 */
export class ReplicaDisk {
  hardState: HardState = { term: 0, vote: undefined, commit: 0 } as unknown as HardState
  /** What the log begins behind, durable. */
  base: SnapshotFile = NOTHING
  entries: Entry[] = []
  readonly pending: Write[] = []
  /** Snapshots that arrived whole. */
  readonly #arrived: Map<string, SnapshotFile> = new Map()

  static holding(stored: StoredState): ReplicaDisk {
    const disk = new ReplicaDisk()
    disk.hardState = stored.hardState
    disk.entries = [...stored.entries]
    return disk
  }

  get last(): number {
    return this.entries.at(-1)?.index ?? this.base.meta.index
  }

  get stored(): StoredState {
    return { hardState: this.hardState, snapshot: this.base.meta, entries: [...this.entries] }
  }

  /** True when the entry is here, or a snapshot that stands for it. */
  has(index: number, term: number): boolean {
    if (index <= this.base.meta.index) return true
    return this.entries[index - this.base.meta.index - 1]?.term === term
  }

  /** Everything up to write `upTo` is durable now. */
  sync(upTo: number): void {
    for (let write = this.pending[0]; write !== undefined && write.write <= upTo; write = this.pending[0]) {
      this.pending.shift()
      this.#apply(write)
    }
  }

  crash(random: Random): void {
    const kept = random.below(this.pending.length + 1)
    const last = this.pending[kept - 1]
    if (last !== undefined) this.sync(last.write)
    this.pending.length = 0
  }

  arrived(file: SnapshotFile): void {
    this.#arrived.set(`${file.meta.index}:${file.meta.term}`, file)
  }

  file(meta: SnapshotMeta): SnapshotFile {
    const file = this.#arrived.get(`${meta.index}:${meta.term}`)
    ok(file !== undefined, "a snapshot that is restored has arrived")
    return file
  }

  /** A snapshot of the replica's own state machine is durable: what lies before it is not needed any more. */
  taken(file: SnapshotFile): void {
    if (file.meta.index <= this.base.meta.index) return
    ok(this.has(file.meta.index, file.meta.term), "an own snapshot stands in the durable log")
    this.entries = this.entries.filter((entry) => entry.index > file.meta.index)
    this.base = file
  }

  #apply(write: Write): void {
    const old = this.hardState
    const { hardState, snapshot, truncateFrom, entries } = write
    ok(hardState.term >= old.term, "I7: the term on disk never falls")
    ok(hardState.term > old.term || old.vote === undefined || hardState.vote === old.vote, "I7: a vote is cast once")
    if (snapshot !== undefined) {
      this.base = this.file(snapshot)
      this.entries = []
    }
    if (truncateFrom !== undefined) this.entries = this.entries.filter((entry) => entry.index < truncateFrom)
    for (const entry of entries) {
      // What an own snapshot has overtaken meanwhile is not needed.
      if (entry.index <= this.base.meta.index) continue
      ok(entry.index === this.last + 1, "entries on disk follow one another")
      this.entries.push(entry)
    }
    this.hardState = hardState
    for (const entry of entries) ok(entry.term <= hardState.term, "I12: no entry of a term that is not on disk")
    ok(hardState.commit <= this.last, "what is committed is on disk in the same write")
  }
}
