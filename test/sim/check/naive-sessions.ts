import type { NodeId } from "@conclave/base"
import type { Command, CommandResult, EndCause } from "@conclave/consensus"
import { done, lost, refuse, revNow } from "./naive-answers.ts"
import { LOSS } from "./naive-hold.ts"
import { dropHold } from "./naive-queue.ts"
import type { NaiveHost, NaiveLists, NaiveSession } from "./naive-types.ts"

export function open(naive: NaiveLists, command: Extract<Command, { kind: "open" }>): CommandResult {
  const { session: id, host, boot, attachment, ttlMs: ttl, member, app } = command
  const secret = String(command.secretHash)
  const known = naive.sessions.find((each) => each.id === id)
  if (known !== undefined) {
    return known.secret === secret ? attached(naive, known) : refuse(naive, { kind: "not-yours" })
  }
  if (naive.ended.some((each) => each.id === id)) return lost(naive, id)
  if (!hear(naive, host, boot)) return refuse(naive, { kind: "outdated" })
  const rest = { detachedUntil: undefined, floor: 0, revokeAt: undefined }
  const session = { id, host, secret, ttl, member, app, boot, attachment, ...rest }
  naive.sessions.push(session)
  return join(naive, session)
}

export function attach(naive: NaiveLists, command: Extract<Command, { kind: "attach" }>): CommandResult {
  const { host, boot, attachment } = command
  const session = naive.sessions.find((each) => each.id === command.session)
  if (session === undefined) return lost(naive, command.session)
  if (session.secret !== String(command.secretHash)) return refuse(naive, { kind: "not-yours" })
  if (!hear(naive, host, boot)) return refuse(naive, { kind: "outdated" })
  if (session.host === host && session.boot === boot) {
    if (attachment < session.attachment) return refuse(naive, { kind: "outdated" })
    if (attachment === session.attachment) {
      return session.detachedUntil === undefined ? attached(naive, session) : refuse(naive, { kind: "outdated" })
    }
  }
  Object.assign(session, { host, boot, attachment, detachedUntil: undefined })
  const result = join(naive, session)
  forgetHosts(naive)
  return result
}

export function detachOrEnd(naive: NaiveLists, command: Extract<Command, { kind: "detach" | "end" }>): CommandResult {
  const session = naive.sessions.find((each) => each.id === command.session)
  if (session === undefined) return lost(naive, command.session)
  const of = command.kind === "detach" ? command : command.of
  if (of !== undefined && (of.boot !== session.boot || of.attachment !== session.attachment)) {
    return refuse(naive, { kind: "outdated" })
  }
  if (command.kind === "detach") detach(naive, session)
  else endSession(naive, session, command.cause, command.isGone)
  return done(naive)
}

export function endHost(naive: NaiveLists, command: Extract<Command, { kind: "endHost" }>): CommandResult {
  const host = naive.hosts.find(({ id }) => id === command.host)
  if (host !== undefined && command.boot < host.boot) return refuse(naive, { kind: "outdated" })
  const all = naive.sessions.filter((each) => each.host === command.host).sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const each of all) endSession(naive, each, "left", command.isGone)
  return done(naive)
}

export function renewHosts(naive: NaiveLists, command: Extract<Command, { kind: "renewHosts" }>): CommandResult {
  const items = command.items.map(({ host, boot, attempt }) => ({
    ...{ host, attempt, timeMs: naive.time },
    isCurrent: naive.hosts.some(({ id }) => id === host) && hear(naive, host, boot),
  }))
  return { kind: "renewed", items }
}

export function expiry(naive: NaiveLists, session: NaiveSession): number {
  if (session.detachedUntil !== undefined) return session.detachedUntil
  const host = naive.hosts.find(({ id }) => id === session.host) as NaiveHost
  return host.renewedAt + session.ttl * (host.braked ? 2 : 1)
}

function hear(naive: NaiveLists, id: NodeId, boot: number): boolean {
  const host = naive.hosts.find((each) => each.id === id)
  if (host === undefined) return true
  if (boot < host.boot) return false
  if (boot > host.boot) for (const each of naive.sessions) if (each.host === id) detach(naive, each)
  host.boot = boot
  host.renewedAt = naive.time
  host.braked = false
  return true
}

export function detach(naive: NaiveLists, session: NaiveSession): void {
  if (session.detachedUntil !== undefined) return
  session.detachedUntil = naive.time + session.ttl
  naive.isChanged = true
}

function join(naive: NaiveLists, session: NaiveSession): CommandResult {
  if (!naive.hosts.some(({ id }) => id === session.host)) {
    naive.hosts.push({ id: session.host, boot: session.boot, renewedAt: naive.time, braked: false })
  }
  naive.isChanged = true
  return attached(naive, session)
}

export function endSession(naive: NaiveLists, session: NaiveSession, cause: EndCause, isGone: boolean): void {
  for (const hold of naive.holds.filter((each) => each.session === session.id).sort((a, b) => a.order - b.order)) {
    dropHold(naive, hold, hold.token === undefined ? "session-ended" : LOSS[cause], isGone)
  }
  naive.answers = naive.answers.filter((each) => each.session !== session.id)
  naive.sessions = naive.sessions.filter((each) => each !== session)
  naive.ended.push({ id: session.id, cause, at: naive.time })
  forgetHosts(naive)
  naive.isChanged = true
}

function forgetHosts(naive: NaiveLists): void {
  naive.hosts = naive.hosts.filter(({ id }) => naive.sessions.some(({ host }) => host === id))
}

function attached(naive: NaiveLists, session: NaiveSession): CommandResult {
  return { kind: "attached", ttlMs: session.ttl, timeMs: naive.time, rev: revNow(naive) }
}
