/**
 * So much of what is left, at most, is kept for the way back: an agent that gives up says why while somebody listens.
 */
const RETURN_MS_MAX = 200
/** What an agent takes (docs/http.md). */
const TIMEOUT_MAX_MS = 600_000

/** The `timeoutMs` that the agent is told when its answer is waited for so long. */
export function agentTimeoutMs(leftMs: number): number {
  const ms = Math.floor(leftMs - Math.min(RETURN_MS_MAX, leftMs / 10))
  return Math.max(1, Math.min(TIMEOUT_MAX_MS, ms))
}
