import type { LogIndex } from "@conclave/consensus"
import type { RunningReplica } from "conclave/replica/running-replica"
import type { FleetMember } from "../fleet.ts"
import type { Broken } from "./disk-truth.ts"

/** The most that a stall may add, whatever its length. */
const STEP_MS = 100
/** Clocks of hosts are off by half as much. */
const RATE_MAX = 1.01
/** A stamp is made once a turn, and a turn of a throttled process has many entries and takes long. */
const SLACK_MS = 250

interface Reign {
  readonly running: RunningReplica
  readonly term: number
  last: number
  /** The least that a stamp was ahead of the time that its leader ran; undefined before its first. */
  least: number | undefined
}

/**
 * Replicated time is time in which a leader ran: in a stall nobody could be heard, and sessions whose renewals found
 * nobody would end for it. Looked at where a leader appends, with the truth about its process.
 */
export class StampChecks {
  readonly #reigns: Map<FleetMember, Reign> = new Map()
  readonly #broken: Broken

  constructor(broken: Broken) {
    this.#broken = broken
  }

  /** After an event in which a leader may have appended. */
  leads(member: FleetMember, running: RunningReplica): void {
    const { log, term } = running.raft
    const { process, name } = member.machine
    if (process === undefined) return
    const known = this.#reigns.get(member)
    const isSame = known?.running === running && known.term === term
    const reign = isSame ? known : { running, term, last: log.last, least: undefined }
    if (!isSame) this.#reigns.set(member, reign)
    if (log.last === reign.last) return
    reign.last = log.last
    const entry = log.entry(log.last as LogIndex)
    if (entry === undefined || entry.term !== term || entry.stampMs === 0) return
    const ahead = entry.stampMs - (process.ranUs / 1000) * RATE_MAX - process.stalls * STEP_MS
    const { least = ahead } = reign
    reign.least = Math.min(least, ahead)
    if (ahead <= least + SLACK_MS) return
    const message = `entry ${entry.index} is stamped ${Math.round(ahead - least)} ms later than its leader ran`
    this.#broken("stamps-count-what-was-heard", name, message)
  }
}
