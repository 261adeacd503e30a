import type { State, Work } from "./state.ts"

/** Of the hosts that have sessions: more at once are rather our own fault than theirs. */
const PERCENT = 30
const HOSTS_MIN = 2

/**
 * Whether so many hosts are about to expire that the fault is likely on our side, and if so each of them gets one TTL
 * more, once: until it is heard again. A host counts when its first session would expire within one renewal interval,
 * which is a quarter of that session's time to live.
 */
export function* brake(state: State): Work {
  let hosts = 0
  const silent: string[] = []
  for (const host of state.hosts.values()) {
    if (state.tires()) yield
    const ttlMs = state.shortestTtlMs(host.id)
    if (ttlMs === undefined) continue
    hosts++
    if (4 * (state.timeMs - host.renewedAtMs) >= 3 * ttlMs) silent.push(host.id)
  }
  if (silent.length < HOSTS_MIN || silent.length * 100 <= hosts * PERCENT) return
  for (const id of silent) {
    const host = state.hosts.get(id)
    if (host !== undefined && !host.isBraked) state.putHost({ ...host, isBraked: true })
    if (state.tires()) yield
  }
}
