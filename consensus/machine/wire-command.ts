import type { NodeId } from "@conclave/base"
import protobuf from "protobufjs/minimal.js"
import { machine } from "#wire/machine"
import type { Attachment, Command, Renewal } from "./command.ts"
import type { SessionId, Token, Worker } from "./types.ts"
import { UnknownField, WireReader } from "./wire-reader.ts"
import { HOLD_KINDS, hashOf, idBytes, idOf, LIVENESS, readRequest, wireRequest, wordOf } from "./wire-words.ts"
import { readWrite, wireWrite } from "./wire-write.ts"
import { readWork, wireWork } from "./work/wire.ts"

/** By number, from 1. */
const CAUSES: readonly Extract<Command, { kind: "end" }>["cause"][] = ["closed", "exited", "silent", "left"]

/** `unknown`: a newer program wrote it; `malformed`: no program did. */
export type CommandProblem = "unknown" | "malformed"

export type DecodedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: CommandProblem }

/** What an entry's `data` holds. */
export function encodeCommand(command: Command): Uint8Array {
  return machine.Command.encode(wireCommand(command), new protobuf.Writer()).finish()
}

/**
 * What `data` says. Total: never throws, whatever the bytes, and holds on to none of them. A leader decodes before it
 * proposes, so that what a client sends can never stop the replicas.
 */
export function decodeCommand(data: Uint8Array): DecodedCommand {
  try {
    const command = readCommand(machine.Command.decode(new WireReader(data)))
    return command === undefined ? { ok: false, problem: "malformed" } : { ok: true, command }
  } catch (cause) {
    return { ok: false, problem: cause instanceof UnknownField ? "unknown" : "malformed" }
  }
}

function wireCommand(command: Command): machine.Command.$Properties {
  switch (command.kind) {
    case "tick":
      return { tick: { wallMs: command.wallMs ?? null } }
    case "renewHosts":
      return { renewHosts: { items: command.items.map((each) => ({ ...each, host: idBytes(each.host) })) } }
    case "open": {
      const { kind, session, host, liveness, pid, ...rest } = command
      const ids = { session: idBytes(session), host: idBytes(host) }
      return { open: { ...rest, ...ids, liveness: LIVENESS.indexOf(liveness) + 1, pid: pid ?? 0 } }
    }
    case "attach": {
      const { secretHash, boot, attachment } = command
      const ids = { session: idBytes(command.session), host: idBytes(command.host) }
      return { attach: { ...ids, secretHash, boot, attachment } }
    }
    case "detach": {
      const { session, boot, attachment } = command
      return { detach: { session: idBytes(session), of: { boot, attachment } } }
    }
    case "end": {
      const { session, of, cause, isGone } = command
      return { end: { session: idBytes(session), of: of ?? null, cause: CAUSES.indexOf(cause) + 1, isGone } }
    }
    case "removeHost":
      return { removeHost: { host: idBytes(command.host) } }
    case "endHost":
      return { endHost: { host: idBytes(command.host), boot: command.boot, isGone: command.isGone } }
    case "acquire":
      return { acquire: wireAcquire(command) }
    case "cancel":
      return { cancel: wireRequest(command) }
    case "release":
      return { release: { request: wireRequest(command), token: command.token } }
    case "update": {
      const { token, note, value, ready } = command
      const patch = { note: note ?? null, value: value ?? null, ready: ready ?? null }
      return { update: { request: wireRequest(command), token, ...patch } }
    }
    case "transfer":
      return { transfer: { request: wireRequest(command), token: command.token, to: command.to ?? null } }
    case "revoke":
      return { revoke: wireRevoke(command) }
    case "found":
      return { found: { clusterId: command.clusterId, wallMs: command.wallMs } }
    case "recover":
      return { recover: { wallMs: command.wallMs, snapshotWallMs: command.snapshotWallMs } }
    case "checkHash":
      return { checkHash: { index: command.index, hash: command.hash } }
    case "stage":
      return { stage: { restore: idBytes(command.restore), part: command.part, data: command.data } }
    case "unstage":
      return { unstage: { restore: idBytes(command.restore) } }
    case "restore": {
      const { parts, wallMs, savedWallMs, quietMs } = command
      return { restore: { restore: idBytes(command.restore), parts, wallMs, savedWallMs, quietMs } }
    }
    case "resize":
    case "kvPut":
    case "kvDelete":
      return wireWrite(command)
    default:
      return wireWork(command)
  }
}

function wireAcquire(command: Extract<Command, { kind: "acquire" }>): machine.Acquire.$Properties {
  return {
    request: wireRequest(command),
    hold: HOLD_KINDS.indexOf(command.hold) + 1,
    names: [...command.names],
    isShared: command.mode === "shared",
    waitMs: command.waitMs ?? null,
    priority: command.priority,
    maxHoldMs: command.maxHoldMs ?? null,
    lockDelayMs: command.lockDelayMs,
    note: command.note ?? null,
    value: command.value ?? null,
    limit: command.limit ?? null,
    weight: command.weight ?? null,
    id: command.id ?? null,
    ready: command.ready ?? null,
    worker: wireWorker(command.worker),
  }
}

export function wireWorker(worker: Worker | undefined): machine.Worker.$Properties | null {
  if (worker === undefined) return null
  const { capacity, zone, isLeaving } = worker
  const tags = worker.tags.map(({ key, value }) => ({ key, value }))
  return { capacity: capacity ?? null, zone: zone ?? null, tags, isLeaving }
}

export function readWorker(wire: machine.Worker.$Properties | null | undefined): Worker | undefined {
  if (!wire) return undefined
  const tags = (wire.tags ?? []).map(({ key, value }) => ({ key: key ?? "", value: value ?? "" }))
  const about = { capacity: wire.capacity ?? undefined, zone: wire.zone ?? undefined }
  return { ...about, tags, isLeaving: wire.isLeaving ?? false }
}

function wireRevoke({ what, graceMs, by, reason }: Extract<Command, { kind: "revoke" }>): machine.Revoke.$Properties {
  if (what.kind === "session") return { session: idBytes(what.id), graceMs, by, reason }
  const { name, token } = what
  return { hold: HOLD_KINDS.indexOf(what.kind) + 1, name, token: token ?? null, graceMs, by, reason }
}

/** Undefined or an error thrown: malformed; `UnknownField` thrown: of a newer program. */
function readCommand(wire: machine.Command & machine.Command.$Shape): Command | undefined {
  switch (wire.kind) {
    case "tick": {
      const { wallMs } = wire.tick
      return { kind: "tick", ...(wallMs == null ? {} : { wallMs }) }
    }
    case "renewHosts":
      return { kind: "renewHosts", items: (wire.renewHosts.items ?? []).map(readRenewal) }
    case "open":
      return readOpen(wire.open)
    case "attach": {
      const { session, secretHash, host } = wire.attach
      const ids = { session: idOf<SessionId>(session), host: idOf<NodeId>(host) }
      return { kind: "attach", ...ids, secretHash: hashOf(secretHash), ...readAttachment(wire.attach) }
    }
    case "detach":
      return { kind: "detach", session: idOf(wire.detach.session), ...readAttachment(wire.detach.of) }
    case "end": {
      const { session, of, cause, isGone } = wire.end
      const how = { cause: wordOf(CAUSES, cause), isGone: isGone ?? false }
      return { kind: "end", session: idOf(session), of: of ? readAttachment(of) : undefined, ...how }
    }
    case "removeHost":
      return { kind: "removeHost", host: idOf(wire.removeHost.host) }
    case "endHost":
      return {
        kind: "endHost",
        host: idOf(wire.endHost.host),
        boot: wire.endHost.boot ?? 0,
        isGone: wire.endHost.isGone ?? false,
      }
    case "found":
      return { kind: "found", clusterId: wire.found.clusterId ?? "", wallMs: wire.found.wallMs ?? 0 }
    case "recover": {
      const { wallMs, snapshotWallMs } = wire.recover
      return { kind: "recover", wallMs: wallMs ?? 0, snapshotWallMs: snapshotWallMs ?? 0 }
    }
    case "checkHash":
      return { kind: "checkHash", index: wire.checkHash.index ?? 0, hash: wire.checkHash.hash ?? "" }
    case "stage": {
      const { restore, part, data } = wire.stage
      return { kind: "stage", restore: idOf(restore), part: part ?? 0, data: new Uint8Array(data ?? []) }
    }
    case "unstage":
      return { kind: "unstage", restore: idOf(wire.unstage.restore) }
    case "restore": {
      const { restore, parts, wallMs, savedWallMs, quietMs } = wire.restore
      const when = { wallMs: wallMs ?? 0, savedWallMs: savedWallMs ?? 0, quietMs: quietMs ?? 0 }
      return { kind: "restore", restore: idOf(restore), parts: parts ?? 0, ...when }
    }
    default:
      return readHoldCommand(wire)
  }
}

function readHoldCommand(wire: machine.Command & machine.Command.$Shape): Command | undefined {
  switch (wire.kind) {
    case "acquire":
      return readAcquire(wire.acquire)
    case "cancel":
      return { kind: "cancel", ...readRequest(wire.cancel) }
    case "release":
      return { kind: "release", ...readRequest(wire.release.request), token: (wire.release.token ?? 0) as Token }
    case "update": {
      const { request, token, note, value, ready } = wire.update
      const patch = { note: note ?? undefined, value: value ?? undefined, ready: ready ?? undefined }
      return { kind: "update", ...readRequest(request), token: (token ?? 0) as Token, ...patch }
    }
    case "transfer": {
      const { request, token, to } = wire.transfer
      return { kind: "transfer", ...readRequest(request), token: (token ?? 0) as Token, to: to ?? undefined }
    }
    case "revoke":
      return readRevoke(wire.revoke)
    default:
      return readWrite(wire) ?? readWork(wire)
  }
}

function readRenewal(wire: machine.Renewal.$Properties): Renewal {
  return { host: idOf(wire.host), boot: wire.boot ?? 0, attempt: wire.attempt ?? 0 }
}

function readOpen(wire: machine.Open.$Properties): Command {
  return {
    kind: "open",
    session: idOf(wire.session),
    secretHash: hashOf(wire.secretHash),
    host: idOf(wire.host),
    ...readAttachment(wire),
    ttlMs: wire.ttlMs ?? 0,
    liveness: wordOf(LIVENESS, wire.liveness),
    member: wire.member ?? "",
    app: wire.app ?? "",
    pid: wire.pid || undefined,
  }
}

function readAttachment(wire: machine.Attachment.$Properties | null | undefined): Omit<Attachment, "session"> {
  return { boot: wire?.boot ?? 0, attachment: wire?.attachment ?? 0 }
}

function readAcquire(wire: machine.Acquire.$Properties): Command {
  const { session, seq, floor } = readRequest(wire.request)
  return {
    kind: "acquire",
    session,
    seq,
    floor,
    hold: wordOf(HOLD_KINDS, wire.hold),
    names: wire.names ?? [],
    mode: wire.isShared ? "shared" : "exclusive",
    waitMs: wire.waitMs ?? undefined,
    priority: wire.priority ?? 0,
    maxHoldMs: wire.maxHoldMs ?? undefined,
    lockDelayMs: wire.lockDelayMs ?? 0,
    note: wire.note ?? undefined,
    value: wire.value ?? undefined,
    limit: wire.limit ?? undefined,
    weight: wire.weight ?? undefined,
    id: wire.id ?? undefined,
    ready: wire.ready ?? undefined,
    worker: readWorker(wire.worker),
  }
}

function readRevoke(wire: machine.Revoke.$Properties): Command {
  const { session, hold, name, token, graceMs, by, reason } = wire
  const what = session
    ? ({ kind: "session", id: idOf<SessionId>(session) } as const)
    : { kind: wordOf(HOLD_KINDS, hold), name: name ?? "", token: (token ?? undefined) as Token | undefined }
  return { kind: "revoke", what, graceMs: graceMs ?? 0, by: by ?? "", reason: reason ?? "" }
}
