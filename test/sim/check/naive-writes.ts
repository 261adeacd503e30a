import type { CommandResult, KvWrite, Refusal, Resize, Token, WriteCommand } from "@conclave/consensus"
import { refuse, revNow, store } from "./naive-answers.ts"
import { dropHold, waiting } from "./naive-queue.ts"
import { once } from "./naive-requests.ts"
import type { NaiveLists } from "./naive-types.ts"
import { work } from "./naive-work.ts"

/** A write with a number once, one without each time that it comes. */
export function writeOnce(naive: NaiveLists, command: WriteCommand): CommandResult {
  const { request } = command
  const act = (): CommandResult => write(naive, command)
  return request === undefined ? act() : once(naive, request, act)
}

function write(naive: NaiveLists, command: WriteCommand): CommandResult {
  if (command.kind === "resize") return resize(naive, command)
  return command.kind === "kvPut" || command.kind === "kvDelete" ? writeEntry(naive, command) : work(naive, command)
}

/** Whoever would wait for ever is told so. */
function resize(naive: NaiveLists, { name, limit }: Resize): CommandResult {
  const known = naive.limits[`semaphore/${name}`]
  if (known === undefined || known === limit) return { kind: "written", rev: revNow(naive) }
  naive.limits[`semaphore/${name}`] = limit
  naive.isChanged = true
  for (const hold of waiting(naive, "semaphore", name).filter(({ weight }) => weight > limit)) {
    dropHold(naive, hold, "too-heavy", false)
    const refusal: Refusal = { kind: "conflict", reason: "limit", current: limit }
    store(naive, hold.session, hold.seq, { kind: "refused", refusal, rev: revNow(naive) })
  }
  return { kind: "written", rev: revNow(naive) }
}

/** To entries that stand in one list, however they came there. */
function writeEntry(naive: NaiveLists, command: KvWrite): CommandResult {
  const { key, ifRev, guard } = command
  const refused = (refusal: Refusal): CommandResult => refuse(naive, refusal)
  const old = naive.entries.find((each) => each.key === key)
  if (guard !== undefined) {
    const held = naive.holds.filter((each) => each.kind === guard.kind && each.names.includes(guard.name))
    const granted = held.filter(({ token }) => token !== undefined).sort((a, b) => a.order - b.order)
    const current = granted[0]?.token as Token | undefined
    const items = guard.kind === "work" ? naive.items.filter(({ pool }) => pool === guard.name) : []
    const tokens = [...granted.map(({ token }) => token), ...items.map(({ owner }) => owner?.token)]
    const isHeld = tokens.some((token) => token === guard.token)
    if (!isHeld) return refused({ kind: "grant-lost", ...(current === undefined ? {} : { current }) })
  }
  if (ifRev !== undefined && ifRev !== (old?.modRev ?? 0)) {
    return refused({ kind: "conflict", reason: "rev", current: old?.modRev ?? 0 })
  }
  const others = naive.entries.filter((each) => each !== old)
  if (command.kind === "kvDelete") {
    naive.entries = others
    if (old !== undefined) naive.isChanged = true
    return { kind: "removed", isRemoved: old !== undefined, rev: revNow(naive) }
  }
  const { value } = command
  naive.isChanged = true
  const rev = revNow(naive)
  naive.entries = [...others, { key, value, modRev: rev, createRev: old?.createRev ?? rev }]
  return { kind: "written", rev }
}
