import { unreachable } from "@conclave/base"
import type { CommandResult, EndCause, HoldEnd, Refusal, Token } from "@conclave/consensus"
import protobuf from "protobufjs/minimal.js"
import { calls } from "#wire/calls"
import { readCall } from "../../streams/call-reader.ts"
import { readRenewalOutcome, wireRenewalOutcome, wireTimeMs } from "./wire-renewal.ts"

/** What became of a command that was applied. */
export interface AppliedCommand {
  readonly result: CommandResult
  readonly rev: number
  readonly isRepeat: boolean
}

/** Words by their numbers on the wire, from 1; never reused. */
const ENDS: Readonly<Record<HoldEnd, number>> = {
  expired: 1,
  "session-lost": 2,
  revoked: 3,
  "max-hold": 4,
  transferred: 5,
  closed: 6,
  released: 7,
  cancelled: 8,
  "wait-timeout": 9,
  "session-ended": 10,
  fenced: 11,
  "too-heavy": 12,
  opened: 13,
}
const CAUSES: Readonly<Record<EndCause, number>> = { closed: 1, exited: 2, silent: 3, left: 4, revoked: 5, expired: 6 }
const REFUSALS: Readonly<Record<Refusal["kind"], number>> = {
  "session-lost": 1,
  invalid: 2,
  exhausted: 3,
  "grant-lost": 4,
  conflict: 5,
  "not-yours": 6,
  outdated: 7,
  forgotten: 8,
  "unknown-item": 9,
}

export function encodeApplied({ result, rev, isRepeat }: AppliedCommand): Uint8Array {
  const resultRev = result.kind === "renewed" ? null : result.rev
  return calls.Applied.encode({ rev, isRepeat, resultRev, ...wireResult(result) }, new protobuf.Writer()).finish()
}

/** undefined for what this program cannot take for a result. */
export function decodeApplied(bytes: Uint8Array): AppliedCommand | undefined {
  return readCall(bytes, calls.Applied, (wire) => {
    const result = readResult(wire)
    return result && { result, rev: wire.rev ?? 0, isRepeat: wire.isRepeat ?? false }
  })
}

export function encodeOverloaded(limit: string): Uint8Array {
  return calls.Overloaded.encode({ limit }, new protobuf.Writer()).finish()
}

export function decodeOverloaded(bytes: Uint8Array): string | undefined {
  return readCall(bytes, calls.Overloaded, ({ limit }) => limit ?? "")
}

function wireResult(result: CommandResult): calls.Applied.$Properties {
  switch (result.kind) {
    case "ended":
      return { ended: { how: ENDS[result.how], token: result.token ?? null } }
    case "opened":
      return { opened: { generation: result.generation, index: result.index } }
    case "written":
      return { written: {} }
    case "refused":
      return { refused: wireRefusal(result.refusal) }
    case "done":
      return { done: {} }
    case "renewed":
      return { renewed: { items: result.items.map(wireRenewalOutcome) } }
    case "attached":
      return { attached: { ttlMs: result.ttlMs, timeMs: result.timeMs } }
    case "queued":
      return { queued: { position: result.position } }
    case "granted":
      return { granted: { token: result.token } }
    case "revoked":
      return { revoked: { tokens: [...result.tokens] } }
    case "removed":
      return { removed: { isRemoved: result.isRemoved } }
    default:
      return unreachable(result)
  }
}

function readResult(wire: calls.Applied & calls.Applied.$Shape): CommandResult | undefined {
  const rev = wire.resultRev ?? 0
  switch (wire.result) {
    case "ended": {
      const { how, token } = wire.ended
      return { kind: "ended", how: wordOf(ENDS, how), token: (token ?? undefined) as Token | undefined, rev }
    }
    case "opened": {
      const { generation, index } = wire.opened
      return { kind: "opened", generation: (generation ?? 0) as Token, index: index ?? 0, rev }
    }
    case "written":
      return { kind: "written", rev }
    case "refused":
      return { kind: "refused", refusal: readRefusal(wire.refused), rev }
    case "done":
      return { kind: "done", rev }
    case "renewed":
      return { kind: "renewed", items: (wire.renewed.items ?? []).map(readRenewalOutcome) }
    case "attached":
      return { kind: "attached", ttlMs: wire.attached.ttlMs ?? 0, timeMs: wireTimeMs(wire.attached.timeMs), rev }
    case "queued":
      return { kind: "queued", position: wire.queued.position ?? 0, rev }
    case "granted":
      return { kind: "granted", token: (wire.granted.token ?? 0) as Token, rev }
    case "revoked":
      return { kind: "revoked", tokens: (wire.revoked.tokens ?? []) as unknown as readonly Token[], rev }
    case "removed":
      return { kind: "removed", isRemoved: wire.removed.isRemoved ?? false, rev }
    default:
      return undefined
  }
}

function wireRefusal(refusal: Refusal): calls.Refusal.$Properties {
  const kind = REFUSALS[refusal.kind]
  switch (refusal.kind) {
    case "session-lost":
      return { kind, cause: refusal.cause === undefined ? 0 : CAUSES[refusal.cause] }
    case "invalid":
      return { kind, word: refusal.field }
    case "exhausted":
      return { kind, word: refusal.limit }
    case "conflict":
      return { kind, word: refusal.reason, current: refusal.current ?? null }
    case "grant-lost":
      return { kind, current: refusal.current ?? null }
    default:
      return { kind }
  }
}

function readRefusal({ kind: number, cause, word: said, current }: calls.Refusal.$Properties): Refusal {
  const kind = wordOf(REFUSALS, number)
  const word = said ?? ""
  switch (kind) {
    case "session-lost":
      return { kind, cause: cause ? wordOf(CAUSES, cause) : undefined }
    case "invalid":
      return { kind, field: word }
    case "exhausted":
      return { kind, limit: word }
    case "conflict":
      return { kind, reason: word, ...(current == null ? {} : { current }) }
    case "grant-lost":
      return { kind, ...(current == null ? {} : { current }) }
    default:
      return { kind }
  }
}

/** The word with a number; one without comes from a later program, and what it says cannot be taken for anything. */
function wordOf<Word extends string>(words: Readonly<Record<Word, number>>, number: number | null | undefined): Word {
  for (const word in words) if (words[word] === number) return word
  throw new RangeError("a number has no word")
}
