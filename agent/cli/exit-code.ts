import type { ErrorCode } from "@conclave/sdk"

/** Exit codes that no error code stands for. */
export const EXIT_TIMED_OUT = 8
export const EXIT_PARTLY = 9
export const EXIT_CONFIG = 78

const EXITS: Readonly<Record<ErrorCode, number>> = {
  INVALID_ARGUMENT: 2,
  UNIMPLEMENTED: 2,
  AGENT_UNAVAILABLE: 3,
  PERMISSION_DENIED: 4,
  NO_QUORUM: 5,
  NOT_FOUND: 6,
  CONFLICT: 7,
  RESOURCE_EXHAUSTED: 7,
  TIMEOUT: EXIT_TIMED_OUT,
  GRANT_LOST: 122,
  SESSION_LOST: 122,
  WAIT_TIMEOUT: 124,
  DEADLOCK: 1,
  CLOSED: 1,
  INTERNAL: 1,
}

/** An agent that is newer than this program may send a code that is not known here: a bug, as far as we can tell. */
export function exitCode(code: string): number {
  return Object.hasOwn(EXITS, code) ? EXITS[code as ErrorCode] : 1
}
