import type { Entry, Group, LogPosition, Message, Raft, ReplicaId, Write } from "@conclave/consensus"

/** How a transcript says what replicas send, write and know. A place of the log is `index/term`. */

export function positionWords({ index, term }: LogPosition): string {
  return `${index}/${term}`
}

export function entryWords(entry: Entry): string {
  const place = positionWords(entry)
  if (entry.group !== undefined) return `${place} group(${groupWords(entry.group)})`
  const text = new TextDecoder().decode(entry.data)
  return entry.kind === "command" ? `${place}${text === "" ? "" : ` "${text}"`}` : `${place} ${entry.kind}`
}

export function entriesWords(entries: readonly Entry[]): string {
  return entries.length === 0 ? "nothing" : entries.map(entryWords).join(", ")
}

/** `abd`, while two majorities are needed `abd over abc`. */
export function groupWords({ voters, outgoing, learners, learnersNext }: Group): string {
  const list = (name: string, ids: readonly ReplicaId[]): string => (ids.length === 0 ? "" : `${name}${ids.join("")}`)
  return [
    voters.length === 0 ? "nobody" : voters.join(""),
    ...[list(" over ", outgoing), list(" learners ", learners), list(" learners to be ", learnersNext)],
  ].join("")
}

export function messageWords(message: Message): string {
  const { kind, term } = message
  const inTerm = `${kind}(${term})`
  switch (message.kind) {
    case "append":
      return `${inTerm} behind ${positionWords(message.prev)}: ${entriesWords(message.entries)}; commit ${message.commit}${message.isQuiet === true ? ", no answer" : ""}`
    case "appended":
      return `${inTerm} up to ${message.match}`
    case "appendRejected":
      return `${inTerm} at ${message.rejected}, perhaps up to ${positionWords(message.hint)}`
    case "heartbeat":
      return `${inTerm} commit ${message.commit}, match ${message.match}`
    case "preVote":
      return `${inTerm} last ${positionWords(message.last)}`
    case "vote": {
      const why = `${message.byTransfer ? ", by transfer" : ""}${message.byHint ? ", by hint" : ""}`
      return `${inTerm} last ${positionWords(message.last)}${why}`
    }
    case "preVoteReply":
    case "voteReply":
      return `${inTerm} ${message.granted ? "granted" : `refused: ${message.refusal}`}`
    case "readIndexReply":
      return `${inTerm} ${message.index ?? "ask again"}`
    case "removed":
      return `${inTerm} at ${message.at}`
    default:
      return inTerm
  }
}

export function writeWords({ hardState, entries, truncateFrom, snapshot }: Write): string {
  const { term, vote } = hardState
  return [
    `term ${term}${vote === undefined ? "" : `, vote ${vote}`}`,
    ...(snapshot === undefined ? [] : [`a log that begins behind ${positionWords(snapshot)}`]),
    ...(truncateFrom === undefined ? [] : [`a cut from ${truncateFrom} on`]),
    ...(entries.length === 0 ? [] : [entriesWords(entries)]),
  ].join("; ")
}

export function logWords({ log }: Raft): string {
  const kept = log.first > log.last ? [] : log.slice(log.first, log.last)
  const { index } = log.snapshot
  return `${index === 0 ? "" : `snapshot ${positionWords(log.snapshot)}; `}${entriesWords(kept)}`
}

/** One line for a replica, and for a leader one for each that it brings its log to. */
export function statusWords(raft: Raft): readonly string[] {
  const { id, role, term, leader, log, reign } = raft
  const of = role === "follower" && leader !== undefined ? ` of ${leader}` : ""
  const progress = [...(reign?.progress ?? [])].map(([to, { state, match, next, isWaiting, inflight }]) => {
    const pause = state === "probe" && isWaiting ? ", waiting" : ""
    return `  ${to}: ${state}${pause}, match ${match}, next ${next}${inflight === 0 ? "" : `, ${inflight} on their way`}`
  })
  return [
    `${id}: ${role}${of}, term ${term}, commit ${raft.commit}, last ${positionWords(log.lastPosition)}, durable ${raft.durable}`,
    ...progress,
  ]
}
