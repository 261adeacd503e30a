import { type Profile, type SwimConfig, swimConfig } from "@conclave/swim"
import { suspicionBounds } from "@conclave/swim/suspicion"

/** News reach everybody at once, or where their packets are lost with one of these gossip ticks. */
const SPREAD_TICKS = 3

/** The end of a life in a fleet in which nothing else happens, as those see it who are left. */
export interface Scene {
  readonly profile: Profile
  /** Its process died and its machine lives, which resets its streams; else there is nothing but silence. */
  readonly isCrash: boolean
  /** Those who run, the dead one not counted. */
  readonly present: number
  /** Those who announced a restart and are not back. */
  readonly away: number
}

/**
 * Milliseconds in which everybody must know, by the constants of the profile. Two neighbours on the ring see the
 * streams of a dead process refused; else somebody's probe goes unanswered, and those who can confirm its suspicion do
 * so while it runs for its minimum.
 */
export function knownInMs({ profile, isCrash, present, away }: Scene): number {
  const config = swimConfig(profile)
  const spreadMs = SPREAD_TICKS * config.gossipIntervalMs
  if (isCrash && witnesses(config, present, away) >= 2) return config.redialMs + config.linkSuspicionMs + spreadMs
  const { minMs } = suspicionBounds(config, present + away + 1, away)
  // A probe is judged an interval after it was sent, at the latest.
  return probedInMs(config, present, away) + config.probeIntervalMs + minMs + spreadMs
}

/**
 * Milliseconds after which nobody doubts itself any more that answers reach: two of them an interval, which is
 * stretched by the score, take the highest score down by one each (Lifeguard §IV-A).
 */
export function sureAfterMs(profile: Profile): number {
  const { localHealthMax: most, probeIntervalMs } = swimConfig(profile)
  return ((most * (most + 3)) / 4) * probeIntervalMs
}

/** Of the neighbours that watch it, those who are there in any case. */
function witnesses({ watchedNeighbours }: SwimConfig, present: number, away: number): number {
  return Math.min(watchedNeighbours, present + away) - away
}

/**
 * Its neighbour on the ring probes it each interval, the next one where that is away. Where all that watch it may be,
 * it is each other's turn once a round, which is first in one and last in the next at worst (SWIM §4.3).
 */
function probedInMs(config: SwimConfig, present: number, away: number): number {
  const hasNeighbour = witnesses(config, present, away) >= 1
  return config.probeIntervalMs * (hasNeighbour ? 1 : 2 * present - 1)
}
