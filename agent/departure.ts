import type { Millis, NodeId } from "@conclave/base"
import { quorumAtRisk } from "./api/no-quorum.ts"
import { type Problem, problem } from "./api/problem.ts"
import { notProposed } from "./coordination/refusals.ts"
import type { Consensus } from "./group/consensus.ts"
import type { Clock } from "./ports.ts"

/** What became of the seat of a host that left. */
export type SeatLeft = "moved" | "kept" | "none"

/** So long applications have to confirm that they do not believe in their sessions any more: the others expire. */
const SESSIONS_LIMIT_MS = 3000
/** So long a leader has to end what is left. */
const END_MS = 2000

export interface DepartureOptions {
  readonly clock: Clock
  readonly id: NodeId
  readonly generation: () => number
  readonly consensus: Pick<Consensus, "giveUpSeat" | "handOver" | "state" | "clusterId" | "running" | "view">
  readonly drain: Draining
  readonly farewell: Farewell
}

/**
 * Lets leaderships and items of work go elsewhere, within `graceMs` at most where that is given; calls back when that
 * is over.
 */
export type Draining = (graceMs: number | undefined, done: () => void) => void

/** Tells applications that their sessions are over; calls back with whether none of them may still believe in one. */
export type Farewell = (limitMs: number, done: (isBelievedByNobody: boolean) => void) => void

export interface DepartureWish {
  /** It goes also where nobody can take over its seat, or nobody can be asked to. */
  readonly force: boolean
  readonly timeoutMs: number
  /** How long leaderships and items of work have to move elsewhere; undefined = as long as is said of them. */
  readonly graceMs: number | undefined
}

/**
 * What a host does in the group before it departs for good: gives its seat to another, lets go what its applications
 * lead and work on, and ends its sessions. Refused where the group would be left with less to lose; then nothing has
 * changed. The good-bye to gossip comes after it.
 */
export function depart(
  { clock, id, generation, consensus, drain, farewell }: DepartureOptions,
  { force, timeoutMs, graceMs }: DepartureWish,
  done: (result: SeatLeft | Problem) => void,
): void {
  const untilMs = (clock.now() + timeoutMs) as Millis
  const endAll = (seat: SeatLeft): void => {
    if (consensus.clusterId === undefined) return done(seat)
    drain(graceMs, () => endSessions(seat))
  }
  const endSessions = (seat: SeatLeft): void => {
    farewell(SESSIONS_LIMIT_MS, (isBelievedByNobody) => {
      // What is still believed in expires when its promise has run out, and not before.
      if (!isBelievedByNobody) return done(seat)
      const command = { kind: "endHost", host: id, boot: generation(), isGone: false } as const
      consensus.state.propose(command, (clock.now() + END_MS) as Millis, () => done(seat))
    })
  }
  consensus.giveUpSeat(untilMs, (given) => {
    if (given === "moved" || given === "none") return endAll(given)
    if (!force) return done(refusal(given, consensus))
    consensus.handOver(() => endAll("kept"))
  })
}

function refusal(
  given: "needed" | "unreached" | "late",
  { running, view }: Pick<DepartureOptions["consensus"], "running" | "view">,
): Problem {
  const hint = "add another agent first, or --force: then the host goes, and its seat stays"
  switch (given) {
    case "needed":
      return quorumAtRisk(
        "this host votes in the group, and no other can take its seat",
        hint,
        running?.raft.group.voters.length ?? 0,
      )
    case "unreached":
      return problem("NO_QUORUM", "the seat of this host cannot be moved: no leader with a quorum was reached", {
        hint,
        details: notProposed(view.notProposed("no-quorum")).details,
      })
    case "late":
      return problem("TIMEOUT", "the seat of this host did not move in time", { hint: "conclave raft status" })
  }
}
