import type { EndCause, Liveness, SessionId } from "@conclave/consensus"
import type { FoundProcess } from "../ports.ts"

export type SessionEnd = EndCause | "moved" | "unknown"

/** Whoever speaks for a session at this agent: one connection at a time. */
export interface SessionOwner {
  /** The session is over, and nothing more can be asked of it. */
  readonly sessionOver: (cause: SessionEnd) => void
}

/** A session whose application talks to this agent. */
export interface LocalSession {
  readonly id: SessionId
  /** The revision in which this agent got it: an older state says nothing of it. */
  readonly rev: number
  /** Kept to check what other requests claim; the cluster knows it, too. */
  readonly secretHash: Uint8Array
  readonly ttlMs: number
  readonly liveness: Liveness
  /** This agent's number of it, and the boot in which it was asked for: what was meant for an earlier one is void. */
  attachment: number
  boot: number
  /** The number under which its owner asked for it: of two owners the later one counts, whoever hears of it first. */
  readonly claim: number
  /** Undefined = its connection is lost. */
  owner: SessionOwner | undefined
  /** The processes of its application; undefined among them: one whose end could not be proven. */
  processes: readonly (FoundProcess | undefined)[]
  /** The process groups that act for it, too, by the numbers that it named them by. */
  readonly groups: Map<number, FoundProcess | undefined>
  /** Until when (elapsed time) its application was told that it may rely on it. */
  promisedMs: number
  /** Why it is over. */
  end: SessionEnd | undefined
  /** The next number of a request that the agent makes on its behalf; requests in frames bring their own. */
  nextSeq: number
}

/** Whose request it is, and its number in the session. */
export interface Speaker {
  readonly session: LocalSession
  readonly seq: number
  /** The answers to all requests of lower numbers are not asked for any more; 0 = that is not known. */
  readonly floor: number
}
