import { ConclaveError } from "./errors.ts"
import { toBigints } from "./u64.ts"
import { U64_SHAPES } from "./wire.gen.ts"

/** An answer with its 64-bit numbers. Throws INTERNAL for what no agent answers: nothing else is thrown of it later. */
export function readAnswer(op: string, answer: unknown): unknown {
  if (!isObject(answer)) throw unreadable(op)
  try {
    return toBigints(answer, U64_SHAPES[op])
  } catch (cause) {
    throw unreadable(op, cause)
  }
}

/**
 * A list in an answer, whose items have a text under `key`, or nothing; throws INTERNAL where it is none.
 */
export function readList<Item extends object>(op: string, list: readonly Item[], key: keyof Item): readonly Item[] {
  const isItem = (each: unknown): boolean => isObject(each) && ["string", "undefined"].includes(typeof each[key])
  if (!Array.isArray(list) || !list.every(isItem)) throw unreadable(op)
  return list
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null
}

function unreadable(op: string, cause?: unknown): ConclaveError {
  return new ConclaveError("INTERNAL", `the agent's answer to ${op} cannot be read`, { outcome: "unknown", cause })
}
