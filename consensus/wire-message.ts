import { unreachable } from "@conclave/base"
import type { raft } from "#wire/raft"
import { isReplicaId, type LogIndex, type Term } from "./ids.ts"
import type { Entry, LogPosition, Message, MessageBody, VoteRefusal } from "./types.ts"
import { type RecordProblem, readEntry, wireEntry } from "./wire-log.ts"

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

export function wireMessage(message: Message): raft.Message.$Properties {
  const { from, to, term } = message
  return { from, to, term, ...wireBody(message) }
}

export function readMessage(wire: raft.Message & raft.Message.$Shape): Message | RecordProblem {
  const { from, to } = wire
  const body = readBody(wire)
  if (typeof body === "string") return body
  if (!isReplicaId(from) || !isReplicaId(to) || from === to) return "malformed"
  return { from, to, term: (wire.term ?? 0) as Term, ...body }
}

function wireBody(message: MessageBody): raft.Message.$Properties {
  switch (message.kind) {
    case "append": {
      const { prev, commit, entries, isQuiet } = message
      const fields = { prev, commit, entries: entries.map(wireEntry) }
      return { append: isQuiet === true ? { quiet: true, ...fields } : fields }
    }
    case "appended":
      return { appended: { match: message.match } }
    case "appendRejected":
      return { appendRejected: { rejected: message.rejected, hint: message.hint } }
    case "heartbeat":
      return { heartbeat: { commit: message.commit, match: message.match, round: message.round } }
    case "heartbeatReply":
      return { heartbeatReply: { round: message.round, featureMax: message.featureMax } }
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
    default:
      return unreachable(message)
  }
}

function readBody(wire: raft.Message & raft.Message.$Shape): MessageBody | RecordProblem {
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
      const { commit, match, round } = wire.heartbeat
      return { kind: "heartbeat", commit: at(commit), match: at(match), round: round ?? 0 }
    }
    case "heartbeatReply": {
      const { round, featureMax } = wire.heartbeatReply
      return { kind: "heartbeatReply", round: round ?? 0, featureMax: featureMax ?? 0 }
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
