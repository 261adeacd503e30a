import { assert } from "@conclave/base"
import protobuf from "protobufjs/minimal.js"
import { raft } from "#wire/raft"
import { ENTRY_DATA_BYTES_MAX, FEATURE_LEVEL_LIMIT } from "./config.ts"
import { groupProblem, NO_GROUP } from "./group.ts"
import { isReplicaId, type LogIndex, type ReplicaId, type Term } from "./ids.ts"
import type { Entry, EntryKind, Group, HardState, SnapshotMeta } from "./types.ts"
import { WireReader } from "./wire-reader.ts"

/** Why bytes are no record: of a kind that came after this version, or not what this program ever writes. */
export type RecordProblem = "entry-kind" | "malformed"

export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: RecordProblem }

/** By number, from 1. */
const KINDS: readonly EntryKind[] = ["noop", "command", "group", "feature"]

/**
 * One entry as a record of the write-ahead log, and as it stands in an append; the bytes carry no length and no
 * checksum of their own. A leader needs them for its log and for each of the others, so those of late are kept. Not to
 * be changed.
 */
export function encodeEntry(entry: Entry): Uint8Array {
  const slot = entry.index % KEPT_MAX
  const kept = KEPT[slot]
  if (kept?.entry === entry) return kept.bytes
  const bytes = raft.Entry.encode(wireEntry(entry), new protobuf.Writer()).finish()
  if (bytes.length <= KEPT_BYTES_MAX) KEPT[slot] = { entry, bytes }
  return bytes
}

const KEPT_MAX = 256
const KEPT_BYTES_MAX = 4096
const KEPT: ({ readonly entry: Entry; readonly bytes: Uint8Array } | undefined)[] = new Array(KEPT_MAX).fill(undefined)

/** Total: never throws, whatever the bytes. The result holds on to none of them. */
export function decodeEntry(bytes: Uint8Array): Decoded<Entry> {
  return decoded(bytes, raft.Entry, readEntry)
}

export function encodeHardState({ term, vote, commit }: HardState): Uint8Array {
  assert(vote === undefined || isReplicaId(vote), "a vote is for a replica")
  return raft.HardState.encode({ term, vote: vote ?? "", commit }, new protobuf.Writer()).finish()
}

export function decodeHardState(bytes: Uint8Array): Decoded<HardState> {
  return decoded(bytes, raft.HardState, readHardState)
}

export function encodeGroup(group: Group): Uint8Array {
  return raft.Group.encode(wireGroup(group), new protobuf.Writer()).finish()
}

/** A group with a voter; nothing else is ever in force. */
export function decodeGroup(bytes: Uint8Array): Decoded<Group> {
  return decoded(bytes, raft.Group, readGroup)
}

export function encodeSnapshotMeta({ index, term, group, featureLevel }: SnapshotMeta): Uint8Array {
  const fields = { index, term, group: wireGroup(group), featureLevel }
  return raft.SnapshotMeta.encode(fields, new protobuf.Writer()).finish()
}

/** Also the empty one, of a log that begins with its first entry. */
export function decodeSnapshotMeta(bytes: Uint8Array): Decoded<SnapshotMeta> {
  return decoded(bytes, raft.SnapshotMeta, readSnapshotMeta)
}

function wireEntry({ index, term, kind, stampMs, featureLevel, data, group }: Entry): raft.Entry.$Properties {
  assert(data.length <= ENTRY_DATA_BYTES_MAX, "an entry has at most so many bytes")
  assert(Number.isSafeInteger(stampMs) && stampMs >= 0, "a stamp is a whole number of ms")
  const fields = { index, term, kind: KINDS.indexOf(kind) + 1, stampMs, featureLevel, data }
  return group === undefined ? fields : { ...fields, group: wireGroup(group) }
}

export function readEntry(wire: raft.Entry.$Properties): Entry | RecordProblem {
  const kind = KINDS[(wire.kind ?? 0) - 1]
  if (kind === undefined) return (wire.kind ?? 0) > KINDS.length ? "entry-kind" : "malformed"
  const { index = 0, term = 0, stampMs, data } = readNumbers(wire)
  const featureLevel = readFeatureLevel(wire.featureLevel)
  if (index < 1 || term < 1 || featureLevel === undefined || data.length > ENTRY_DATA_BYTES_MAX) return "malformed"
  const entry = {
    index: index as LogIndex,
    term: term as Term,
    kind,
    stampMs,
    featureLevel,
    data: new Uint8Array(data),
  }
  if ((kind === "group") !== (wire.group != null)) return "malformed"
  if (wire.group == null) return entry
  const group = readGroup(wire.group)
  return typeof group === "string" ? group : { ...entry, group }
}

function readNumbers(wire: raft.Entry.$Properties): { index: number; term: number; stampMs: number; data: Uint8Array } {
  return { index: wire.index ?? 0, term: wire.term ?? 0, stampMs: wire.stampMs ?? 0, data: wire.data ?? NO_DATA }
}

function readHardState(wire: raft.HardState.$Properties): HardState | RecordProblem {
  const vote = wire.vote ?? ""
  if (vote !== "" && !isReplicaId(vote)) return "malformed"
  return {
    term: (wire.term ?? 0) as Term,
    vote: vote === "" ? undefined : vote,
    commit: (wire.commit ?? 0) as LogIndex,
  }
}

function readSnapshotMeta(wire: raft.SnapshotMeta.$Properties): SnapshotMeta | RecordProblem {
  const featureLevel = readFeatureLevel(wire.featureLevel)
  const index = (wire.index ?? 0) as LogIndex
  const term = (wire.term ?? 0) as Term
  if (featureLevel === undefined || (index === 0) !== (term === 0)) return "malformed"
  const group = readMembers(wire.group ?? {})
  // Where nothing is committed nobody is a member; everywhere else somebody votes.
  const isSound = index === 0 ? Object.values(group).every((each) => each.length === 0) : !groupProblem(group)
  return isSound ? { index, term, group: index === 0 ? NO_GROUP : group, featureLevel } : "malformed"
}

function readFeatureLevel(level: number | null | undefined): number | undefined {
  return level != null && level >= 1 && level <= FEATURE_LEVEL_LIMIT ? level : undefined
}

export function wireGroup({ voters, outgoing, learners, learnersNext }: Group): raft.Group.$Properties {
  return { voters: [...voters], outgoing: [...outgoing], learners: [...learners], learnersNext: [...learnersNext] }
}

/** A group with a voter, as it is in force. */
export function readGroup(wire: raft.Group.$Properties): Group | RecordProblem {
  const group = readMembers(wire)
  return groupProblem(group) === undefined ? group : "malformed"
}

function readMembers(wire: raft.Group.$Properties): Group {
  const ids = (list: readonly string[] | null | undefined): readonly ReplicaId[] => (list ?? []) as readonly ReplicaId[]
  return {
    voters: ids(wire.voters),
    outgoing: ids(wire.outgoing),
    learners: ids(wire.learners),
    learnersNext: ids(wire.learnersNext),
  }
}

function decoded<Wire, Value extends object>(
  bytes: Uint8Array,
  schema: { decode(reader: protobuf.Reader): Wire },
  read: (wire: Wire) => Value | RecordProblem,
): Decoded<Value> {
  try {
    const value = read(schema.decode(new WireReader(bytes)))
    return typeof value === "string" ? { ok: false, problem: value } : { ok: true, value }
  } catch {
    return { ok: false, problem: "malformed" }
  }
}

const NO_DATA = new Uint8Array(0)
