/** What fits into an agent's default time to live: a client that misses some of them is not yet lost. */
const HEARTBEATS_PER_TTL = 5
/** At least so many fit into each time to live, however short it is. */
const HEARTBEATS_MIN = 4

/** How often the application of a session is to be heard of, in ms, at an agent with that default time to live. */
export function heartbeatMs(defaultTtlMs: number, ttlMs: number): number {
  return Math.min(defaultTtlMs / HEARTBEATS_PER_TTL, ttlMs / HEARTBEATS_MIN)
}
