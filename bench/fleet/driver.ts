import type { Observation } from "./observation.ts"

/** Where a member is found. */
export interface Place {
  readonly name: string
  readonly host: string
}

/** One member of a fleet under measurement. */
export interface MemberSpec extends Place {
  /** Own loopback address, so that every member can use the same port and keep it over a restart. */
  readonly host: string
  /** Private directory of the member; stays over a restart. */
  readonly directory: string
  /** Where to join; undefined for the first member. */
  readonly seedHost: string | undefined
  /** Everybody, this one included. */
  readonly fleet: readonly Place[]
}

/** A started process. */
export interface Running {
  readonly pid: number
  /** When it said that it listens (`performance.now()`); rejects if it ends before. */
  readonly listening: Promise<number>
  readonly exited: Promise<void>
  /** Application socket, where the system has one. */
  readonly socket: string | undefined
  /** Ends the observation, not the process: an idle measurement pays for no reader. */
  unobserve(): void
}

/** How to run and observe one system. */
export interface Driver {
  readonly name: string
  readonly version: string
  readonly profile: string
  /** False where only the accuser tells of a suspicion: "suspect everywhere" cannot be seen then. */
  readonly tellsSuspicion: boolean
  /** True where no member listens before a majority does: then all start at once. */
  readonly startsTogether: boolean
  launch(member: MemberSpec, observe: (line: Observation) => void): Running
}
