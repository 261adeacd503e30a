import type { Acquire, Command, CommandResult, Request, SessionId, Token } from "@conclave/consensus"
import { lost, refuse, revNow, store } from "./naive-answers.ts"
import { isStored, queued } from "./naive-hold.ts"
import { advance, endHold, grant, standing, waiting } from "./naive-queue.ts"
import type { NaiveHold, NaiveLists, NaiveOwner } from "./naive-types.ts"

/** Of a request about a hold. */
export function request(naive: NaiveLists, command: Extract<Command, { seq: number }>): CommandResult {
  return once(naive, command, (hold) => perform(naive, command, hold), command.kind)
}

/** The same request gets the same answer, however its first one came to it. */
export function once(
  naive: NaiveLists,
  { session: id, seq, floor }: Request,
  act: (hold: NaiveHold | undefined) => CommandResult,
  kind?: Command["kind"],
): CommandResult {
  const session = naive.sessions.find((each) => each.id === id)
  if (session === undefined) return lost(naive, id)
  const stored = naive.answers.find((each) => each.session === id && each.seq === seq)
  const hold = naive.holds.find((each) => each.session === id && each.seq === seq)
  naive.isRepeat = true
  if (stored !== undefined) return stored.result
  if (hold !== undefined && kind === "acquire") return standing(naive, hold)
  if (hold === undefined && seq < session.floor) return refuse(naive, { kind: "forgotten" })
  naive.isRepeat = false
  const before = session.floor
  session.floor = Math.max(before, Math.min(floor, seq))
  const isHad = (each: number): boolean => each >= before && each < session.floor
  naive.answers = naive.answers.filter((each) => each.session !== id || !isHad(each.seq))
  if (hold !== undefined && kind !== "cancel") return refuse(naive, { kind: "conflict", reason: "seq" })
  const result = act(hold)
  const isKept = naive.answers.some((each) => each.session === id && each.seq === seq)
  if (!isKept && isStored(result)) store(naive, id, seq, result)
  return result
}

function perform(
  naive: NaiveLists,
  command: Extract<Command, { seq: number }>,
  hold: NaiveHold | undefined,
): CommandResult {
  if (command.kind === "acquire") return acquire(naive, command)
  if (command.kind === "cancel") {
    if (hold === undefined) return { kind: "ended", how: "cancelled", token: undefined, rev: revNow(naive) }
    if (hold.kind === "work" && hold.token !== undefined) return leave(naive, hold)
    const how = hold.token === undefined ? "cancelled" : "released"
    endHold(naive, hold, how)
    const token = hold.token as Token | undefined
    return { kind: "ended", how, token, rev: revNow(naive) }
  }
  const owner = naive.items.find((each) => each.owner?.token === command.token)?.owner
  if (owner !== undefined && command.kind === "update") return updateItem(naive, owner, command)
  const own = naive.holds.find((each) => each.token === command.token)
  if (own === undefined) return refuse(naive, { kind: "grant-lost" })
  if (own.session !== command.session) return refuse(naive, { kind: "not-yours" })
  if (command.kind === "release") {
    endHold(naive, own, "released")
    return { kind: "written", rev: revNow(naive) }
  }
  if (command.kind === "update") {
    const hasValue = own.kind === "election" || own.kind === "group"
    if (command.ready !== undefined && own.kind !== "group") return refuse(naive, { kind: "invalid", field: "ready" })
    if (command.value !== undefined && !hasValue) return refuse(naive, { kind: "invalid", field: "value" })
    own.note = command.note ?? own.note
    own.value = command.value ?? own.value
    own.ready = command.ready ?? own.ready
    naive.isChanged = true
    return { kind: "written", rev: revNow(naive) }
  }
  if (own.kind !== "election") return refuse(naive, { kind: "invalid", field: "kind" })
  const memberOf = (id: SessionId): string | undefined => naive.sessions.find((each) => each.id === id)?.member
  const heir = waiting(naive, "election", own.names[0] as string).find(
    (each) => command.to === undefined || memberOf(each.session) === command.to,
  )
  if (heir === undefined) return refuse(naive, { kind: "conflict", reason: "no-candidate" })
  endHold(naive, own, "transferred")
  grant(naive, heir)
  return { kind: "written", rev: revNow(naive) }
}

function updateItem(
  naive: NaiveLists,
  owner: NaiveOwner,
  command: Extract<Command, { kind: "update" }>,
): CommandResult {
  if (owner.session !== command.session) return refuse(naive, { kind: "not-yours" })
  if (command.ready !== undefined) return refuse(naive, { kind: "invalid", field: "ready" })
  if (command.value !== undefined) return refuse(naive, { kind: "invalid", field: "value" })
  if (command.note === undefined) return { kind: "written", rev: revNow(naive) }
  owner.note = command.note
  naive.isChanged = true
  return { kind: "written", rev: revNow(naive) }
}

/** It ends with the last item that it has. */
function leave(naive: NaiveLists, hold: NaiveHold): CommandResult {
  if (!hold.isLeaving) naive.isChanged = true
  hold.isLeaving = true
  advance(naive)
  const ended = naive.answers.find((each) => each.session === hold.session && each.seq === hold.seq)
  return ended?.result ?? { kind: "done", rev: revNow(naive) }
}

function acquire(naive: NaiveLists, command: Acquire): CommandResult {
  const { hold: kind, limit, weight = 1 } = command
  const key = `${kind}/${command.names[0]}`
  if (kind === "semaphore" && weight > (limit ?? 0)) return refuse(naive, { kind: "invalid", field: "weight" })
  if (limit !== undefined && (naive.limits[key] ?? limit) !== limit) {
    const reason = kind === "barrier" ? "parties" : "limit"
    return refuse(naive, { kind: "conflict", reason, current: naive.limits[key] as number })
  }
  if (limit !== undefined) naive.limits[key] = limit
  const hold = queued(command, ++naive.order, naive.time)
  const { id } = hold
  const older = naive.holds.find((each) => each.kind === kind && each.names[0] === hold.names[0] && each.id === id)
  if (id !== undefined && older !== undefined) endHold(naive, older, "fenced")
  naive.holds.push(hold)
  naive.isChanged = true
  advance(naive)
  const opened = naive.answers.find((each) => each.session === command.session && each.seq === command.seq)
  if (opened !== undefined) return opened.result
  if (!naive.holds.includes(hold)) throw new Error("a barrier has opened, and nobody knows of it")
  if (hold.token === undefined && command.waitMs === 0) {
    endHold(naive, hold, "wait-timeout")
    return { kind: "ended", how: "wait-timeout", token: undefined, rev: revNow(naive) }
  }
  return standing(naive, hold)
}
