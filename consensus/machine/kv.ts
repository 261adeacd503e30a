import { refused } from "./answers.ts"
import type { Guard, KvDelete, KvPut } from "./command.ts"
import { isJsonText } from "./json-text.ts"
import { nameKey } from "./keys.ts"
import { ENTRY_VALUE_BYTES_MAX, isName, textBytes } from "./limits.ts"
import type { State } from "./state.ts"
import type { CommandResult, Entry, Refusal } from "./types.ts"

/** A put makes a revision even where it changes nothing else: its own, so that it can be told from every other. */
export function putEntry(state: State, command: KvPut): CommandResult {
  const { key, value } = command
  const isValue = isJsonText(value, ENTRY_VALUE_BYTES_MAX)
  const why = isValue ? entryProblem(state, command) : ({ kind: "invalid", field: "value" } as const)
  if (why !== undefined) return refused(state, why)
  const before = state.entry(key)
  const limit = exhausted(state, before, value)
  if (limit !== undefined) return refused(state, { kind: "exhausted", limit })
  const modRev = state.nextRev
  const after: Entry = { key, value, modRev, createRev: before?.createRev ?? modRev }
  state.putEntry(after)
  state.changes.push({ kind: "entry", before, after, rev: modRev })
  return { kind: "written", rev: modRev }
}

/** Where nothing is, nothing changes, and no revision is made. */
export function deleteEntry(state: State, command: KvDelete): CommandResult {
  const why = entryProblem(state, command)
  if (why !== undefined) return refused(state, why)
  const before = state.entry(command.key)
  if (before === undefined) return { kind: "removed", isRemoved: false, rev: state.rev }
  state.dropEntry(before.key)
  state.changes.push({ kind: "entry", before, after: undefined, rev: state.nextRev })
  return { kind: "removed", isRemoved: true, rev: state.rev }
}

/**
 * Why a write is not applied: first whether it is one, then whether its sender may, then whether it meets what it
 * expects.
 */
function entryProblem(state: State, { key, guard, ifRev }: KvPut | KvDelete): Refusal | undefined {
  if (!isName(key)) return { kind: "invalid", field: "key" }
  const lost = guard === undefined ? undefined : guardProblem(state, guard)
  if (lost !== undefined) return lost
  const current = state.entry(key)?.modRev ?? 0
  return ifRev === undefined || ifRev === current ? undefined : { kind: "conflict", reason: "rev", current }
}

/**
 * Whether a token holds the name that it is said to hold, at this very revision: whoever sends it, a helper as well.
 */
export function guardProblem(state: State, { kind, name, token }: Guard): Refusal | undefined {
  const hold = state.byToken(token)
  if (hold !== undefined && hold.kind === kind && hold.names.includes(name)) return undefined
  // Each item of a pool is a grant of its own.
  if (kind === "work" && state.work.byToken(token)?.pool === name) return undefined
  const current = state.queue(nameKey(kind, name))?.granted.first?.token
  return current === undefined ? { kind: "grant-lost" } : { kind: "grant-lost", current }
}

/** What makes the state no larger goes on beyond its limit. */
function exhausted(state: State, before: Entry | undefined, value: string): string | undefined {
  if (before === undefined && state.resources >= state.limits.names) return "names"
  const grows = before === undefined || textBytes(value) > textBytes(before.value)
  return grows && !state.hasRoom ? "state" : undefined
}
