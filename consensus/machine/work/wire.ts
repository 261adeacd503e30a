import { unreachable } from "@conclave/base"
import type { machine } from "#wire/machine"
import type { SessionId, Token } from "../types.ts"
import { idBytes, idOf, readOwn, readRequest, wireRequest, wordOf } from "../wire-words.ts"
import type { Move, Settlement, WorkCommand } from "./commands.ts"
import type { Spread } from "./types.ts"

/** By number, from 1. */
export const SPREADS: readonly Spread[] = ["none", "host", "zone"]
const SETTLEMENTS: readonly Settlement[] = ["done", "released", "failed"]

export function wireWork(command: WorkCommand): machine.Command.$Properties {
  switch (command.kind) {
    case "workConfigure": {
      const { pool, config, ifRev } = command
      const { partitions, handoffTimeoutMs, restartGraceMs, spread, maxAttempts } = config
      const about = {
        partitions: partitions ?? null,
        handoffTimeoutMs: handoffTimeoutMs ?? null,
        restartGraceMs: restartGraceMs ?? null,
        spread: spread === undefined ? null : SPREADS.indexOf(spread) + 1,
        maxAttempts: maxAttempts ?? null,
      }
      return { workConfigure: { request: wireOwn(command), pool, ...about, ifRev: ifRev ?? null } }
    }
    case "workPut": {
      const { pool, item, payload, weight, pin } = command
      return { workPut: { request: wireOwn(command), pool, item, payload: payload ?? null, weight, pin: pin ?? null } }
    }
    case "workRemove":
      return { workRemove: { request: wireOwn(command), pool: command.pool, item: command.item } }
    case "workRetry":
      return { workRetry: { request: wireOwn(command), pool: command.pool, item: command.item } }
    case "workSettle": {
      const { pool, item, token, result, message } = command
      const about = { token, result: SETTLEMENTS.indexOf(result) + 1, message: message ?? null }
      return { workSettle: { request: wireOwn(command), pool, item, ...about } }
    }
    case "workCheckpoint": {
      const { pool, item, token, value } = command
      return { workCheckpoint: { request: wireOwn(command), pool, item, token, value } }
    }
    case "workAssign":
      return { workAssign: { pool: command.pool, moves: command.moves.map(wireMove) } }
    default:
      return unreachable(command)
  }
}

/** Undefined: it is none of them. */
export function readWork(wire: machine.Command & machine.Command.$Shape): WorkCommand | undefined {
  switch (wire.kind) {
    case "workConfigure":
      return readConfigure(wire.workConfigure)
    case "workPut": {
      const { payload, weight, pin } = wire.workPut
      const about = { payload: payload ?? undefined, weight: weight ?? 0, pin: pin ?? undefined }
      return { kind: "workPut", ...readItem(wire.workPut), ...about }
    }
    case "workRemove":
      return { kind: "workRemove", ...readItem(wire.workRemove) }
    case "workRetry":
      return { kind: "workRetry", ...readItem(wire.workRetry) }
    case "workSettle": {
      const { request, result, message } = wire.workSettle
      const about = { result: wordOf(SETTLEMENTS, result), message: message ?? undefined }
      return {
        kind: "workSettle",
        ...readItem(wire.workSettle),
        request: readRequest(request),
        ...tokenOf(wire.workSettle),
        ...about,
      }
    }
    case "workCheckpoint": {
      const { request, value } = wire.workCheckpoint
      const about = { request: readRequest(request), value: value ?? "" }
      return { kind: "workCheckpoint", ...readItem(wire.workCheckpoint), ...tokenOf(wire.workCheckpoint), ...about }
    }
    case "workAssign": {
      const { pool, moves } = wire.workAssign
      return { kind: "workAssign", pool: pool ?? "", moves: (moves ?? []).map(readMove) }
    }
    default:
      return undefined
  }
}

function wireOwn({ request }: Exclude<WorkCommand, { kind: "workAssign" }>): machine.Request.$Properties | null {
  return request === undefined ? null : wireRequest(request)
}

function wireMove({ item, to, token, reason }: Move): machine.Move.$Properties {
  return {
    item,
    session: to === undefined ? null : idBytes(to.session),
    seq: to?.seq ?? null,
    token: token ?? null,
    reason,
  }
}

function readConfigure(wire: machine.WorkConfigure.$Properties): WorkCommand {
  const { request, pool, ifRev, spread } = wire
  const config = {
    partitions: wire.partitions ?? undefined,
    handoffTimeoutMs: wire.handoffTimeoutMs ?? undefined,
    restartGraceMs: wire.restartGraceMs ?? undefined,
    spread: spread == null ? undefined : wordOf(SPREADS, spread),
    maxAttempts: wire.maxAttempts ?? undefined,
  }
  return { kind: "workConfigure", request: readOwn(request), pool: pool ?? "", config, ifRev: ifRev ?? undefined }
}

function readItem({ request, pool, item }: machine.WorkItem.$Properties): {
  readonly request: ReturnType<typeof readOwn>
  readonly pool: string
  readonly item: string
} {
  return { request: readOwn(request), pool: pool ?? "", item: item ?? "" }
}

function tokenOf({ token }: { token?: number | null | undefined }): { readonly token: Token } {
  return { token: (token ?? 0) as Token }
}

function readMove({ item, session, seq, token, reason }: machine.Move.$Properties): Move {
  const to = session ? { session: idOf<SessionId>(session), seq: seq ?? 0 } : undefined
  return { item: item ?? "", to, token: (token ?? undefined) as Token | undefined, reason: reason ?? "" }
}
