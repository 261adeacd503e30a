import type { SnapshotMeta } from "@conclave/consensus"
import type { SnapshotChunk, StoreResult } from "../log-store.ts"
import type { Files } from "./files.ts"
import { isFull } from "./reserve.ts"
import { TEMPORARY } from "./segment.ts"
import {
  SnapshotFileReader,
  SnapshotFileWriter,
  type SnapshotPiece,
  type SnapshotPlace,
  snapshotName,
} from "./snapshot-file.ts"

/** The newest, and one more for the day on which it turns out to be rotten. */
const KEPT = 2
const DONE: StoreResult = { ok: true }

interface Writing {
  readonly name: string
  readonly file: SnapshotFileWriter
  /** All is written; now it is read back. */
  check: SnapshotFileReader | undefined
}

/** The snapshots of one replica: those that are here, being written and being read. Throws what the system says. */
export class Snapshots {
  readonly #files: Files
  /** Oldest first. */
  #places: SnapshotPlace[]
  /** They stay until there is a newer one, and are counted and read no more. */
  #damaged: readonly SnapshotPlace[]
  readonly #writing: Map<number, Writing> = new Map()
  readonly #reading: Map<number, SnapshotFileReader> = new Map()

  constructor(files: Files, places: readonly SnapshotPlace[], damaged: readonly SnapshotPlace[] = []) {
    this.#files = files
    this.#places = [...places]
    this.#damaged = damaged
  }

  begin(snapshot: number, meta: SnapshotMeta): void {
    const name = `snapshot-${snapshot}${TEMPORARY}`
    const began = this.#unlessFull(snapshot, () => {
      const file = new SnapshotFileWriter(this.#files, name, meta)
      this.#writing.set(snapshot, { name, file, check: undefined })
    })
    if (!began.ok) this.#files.remove(name)
  }

  append(snapshot: number, chunk: Uint8Array): StoreResult {
    const writing = this.#writing.get(snapshot)
    if (writing === undefined) return GONE
    return this.#unlessFull(snapshot, () => writing.file.append(chunk))
  }

  /** One step towards a durable file; undefined = call again. */
  finish(snapshot: number): StoreResult | undefined {
    const writing = this.#writing.get(snapshot)
    if (writing === undefined) return GONE
    if (writing.check !== undefined) return this.#compare(snapshot, writing, writing.check.next())
    const ended = this.#unlessFull(snapshot, () => writing.file.end())
    if (!ended.ok) return ended
    writing.check = new SnapshotFileReader(this.#files, writing.name)
    return this.#compare(snapshot, writing, writing.check.begin() === "end" ? NOTHING_YET : "damaged")
  }

  abort(snapshot: number): void {
    const writing = this.#writing.get(snapshot)
    if (writing === undefined) return
    this.#writing.delete(snapshot)
    if (writing.check === undefined) writing.file.close()
    else writing.check.close()
    this.#files.remove(writing.name)
  }

  beginReading(reading: number, meta: SnapshotMeta): void {
    if (!this.#places.some((each) => isAt(each, meta))) return
    const reader = new SnapshotFileReader(this.#files, snapshotName(meta))
    this.#reading.set(reading, reader)
    if (reader.begin() !== "end") this.endReading(reading)
  }

  read(reading: number): SnapshotChunk {
    const piece = this.#reading.get(reading)?.next() ?? "damaged"
    if (piece === "end") return { kind: "end" }
    if (typeof piece === "string") return { kind: "unreadable", message: "the snapshot is not here, or it is damaged" }
    return { kind: "chunk", bytes: piece }
  }

  endReading(reading: number): void {
    this.#reading.get(reading)?.close()
    this.#reading.delete(reading)
  }

  /** The snapshot at `meta` is the newest to be kept: returns up to where the log is needed no more. */
  keep(meta: SnapshotMeta): number {
    if (!this.#places.some((each) => isAt(each, meta))) return 0
    const upTo = this.#places.filter((each) => each.index <= meta.index)
    const damaged = this.#damaged.filter((each) => each.index <= meta.index)
    const gone = [...upTo.slice(0, -KEPT), ...damaged]
    for (const each of gone) this.#files.remove(snapshotName(each))
    if (gone.length > 0) this.#files.sync()
    this.#places = this.#places.filter((each) => !gone.includes(each))
    this.#damaged = this.#damaged.filter((each) => !gone.includes(each))
    return upTo.length < KEPT ? 0 : (upTo.at(-KEPT)?.index ?? 0)
  }

  close(): void {
    for (const snapshot of [...this.#writing.keys()]) this.abort(snapshot)
    for (const reading of [...this.#reading.keys()]) this.endReading(reading)
  }

  /** What was read back is what was written, or the disk is not to be trusted with anything else either. */
  #compare(snapshot: number, { name, file, check }: Writing, piece: SnapshotPiece): StoreResult | undefined {
    if (piece === "damaged" || piece === "newer-version") throw new Error("a snapshot was not read as it was written")
    if (piece !== "end") return undefined
    check?.close()
    this.#writing.delete(snapshot)
    this.#files.rename(name, snapshotName(file.meta))
    this.#files.sync()
    const { index, term } = file.meta
    this.#damaged = this.#damaged.filter((each) => !isAt(each, file.meta))
    const others = this.#places.filter((each) => !isAt(each, file.meta))
    this.#places = [...others, { index, term }].sort((a, b) => a.index - b.index)
    return DONE
  }

  /** A full disk is no failure of the log: the file goes, and its place with it. */
  #unlessFull(snapshot: number, act: () => void): StoreResult {
    try {
      act()
      return DONE
    } catch (cause) {
      if (!isFull(cause)) throw cause
      this.abort(snapshot)
      return { ok: false, message: "the disk has no room for a snapshot" }
    }
  }
}

function isAt(place: SnapshotPlace, { index, term }: SnapshotPlace): boolean {
  return place.index === index && place.term === term
}

const GONE: StoreResult = { ok: false, message: "this snapshot was given up" }
const NOTHING_YET = new Uint8Array(0)
