import { nameKey } from "./keys.ts"
import type { State } from "./state.ts"
import type { EndCause, Hold, HoldKind, Name, SessionId } from "./types.ts"

export interface NameView {
  /** Undefined = nothing is remembered of it. */
  readonly name: Name | undefined
  /** What its holders weigh together. */
  readonly used: number
  readonly holders: readonly Hold[]
  /** In the order in which they are granted. */
  readonly waiters: readonly Hold[]
}

export type Verification =
  | { readonly kind: "ok" }
  | { readonly kind: "wrong-secret" }
  /** `cause` undefined: it never was, or is forgotten. */
  | { readonly kind: "lost"; readonly cause: EndCause | undefined }

export function nameView(state: State, kind: HoldKind, name: string): NameView {
  const key = nameKey(kind, name)
  const queue = state.queue(key)
  const [holders, waiters] = [queue?.granted.items ?? [], queue?.waiting.items ?? []]
  return { name: state.name(key), used: queue?.used ?? 0, holders, waiters }
}

/** How many stand before one who waits, from 0, at the name where most do; undefined = it does not wait. */
export function waitsBehind(state: State, session: SessionId, seq: number): number | undefined {
  const hold = state.hold(session, seq)
  if (hold === undefined || hold.token !== undefined) return undefined
  let most = 0
  for (const name of hold.names) {
    most = Math.max(most, state.queue(nameKey(hold.kind, name))?.waiting.placeOf(hold) ?? 0)
  }
  return most
}

export function namesOf(state: State, kind: HoldKind, prefix: string): readonly string[] {
  const found: string[] = []
  for (const each of state.names.values()) {
    if (each.kind !== kind || !each.name.startsWith(prefix)) continue
    if (state.queue(nameKey(kind, each.name)) !== undefined) found.push(each.name)
  }
  return found.sort()
}

/** Whether somebody who shows this secret's hash may act for a session. */
export function verify(state: State, id: SessionId, secretHash: Uint8Array): Verification {
  const session = state.session(id)
  if (session === undefined) return { kind: "lost", cause: state.ended.get(id)?.cause }
  return { kind: isSameSecret(session.secretHash, secretHash) ? "ok" : "wrong-secret" }
}

/** Without a word, in time or otherwise, on where two hashes differ. */
export function isSameSecret(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= (a[at] as number) ^ (b[at] ?? 0)
  return difference === 0
}
