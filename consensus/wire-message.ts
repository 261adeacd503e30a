import { unreachable } from "@conclave/base"
import protobuf from "protobufjs/minimal.js"
import { raft } from "#wire/raft"
import { isReplicaId, type LogIndex, type Term } from "./ids.ts"
import type { Entry, LogPosition, Message, MessageBody, VoteRefusal } from "./types.ts"
import { encodeEntry, type RecordProblem, readEntry, readGroup, wireGroup } from "./wire-log.ts"
import { WireReader } from "./wire-reader.ts"

/** By number, from 1. */
const REFUSALS: readonly VoteRefusal[] = [
  "leader-heard",
  "voted-for-another",
  "log-behind",
  "stale-term",
  "installing-snapshot",
  "disk",
]

type Append = Extract<MessageBody, { kind: "append" }>
type Answer = Extract<MessageBody, { kind: "preVoteReply" | "voteReply" }>

/** Tag bytes of `Message.append` and `Append.entries` in `raft.proto`: number × 8 + 2. */
const APPEND_TAG = 130
const ENTRY_TAG = 122

/** What the library makes of the bytes of a message. */
export type WireMessage = raft.Message & raft.Message.$Shape

/** The bytes as far as they are written; whoever has a place for them takes them from there. */
export function writeMessage(message: Message): protobuf.Writer {
  const { from, to, term } = message
  const writer = new protobuf.Writer()
  if (message.kind !== "append") return raft.Message.encode({ from, to, term, ...wireBody(message) }, writer)
  const { prev, commit, isQuiet, entries } = message
  raft.Message.encode({ from, to, term }, writer).uint32(APPEND_TAG).fork()
  raft.Append.encode({ prev, commit, quiet: isQuiet === true }, writer)
  for (const entry of entries) writer.uint32(ENTRY_TAG).bytes(encodeEntry(entry))
  return writer.ldelim()
}

/** Throws where that is no message of the library's. */
export function parseMessage(bytes: Uint8Array): WireMessage {
  return raft.Message.decode(new WireReader(bytes))
}

export function readMessage(wire: WireMessage): Message | RecordProblem {
  const { from, to } = wire
  const body = readBody(wire)
  if (typeof body === "string") return body
  if (!isReplicaId(from) || !isReplicaId(to) || from === to) return "malformed"
  return { from, to, term: (wire.term ?? 0) as Term, ...body }
}

function wireBody(message: Exclude<MessageBody, { kind: "append" }>): raft.Message.$Properties {
  switch (message.kind) {
    case "appended":
      return { appended: { match: message.match } }
    case "appendRejected":
      return { appendRejected: { rejected: message.rejected, hint: message.hint } }
    case "heartbeat":
      return {
        heartbeat: {
          commit: message.commit,
          match: message.match,
          round: message.round,
          behind: message.isBehind === true,
        },
      }
    case "heartbeatReply":
      return {
        heartbeatReply: {
          round: message.round,
          featureMax: message.featureMax,
          full: message.isFull === true,
          slow: message.isSlow === true,
        },
      }
    case "preVote":
      return { preVote: { last: message.last } }
    case "preVoteReply":
      return { preVoteReply: wireAnswer(message) }
    case "vote":
      return { vote: { last: message.last, byTransfer: message.byTransfer, byHint: message.byHint } }
    case "voteReply":
      return { voteReply: wireAnswer(message) }
    case "timeoutNow":
      return { timeoutNow: {} }
    case "readIndex":
      return { readIndex: { call: message.call } }
    case "readIndexReply":
      return { readIndexReply: { call: message.call, index: message.index ?? null } }
    case "removed":
      return { removed: { at: message.at } }
    case "members":
      return { members: { at: message.at, group: wireGroup(message.group) } }
    default:
      return unreachable(message)
  }
}

function readBody(wire: WireMessage): MessageBody | RecordProblem {
  switch (wire.kind) {
    case "append":
      return readAppend(wire.append)
    case "appended":
      return { kind: "appended", match: at(wire.appended.match) }
    case "appendRejected":
      return {
        kind: "appendRejected",
        rejected: at(wire.appendRejected.rejected),
        hint: readPosition(wire.appendRejected.hint),
      }
    case "heartbeat": {
      const { commit, match, round, behind } = wire.heartbeat
      return {
        ...({ kind: "heartbeat", commit: at(commit), match: at(match), round: round ?? 0 } as const),
        ...(behind === true ? ({ isBehind: true } as const) : {}),
      }
    }
    case "heartbeatReply": {
      const { round, featureMax, full, slow } = wire.heartbeatReply
      return {
        ...({ kind: "heartbeatReply", round: round ?? 0, featureMax: featureMax ?? 0 } as const),
        ...(full === true ? ({ isFull: true } as const) : {}),
        ...(slow === true ? ({ isSlow: true } as const) : {}),
      }
    }
    case "preVote":
      return { kind: "preVote", last: readPosition(wire.preVote.last) }
    case "preVoteReply":
      return { kind: "preVoteReply", ...readAnswer(wire.preVoteReply) }
    case "vote": {
      const { last, byTransfer, byHint } = wire.vote
      return { kind: "vote", last: readPosition(last), byTransfer: byTransfer ?? false, byHint: byHint ?? false }
    }
    case "voteReply":
      return { kind: "voteReply", ...readAnswer(wire.voteReply) }
    case "timeoutNow":
      return { kind: "timeoutNow" }
    case "readIndex":
      return { kind: "readIndex", call: wire.readIndex.call ?? 0 }
    case "readIndexReply": {
      const { call, index } = wire.readIndexReply
      return { kind: "readIndexReply", call: call ?? 0, index: index == null ? undefined : at(index) }
    }
    case "removed":
      return { kind: "removed", at: at(wire.removed.at) }
    case "members": {
      const group = readGroup(wire.members.group ?? {})
      return typeof group === "string" ? group : { kind: "members", at: readPosition(wire.members.at), group }
    }
    case undefined:
      return "malformed"
    default:
      return unreachable(wire)
  }
}

function readAppend(wire: raft.Append.$Properties): Append | RecordProblem {
  const entries: Entry[] = []
  for (const each of wire.entries ?? []) {
    const entry = readEntry(each)
    if (typeof entry === "string") return entry
    entries.push(entry)
  }
  const append = { kind: "append", prev: readPosition(wire.prev), entries, commit: at(wire.commit) } as const
  return wire.quiet === true ? { isQuiet: true, ...append } : append
}

function wireAnswer({ granted, refusal }: Answer): raft.Answer.$Properties {
  return { granted, refusal: refusal === undefined ? 0 : REFUSALS.indexOf(refusal) + 1 }
}

/** A reason that came after this version is none. */
function readAnswer(wire: raft.Answer.$Properties): Omit<Answer, "kind"> {
  const granted = wire.granted ?? false
  const refusal = granted ? undefined : REFUSALS[(wire.refusal ?? 0) - 1]
  return refusal === undefined ? { granted } : { granted, refusal }
}

function readPosition(wire: raft.Position.$Properties | null | undefined): LogPosition {
  return { index: at(wire?.index), term: (wire?.term ?? 0) as Term }
}

function at(index: number | null | undefined): LogIndex {
  return (index ?? 0) as LogIndex
}
