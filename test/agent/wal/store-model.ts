import { deepEqual, ok } from "node:assert/strict"
import type { Random } from "@conclave/base"
import type { Entry, HardState, SnapshotMeta, StoredState, Write } from "@conclave/consensus"

/** What a log should hold: the plain truth, one whole copy for each write. */
export interface LogModel {
  readonly hardState: HardState
  readonly base: { readonly index: number; readonly term: number }
  readonly entries: readonly Entry[]
}

export const EMPTY_MODEL: LogModel = {
  hardState: hardState(0, undefined, 0),
  base: { index: 0, term: 0 },
  entries: [],
}

export const GROUP = {
  voters: ["r1"],
  outgoing: [],
  learners: [],
  learnersNext: [],
} as unknown as SnapshotMeta["group"]

export function hardState(term: number, vote: string | undefined, commit: number): HardState {
  return { term, vote, commit } as unknown as HardState
}

export function metaOf(index: number, term: number): SnapshotMeta {
  return { index, term, group: GROUP, featureLevel: 1 } as unknown as SnapshotMeta
}

export function entryOf(index: number, term: number, data: Uint8Array): Entry {
  return { index, term, kind: "command", stampMs: index, featureLevel: 1, data } as unknown as Entry
}

export function lastOf({ base, entries }: LogModel): number {
  return base.index + entries.length
}

export function termAt({ base, entries }: LogModel, index: number): number | undefined {
  return index === base.index ? base.term : entries[index - base.index - 1]?.term
}

export function applied(model: LogModel, { snapshot, truncateFrom, entries, hardState }: Write): LogModel {
  const base = snapshot === undefined ? model.base : { index: snapshot.index, term: snapshot.term }
  const old = snapshot === undefined ? model.entries : []
  const kept = truncateFrom === undefined ? old : old.filter((entry) => entry.index < truncateFrom)
  return { hardState, base, entries: [...kept, ...entries] }
}

/** Throws unless the disk says what the model says. */
export function same(stored: StoredState, model: LogModel): void {
  const { snapshot, entries, hardState } = stored
  deepEqual(hardState, model.hardState)
  ok(snapshot.index >= model.base.index, "the snapshot reaches the log")
  deepEqual(termAt(model, snapshot.index), snapshot.term as number, "the snapshot is one of this log")
  deepEqual(
    entries,
    model.entries.filter((entry) => entry.index > snapshot.index),
  )
}

export function isSame(stored: StoredState, model: LogModel): boolean {
  try {
    same(stored, model)
    return true
  } catch {
    return false
  }
}

/** A write as a replica might make it: terms and commits rise, what is committed is never cut. */
export function randomWrite(random: Random, model: LogModel, number: number, epoch: number): Write {
  const last = lastOf(model)
  const { commit, vote } = model.hardState
  const term = model.hardState.term + (random.chance(1, 4) ? 1 : 0)
  const from = random.chance(1, 4) && last > commit ? commit + 1 + random.below(last - commit) : undefined
  const first = from ?? last + 1
  const count = from === undefined && random.chance(1, 5) ? 0 : 1 + random.below(4)
  const entries = Array.from({ length: count }, (_, place) => entryOf(first + place, term, randomData(random)))
  const highest = first - 1 + count
  const isNewTerm = term > model.hardState.term || term === 0
  return {
    write: number,
    epoch: epoch + (from === undefined ? 0 : 1),
    ...(from === undefined ? {} : { truncateFrom: from as Write["truncateFrom"] & number }),
    entries: term === 0 ? [] : entries,
    hardState: hardState(
      term,
      isNewTerm ? undefined : (vote ?? "r1"),
      term === 0 ? 0 : commit + random.below(highest - commit + 1),
    ),
  }
}

/** Also long runs of zeros, which look like what was never written, and an entry larger than a segment. */
function randomData(random: Random): Uint8Array {
  const shape = random.below(12)
  if (shape === 0) return new Uint8Array(1200 + random.below(900))
  const bytes = new Uint8Array(shape === 1 ? 5000 : random.below(120))
  for (let at = 0; at < bytes.length; at++) bytes[at] = random.below(256)
  return bytes
}
