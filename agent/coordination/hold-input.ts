import type { Acquire, HoldKind, SessionId, Token } from "@conclave/consensus"
import { LOCK_NAMES_MAX } from "../api/hold-schema.ts"
import { type Problem, problem } from "../api/problem.ts"
import type { OpInput } from "../api/schema.ts"

/** The command of a hold. What is no matter of its kind is not looked at. */
export function acquireOf(
  kind: HoldKind,
  input: OpInput<"hold">,
  { session, seq }: { readonly session: SessionId; readonly seq: number },
): Acquire | Problem {
  const names = kind === "lock" ? [...new Set([input.name, ...(input.names ?? [])])] : [input.name]
  if (names.length > LOCK_NAMES_MAX) {
    const message = `a lock has at most ${LOCK_NAMES_MAX} names`
    return problem("RESOURCE_EXHAUSTED", message, {
      hint: "fewer names, or one for all of them",
      details: { limit: LOCK_NAMES_MAX, field: "names" },
    })
  }
  const isLock = kind === "lock"
  return {
    kind: "acquire",
    session,
    seq,
    floor: 0,
    hold: kind,
    names,
    mode: isLock ? (input.mode ?? "exclusive") : "exclusive",
    waitMs: input.waitMs,
    priority: isLock ? 0 : (input.priority ?? 0),
    maxHoldMs: input.maxHoldMs,
    lockDelayMs: isLock ? (input.lockDelayMs ?? 0) : 0,
    note: input.note,
    value: isLock || input.value === undefined ? undefined : JSON.stringify(input.value),
  }
}

/** Tokens stay below 2⁵³; what is larger holds nothing. */
export function tokenOf(token: string): Token {
  return Math.min(Number(token), Number.MAX_SAFE_INTEGER) as Token
}
