/**
 * Ends the program's claim to be correct: a failed assertion is a bug, never a refusal of input.
 * On in production; the agent logs it and exits, and the next start recovers from disk.
 */
export class AssertionError extends Error {
  override name = "AssertionError"
}

/** Throws `AssertionError` when `condition` is false. `fact` is lower case and says what must hold. */
export function assert(condition: boolean, fact: string): asserts condition {
  if (!condition) throw new AssertionError(`assertion failed: ${fact}`)
}

/** Marks the end of an exhaustive switch; a new union member that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new AssertionError(`assertion failed: unreachable value ${JSON.stringify(value)}`)
}
