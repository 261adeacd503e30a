import protobuf from "protobufjs/minimal.js"
import { calls } from "#wire/calls"
import type { ErrorCode, Problem } from "../api/problem.ts"
import type { RaftStatusJson } from "../api/raft-schema.ts"
import { readCall } from "../streams/call-reader.ts"

/** A change of the group that an operator wants. */
export type GroupWish =
  | { readonly what: "add"; readonly name: string }
  | { readonly what: "remove"; readonly name: string; readonly force: boolean }
  /** `to` undefined: the best voter. */
  | { readonly what: "transfer"; readonly to: string | undefined }

/** Of a problem what its code does not say by itself. */
export type GroupRefusal = Pick<Problem, "code" | "message" | "hint" | "details">

/** The group as the one who answers knows it, and what came of a wish; `refusal` undefined = it has come about. */
export interface GroupTold {
  readonly status: RaftStatusJson
  readonly refusal: GroupRefusal | undefined
}

type Seat = RaftStatusJson["items"][number]

/** Words by their numbers on the wire, from 1; never reused. */
const WISHES: Readonly<Record<GroupWish["what"], number>> = { add: 1, remove: 2, transfer: 3 }
const ROLES: Readonly<Record<Seat["role"], number>> = { leader: 1, voter: 2, learner: 3 }
const CODES: Readonly<Record<ErrorCode, number>> = {
  INVALID_ARGUMENT: 1,
  PERMISSION_DENIED: 2,
  NOT_FOUND: 3,
  CONFLICT: 4,
  GRANT_LOST: 5,
  SESSION_LOST: 6,
  WAIT_TIMEOUT: 7,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 9,
  NO_QUORUM: 10,
  TIMEOUT: 11,
  AGENT_UNAVAILABLE: 12,
  INTERNAL: 13,
}

export function encodeWish(wish: GroupWish): Uint8Array {
  const name = (wish.what === "transfer" ? wish.to : wish.name) ?? ""
  const force = wish.what === "remove" && wish.force
  return calls.GroupWish.encode({ what: WISHES[wish.what], name, force }, new protobuf.Writer()).finish()
}

/** undefined for what is no wish that this program knows. Total, as all that reads here. */
export function decodeWish(bytes: Uint8Array): GroupWish | undefined {
  return readCall(bytes, calls.GroupWish, ({ what: number, name: said, force }) => {
    const what = wordOf(WISHES, number)
    const name = said ?? ""
    if (what === "transfer") return { what, to: name === "" ? undefined : name }
    if (what === undefined || name === "") return undefined
    return what === "add" ? { what, name } : { what, name, force: force ?? false }
  })
}

export function encodeTold({ status, refusal }: GroupTold): Uint8Array {
  const wire = { status: wireStatus(status), refusal: refusal === undefined ? null : wireRefusal(refusal) }
  return calls.GroupTold.encode(wire, new protobuf.Writer()).finish()
}

export function decodeTold(bytes: Uint8Array): GroupTold | undefined {
  return readCall(bytes, calls.GroupTold, ({ status, refusal }) =>
    status ? { status: readStatus(status), refusal: refusal ? readRefusal(refusal) : undefined } : undefined,
  )
}

function wireStatus(status: RaftStatusJson): calls.GroupStatus.$Properties {
  const { term, leader, commitIndex, appliedIndex, quorum, canLose, items } = status
  return {
    term: Number(term),
    leader: leader ?? "",
    commit: Number(commitIndex),
    applied: Number(appliedIndex),
    quorum,
    canLose,
    seats: items.map(wireSeat),
  }
}

function wireSeat({ name, id, addr, role, up, matchIndex, lag, lastContactMs }: Seat): calls.GroupSeat.$Properties {
  const match = matchIndex === null ? null : Number(matchIndex)
  return { name: name ?? "", id: id ?? "", addr: addr ?? "", role: ROLES[role], up, match, lag, lastContactMs }
}

function readStatus(wire: calls.GroupStatus.$Properties): RaftStatusJson {
  return {
    term: String(wire.term ?? 0),
    leader: wire.leader || null,
    commitIndex: String(wire.commit ?? 0),
    appliedIndex: String(wire.applied ?? 0),
    quorum: wire.quorum ?? 0,
    canLose: wire.canLose ?? 0,
    items: (wire.seats ?? []).map(readSeat),
  }
}

/** A role of a later program counts in no quorum here. */
function readSeat({ name, id, addr, role, up, match, lag, lastContactMs }: calls.GroupSeat.$Properties): Seat {
  return {
    name: name || null,
    id: id || null,
    addr: addr || null,
    role: wordOf(ROLES, role) ?? "learner",
    up: up ?? false,
    matchIndex: match == null ? null : String(match),
    lag: lag ?? null,
    lastContactMs: lastContactMs ?? null,
  }
}

function wireRefusal({ code, message, hint, details }: GroupRefusal): calls.GroupRefusal.$Properties {
  const told = Object.entries(details).map(([key, value]) => ({
    key,
    text: typeof value === "string" ? value : null,
    number: typeof value === "number" ? value : null,
  }))
  return { code: CODES[code], message, hint: hint ?? "", details: told }
}

function readRefusal({ code, message, hint, details }: calls.GroupRefusal.$Properties): GroupRefusal {
  const found = (details ?? []).map(({ key, text, number }) => [key ?? "", text ?? number ?? null] as const)
  return {
    code: wordOf(CODES, code) ?? "INTERNAL",
    message: message ?? "",
    ...(hint ? { hint } : {}),
    details: Object.fromEntries(found),
  }
}

function wordOf<Word extends string>(
  words: Readonly<Record<Word, number>>,
  number: number | null | undefined,
): Word | undefined {
  for (const word in words) if (words[word] === number) return word
  return undefined
}
