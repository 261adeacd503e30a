import type { HoldKind, SessionId } from "./types.ts"

/**
 * The key of a name. An entry asks for the same one a dozen times, and a text that is new must be made flat and be
 * hashed before a map knows it: so the last one is kept, here and below.
 */
export function nameKey(kind: HoldKind, name: string): string {
  if (lastName.name !== name || lastName.kind !== kind) lastName = { kind, name, key: `${kind}/${name}` }
  return lastName.key
}

export function holdKey(session: SessionId, seq: number): string {
  if (lastHold.seq !== seq || lastHold.session !== session) lastHold = { session, seq, key: `${session}/${seq}` }
  return lastHold.key
}

let lastName = { kind: "lock" as HoldKind, name: "", key: "lock/" }
let lastHold = { session: "" as SessionId, seq: 0, key: "/0" }
