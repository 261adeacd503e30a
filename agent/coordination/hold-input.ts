import { type Acquire, NO_TERMS, type Request, type Token, type Worker } from "@conclave/consensus"
import type { HoldKind } from "../api/hold-objects.ts"
import { LOCK_NAMES_MAX } from "../api/hold-schema.ts"
import { invalid, isProblem, type Problem, problem } from "../api/problem.ts"
import type { OpInput } from "../api/schema.ts"

/** The command of a hold. What is no matter of its kind is not looked at. */
export function acquireOf(kind: HoldKind, input: OpInput<"hold">, { session, seq, floor }: Request): Acquire | Problem {
  const terms = termsOf(kind, input)
  if (isProblem(terms)) return terms
  const { waitMs, maxHoldMs, note } = input
  return { kind: "acquire", session, seq, floor, hold: kind, ...PLAIN, waitMs, maxHoldMs, note, ...terms }
}

/** The arrival at a barrier: a place in a queue, that is done when as many have come as were named. */
export function arrivalOf({ name, parties, waitMs }: OpInput<"barrier">, { session, seq, floor }: Request): Acquire {
  const own = { names: [name], waitMs, limit: parties, maxHoldMs: undefined, note: undefined }
  return { kind: "acquire", session, seq, floor, hold: "barrier", ...PLAIN, ...own }
}

/** What a hold has that asks for nothing of its own. */
const PLAIN: Pick<Acquire, "mode" | "priority" | "lockDelayMs" | "value" | keyof typeof NO_TERMS> = {
  mode: "exclusive",
  priority: 0,
  lockDelayMs: 0,
  value: undefined,
  ...NO_TERMS,
}

type Terms = Partial<Acquire> & Pick<Acquire, "names">

function termsOf(kind: HoldKind, input: OpInput<"hold">): Terms | Problem {
  const names = [input.name]
  const value = input.value === undefined ? undefined : JSON.stringify(input.value)
  const { id, ready, priority = 0 } = input
  switch (kind) {
    case "lock":
      return lockTerms(input)
    case "election":
      return { names, value, priority }
    case "semaphore":
      return semaphoreTerms(input)
    case "group":
      return { names, value, id, ready }
    case "work":
      return { names, id, worker: workerOf(input) }
  }
}

function lockTerms({
  name,
  names: others = [],
  mode = "exclusive",
  lockDelayMs = 0,
}: OpInput<"hold">): Terms | Problem {
  const names = [...new Set([name, ...others])]
  if (names.length <= LOCK_NAMES_MAX) return { names, mode, lockDelayMs }
  const message = `a lock has at most ${LOCK_NAMES_MAX} names`
  return problem("RESOURCE_EXHAUSTED", message, {
    hint: "fewer names, or one for all of them",
    details: { limit: LOCK_NAMES_MAX, field: "names" },
  })
}

function semaphoreTerms({ name, limit, weight }: OpInput<"hold">): Terms | Problem {
  if (limit === undefined)
    return invalid("limit", "a semaphore has a limit: what the weights of its holders may add up to")
  const isTooHeavy = (weight ?? 1) > limit
  if (isTooHeavy)
    return invalid("weight", `weight: ${weight} is more than the limit of ${limit}, and would wait for ever`)
  return { names: [name], limit, weight }
}

function workerOf({ capacity, zone, tags = {} }: OpInput<"hold">): Worker {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))
  return { capacity, zone, tags: sorted.map(([key, text]) => ({ key, value: text })), isLeaving: false }
}

/** Tokens stay below 2⁵³; what is larger holds nothing. */
export function tokenOf(token: string): Token {
  return Math.min(Number(token), Number.MAX_SAFE_INTEGER) as Token
}
