import { hashText, type NodeId } from "@conclave/base"
import { machine } from "#wire/machine"
import { ExactWriter } from "../exact-writer.ts"
import { nameKey } from "./keys.ts"
import { type Weight, weigh, weighNumber, weighPart } from "./state-hash.ts"
import type {
  Answer,
  EndCause,
  EndedSession,
  Entry,
  Hold,
  HoldEnd,
  Host,
  Name,
  PastGrant,
  Refusal,
  Session,
  SessionId,
  StagedPart,
  StoredResult,
  Token,
} from "./types.ts"
import type { Wall } from "./walls.ts"
import { readWorker, wireWorker } from "./wire-command.ts"
import { readName, wireName, wirePast } from "./wire-name.ts"
import { UnknownField, WireReader } from "./wire-reader.ts"
import { HOLD_KINDS, hashOf, idBytes, idOf, LIVENESS, readRevoking, wireRevoking, wordOf } from "./wire-words.ts"
import type { Item, Pool, Tombstone } from "./work/types.ts"
import { readItemRecord, readPool, readTombstone, wireItem, wirePool } from "./work/wire-records.ts"

/** What is known once for the whole cluster. */
export interface Meta {
  readonly clusterId: string
  readonly timeMs: number
  readonly rev: number
  /** The last token granted. */
  readonly token: number
  /** The last place in a queue. */
  readonly order: number
  /** How often the state went on from a backup or from what was left of a quorum. */
  readonly epoch: number
  /** Milliseconds since 1970 at the last founding, recovery or restore. */
  readonly wallMs: number
  /** Names that come into use are granted to nobody before (`restore.ts`). */
  readonly quietUntilMs: number
  /** The last restore; empty = none. */
  readonly restored: string
  /** Oldest first. */
  readonly walls: readonly Wall[]
  /** Hosts that operators have removed, the first of them first; another array after each change. */
  readonly removed: readonly NodeId[]
}

/** One record of a snapshot; but for the first and the last one, one entity. */
export type StateRecord =
  | { readonly kind: "meta"; readonly meta: Meta }
  | { readonly kind: "host"; readonly host: Host }
  | { readonly kind: "session"; readonly session: Session }
  | { readonly kind: "name"; readonly name: Name }
  | { readonly kind: "hold"; readonly hold: Hold }
  /** Of one session that has asked for something. */
  | {
      readonly kind: "answers"
      readonly session: SessionId
      readonly floor: number
      readonly answers: readonly Answer[]
    }
  | { readonly kind: "ended"; readonly ended: EndedSession }
  | { readonly kind: "staged"; readonly staged: StagedPart }
  | { readonly kind: "pool"; readonly pool: Pool }
  | { readonly kind: "item"; readonly item: Item }
  | { readonly kind: "tombstone"; readonly tombstone: Tombstone }
  | { readonly kind: "entry"; readonly entry: Entry }
  /** How many came before, and the state hash that they add up to. */
  | { readonly kind: "total"; readonly records: number; readonly hash: string }

/** By number, from 1. */
const CAUSES: readonly EndCause[] = ["closed", "exited", "silent", "left", "revoked", "expired"]
const ENDS: readonly HoldEnd[] = [
  "expired",
  "session-lost",
  "revoked",
  "max-hold",
  "transferred",
  "closed",
  "released",
  "cancelled",
  "wait-timeout",
  "session-ended",
  "fenced",
  "too-heavy",
  "opened",
]
const REFUSALS: readonly Refusal["kind"][] = [
  "session-lost",
  "invalid",
  "exhausted",
  "grant-lost",
  "conflict",
  "not-yours",
  "outdated",
  "forgotten",
  "unknown-item",
]

/** The canonical bytes of a record: equal entities have equal ones, so that hashes of them agree. */
export function encodeRecord(record: StateRecord): Uint8Array {
  return machine.Record.encode(wireRecord(record), WRITER.cleared()).finish()
}

/** The same bytes, for whoever looks at them at once: the next record takes their place. */
export function passingRecord(record: StateRecord): Uint8Array {
  return machine.Record.encode(wireRecord(record), WRITER.cleared()).finish(true)
}

/** What an answer adds to the record of its session, whatever else is in that. */
export function weighAnswer(answer: Answer, seed: number): Weight {
  return weighPart(machine.Answer.encode(wireAnswer(answer), WRITER.cleared()).finish(true), seed)
}

/** The record of a name without its history. */
export function passingName(name: Name): Uint8Array {
  return machine.Record.encode({ name: wireName(name, []) }, WRITER.cleared()).finish(true)
}

/** What a past grant adds to the record of its name. */
export function weighPast(key: string, past: PastGrant): Weight {
  return weighPart(machine.PastGrant.encode(wirePast(past), WRITER.cleared()).finish(true), hashText(key))
}

/** What a record adds that was read from `bytes`. */
export function* weightsOf(record: StateRecord, bytes: Uint8Array): IterableIterator<Weight> {
  switch (record.kind) {
    case "answers": {
      const { kind, session, floor, answers } = record
      const seed = hashText(session)
      yield weigh(passingRecord({ kind, session, floor: 0, answers: [] }))
      yield weighNumber(floor, seed)
      for (const each of answers) yield weighAnswer(each, seed)
      return
    }
    case "name": {
      const { kind, name, history } = record.name
      yield weigh(passingName(record.name))
      for (const past of history) yield weighPast(nameKey(kind, name), past)
      return
    }
    default:
      yield weigh(bytes)
  }
}

const WRITER = new ExactWriter()

/** Total. `unknown`: a newer program wrote it; `malformed`: no program did. */
export function decodeRecord(bytes: Uint8Array): StateRecord | "unknown" | "malformed" {
  try {
    return readRecord(machine.Record.decode(new WireReader(bytes))) ?? "malformed"
  } catch (cause) {
    return cause instanceof UnknownField ? "unknown" : "malformed"
  }
}

function wireRecord(record: StateRecord): machine.Record.$Properties {
  switch (record.kind) {
    case "meta":
      return { meta: { ...record.meta, walls: [...record.meta.walls], removed: record.meta.removed.map(idBytes) } }
    case "host":
      return { host: { ...record.host, id: idBytes(record.host.id) } }
    case "session":
      return { session: wireSession(record.session) }
    case "name":
      return { name: wireName(record.name) }
    case "hold":
      return { hold: wireHold(record.hold) }
    case "answers": {
      const { session, floor, answers } = record
      return { answers: { session: idBytes(session), floor, items: answers.map(wireAnswer) } }
    }
    case "ended": {
      const { id, cause, endedAtMs } = record.ended
      return { ended: { id: idBytes(id), cause: CAUSES.indexOf(cause) + 1, endedAtMs } }
    }
    case "staged": {
      const { restore, part, atMs, data } = record.staged
      return { staged: { restore: idBytes(restore), part, atMs, data } }
    }
    case "entry":
      return { entry: record.entry }
    case "pool":
      return { pool: wirePool(record.pool) }
    case "item":
      return { item: wireItem(record.item) }
    case "tombstone":
      return { tombstone: record.tombstone }
    case "total":
      return { total: { records: record.records, hash: record.hash } }
  }
}

function wireSession(session: Session): machine.Session.$Properties {
  const { secretHash, ttlMs, member, app, openedAtMs, boot, attachment } = session
  return {
    id: idBytes(session.id),
    host: idBytes(session.host),
    secretHash,
    ttlMs,
    liveness: LIVENESS.indexOf(session.liveness) + 1,
    member,
    app,
    pid: session.pid ?? 0,
    openedAtMs,
    boot,
    attachment,
    detachedUntilMs: session.detachedUntilMs ?? null,
    revoking: wireRevoking(session.revoking),
  }
}

function wireHold(hold: Hold): machine.Hold.$Properties {
  const { session, seq, weight, order, priority, queuedAtMs, lockDelayMs, grantedAtMs } = hold
  return {
    seq,
    weight,
    order,
    priority,
    queuedAtMs,
    lockDelayMs,
    grantedAtMs,
    session: idBytes(session),
    kind: HOLD_KINDS.indexOf(hold.kind) + 1,
    names: [...hold.names],
    isShared: hold.mode === "shared",
    waitUntilMs: hold.waitUntilMs ?? null,
    maxHoldMs: hold.maxHoldMs ?? null,
    note: hold.note ?? null,
    value: hold.value ?? null,
    id: hold.id ?? null,
    ready: hold.ready ?? null,
    worker: wireWorker(hold.worker),
    token: hold.token ?? null,
    revoking: wireRevoking(hold.revoking),
    askedAtMs: hold.askedAtMs ?? null,
  }
}

function wireAnswer({ seq, result }: Answer): machine.Answer.$Properties {
  const wire: machine.Answer.$Properties = wireResult(result)
  wire.seq = seq
  wire.rev = result.rev
  return wire
}

function wireResult(result: StoredResult): machine.Answer.$Properties {
  switch (result.kind) {
    case "ended":
      return { ended: { how: ENDS.indexOf(result.how) + 1, token: result.token ?? null } }
    case "opened":
      return { opened: { generation: result.generation, index: result.index } }
    case "written":
      return { written: {} }
    case "removed":
      return { removed: { isRemoved: result.isRemoved } }
    case "refused":
      return { refused: wireRefusal(result.refusal) }
  }
}

function wireRefusal(refusal: Refusal): machine.Refusal.$Properties {
  const kind = REFUSALS.indexOf(refusal.kind) + 1
  switch (refusal.kind) {
    case "session-lost":
      return { kind, detail: refusal.cause ?? "" }
    case "invalid":
      return { kind, detail: refusal.field }
    case "exhausted":
      return { kind, detail: refusal.limit }
    case "conflict":
      return { kind, detail: refusal.reason, current: refusal.current ?? null }
    case "grant-lost":
      return { kind, current: refusal.current ?? null }
    default:
      return { kind }
  }
}

function readRecord(wire: machine.Record & machine.Record.$Shape): StateRecord | undefined {
  switch (wire.kind) {
    case "meta":
      return { kind: "meta", meta: readMeta(wire.meta) }
    case "host": {
      const { id, boot, renewedAtMs, isBraked } = wire.host
      const rest = { boot: boot ?? 0, renewedAtMs: renewedAtMs ?? 0, isBraked: isBraked ?? false }
      return { kind: "host", host: { id: idOf(id), ...rest } }
    }
    case "session":
      return { kind: "session", session: readSession(wire.session) }
    case "name":
      return { kind: "name", name: readName(wire.name) }
    case "hold":
      return { kind: "hold", hold: readHold(wire.hold) }
    case "answers": {
      const { session, floor, items } = wire.answers
      return { kind: "answers", session: idOf(session), floor: floor ?? 0, answers: (items ?? []).map(readAnswer) }
    }
    case "ended": {
      const { id, cause, endedAtMs } = wire.ended
      return { kind: "ended", ended: { id: idOf(id), cause: wordOf(CAUSES, cause), endedAtMs: endedAtMs ?? 0 } }
    }
    case "staged": {
      const { restore, part, atMs, data } = wire.staged
      const bytes = new Uint8Array(data ?? [])
      return { kind: "staged", staged: { restore: idOf(restore), part: part ?? 0, atMs: atMs ?? 0, data: bytes } }
    }
    case "entry":
      return { kind: "entry", entry: readEntry(wire.entry) }
    case "pool":
      return { kind: "pool", pool: readPool(wire.pool) }
    case "item":
      return { kind: "item", item: readItemRecord(wire.item) }
    case "tombstone":
      return { kind: "tombstone", tombstone: readTombstone(wire.tombstone) }
    case "total":
      return { kind: "total", records: wire.total.records ?? 0, hash: wire.total.hash ?? "" }
    default:
      return undefined
  }
}

function readMeta(wire: machine.Meta.$Properties): Meta {
  return {
    clusterId: wire.clusterId ?? "",
    timeMs: wire.timeMs ?? 0,
    rev: wire.rev ?? 0,
    token: wire.token ?? 0,
    order: wire.order ?? 0,
    epoch: wire.epoch ?? 0,
    wallMs: wire.wallMs ?? 0,
    quietUntilMs: wire.quietUntilMs ?? 0,
    restored: wire.restored ?? "",
    walls: (wire.walls ?? []).map(({ timeMs, wallMs }) => ({ timeMs: timeMs ?? 0, wallMs: wallMs ?? 0 })),
    removed: (wire.removed ?? []).map((id) => idOf<NodeId>(id)),
  }
}

function readSession(wire: machine.Session.$Properties): Session {
  return {
    id: idOf(wire.id),
    host: idOf(wire.host),
    secretHash: hashOf(wire.secretHash),
    ttlMs: wire.ttlMs ?? 0,
    liveness: wordOf(LIVENESS, wire.liveness),
    member: wire.member ?? "",
    app: wire.app ?? "",
    pid: wire.pid || undefined,
    openedAtMs: wire.openedAtMs ?? 0,
    boot: wire.boot ?? 0,
    attachment: wire.attachment ?? 0,
    detachedUntilMs: wire.detachedUntilMs ?? undefined,
    revoking: readRevoking(wire.revoking),
  }
}

function readHold(wire: machine.Hold.$Properties): Hold {
  return {
    session: idOf<SessionId>(wire.session),
    seq: wire.seq ?? 0,
    kind: wordOf(HOLD_KINDS, wire.kind),
    names: wire.names ?? [],
    mode: wire.isShared ? "shared" : "exclusive",
    weight: wire.weight ?? 0,
    order: wire.order ?? 0,
    priority: wire.priority ?? 0,
    queuedAtMs: wire.queuedAtMs ?? 0,
    waitUntilMs: wire.waitUntilMs ?? undefined,
    maxHoldMs: wire.maxHoldMs ?? undefined,
    lockDelayMs: wire.lockDelayMs ?? 0,
    note: wire.note ?? undefined,
    value: wire.value ?? undefined,
    id: wire.id ?? undefined,
    ready: wire.ready ?? undefined,
    worker: readWorker(wire.worker),
    token: (wire.token ?? undefined) as Token | undefined,
    grantedAtMs: wire.grantedAtMs ?? 0,
    revoking: readRevoking(wire.revoking),
    askedAtMs: wire.askedAtMs ?? undefined,
  }
}

function readEntry({ key, value, modRev, createRev }: machine.Entry.$Properties): Entry {
  return { key: key ?? "", value: value ?? "", modRev: modRev ?? 0, createRev: createRev ?? 0 }
}

function readAnswer(wire: machine.Answer.$Properties): Answer {
  return { seq: wire.seq ?? 0, result: readResult(wire, wire.rev ?? 0) }
}

function readResult(wire: machine.Answer.$Properties, rev: number): StoredResult {
  if (wire.ended) {
    const token = (wire.ended.token ?? undefined) as Token | undefined
    return { kind: "ended", how: wordOf(ENDS, wire.ended.how), token, rev }
  }
  if (wire.opened) {
    const { generation, index } = wire.opened
    return { kind: "opened", generation: (generation ?? 0) as Token, index: index ?? 0, rev }
  }
  if (wire.written) return { kind: "written", rev }
  if (wire.removed) return { kind: "removed", isRemoved: wire.removed.isRemoved ?? false, rev }
  if (!wire.refused) throw new RangeError("an answer has a result")
  return { kind: "refused", refusal: readRefusal(wire.refused), rev }
}

function readRefusal(wire: machine.Refusal.$Properties): Refusal {
  const kind = wordOf(REFUSALS, wire.kind)
  const detail = wire.detail ?? ""
  switch (kind) {
    case "session-lost":
      return { kind, cause: CAUSES.find((each) => each === detail) }
    case "invalid":
      return { kind, field: detail }
    case "exhausted":
      return { kind, limit: detail }
    case "conflict":
      return { kind, reason: detail, ...currentOf(wire) }
    case "grant-lost":
      return { kind, ...currentOf(wire) }
    default:
      return { kind }
  }
}

function currentOf({ current }: machine.Refusal.$Properties): { readonly current?: number } {
  return current == null ? {} : { current }
}
