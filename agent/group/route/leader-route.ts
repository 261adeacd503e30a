import type { Addr, NodeId } from "@conclave/base"
import {
  type Command,
  decodeCommand,
  encodeCommand,
  type LogIndex,
  type Refusal,
  type Renewal,
} from "@conclave/consensus"
import { QUORUM_AT_RISK } from "../../api/no-quorum.ts"
import type { Clock } from "../../ports.ts"
import type { Proposed, RunningReplica } from "../../replica/running-replica.ts"
import { HOW, WHAT } from "../../streams/call-kinds.ts"
import type { CallLinks, CallOutcome } from "../../streams/call-links.ts"
import { Timers } from "../../timers.ts"
import { subjectOf } from "./command-subject.ts"
import { OpenCalls } from "./open-calls.ts"
import { mayRelieve } from "./relieving.ts"
import { Renewals } from "./renewals.ts"
import { firstPause, type Pause, Retries } from "./retries.ts"
import type { Origin, WayToLeader } from "./way-to-leader.ts"
import { decodeReadIndex, decodeRenewed, encodeRenewal, type Renewed } from "./wire-renewal.ts"
import { type AppliedCommand, decodeApplied, decodeOverloaded } from "./wire-result.ts"

/** What became of a command, exactly. */
export type Outcome =
  | ({ readonly kind: "applied" } & AppliedCommand)
  /** Nothing was proposed, and nothing will be. */
  | { readonly kind: "noQuorum" }
  /** It may have been applied, or may yet be. */
  | { readonly kind: "unknown" }
  /** Refused before it was proposed: the leader takes no more of its kind for now. */
  | { readonly kind: "overloaded"; readonly limit: string }

export interface Proposal {
  readonly data: Uint8Array
  readonly untilMs: number
  /** It makes room (releases, renewals) and may use the reserve. */
  readonly relieves: boolean
  /**
   * The state machine gives the same command the same answer, so that it may be sent again when its fate is not known.
   */
  readonly isRepeatable: boolean
}

const EMPTY = new Uint8Array(0)

export interface LeaderRouteOptions {
  readonly clock: Clock
  readonly calls: CallLinks
  readonly running: () => RunningReplica | undefined
  readonly way: Pick<WayToLeader, "next" | "nextRelay" | "goesRound" | "unreached">
  /** Asked of the replica that leads: the group would go on without this host. */
  readonly canSpare: (replica: RunningReplica, host: NodeId) => boolean
}

/**
 * How a command or a question comes from any agent to where it is answered: here, or by one hop to the leader, or
 * through a relay. Tries again across elections until the deadline, and says exactly what is known of the outcome.
 */
export class LeaderRoute {
  readonly #options: LeaderRouteOptions
  readonly #renewals: Renewals
  readonly #timers: Timers
  readonly #calls: OpenCalls
  readonly #retries: Retries

  constructor(options: LeaderRouteOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
    this.#calls = new OpenCalls(options.calls)
    this.#retries = new Retries(options.clock, this.#timers)
    this.#renewals = new Renewals({
      clock: options.clock,
      propose: (items, done) => this.#proposeRenewals(items, done),
    })
  }

  /** Somebody leads: what waited for that is tried at once. */
  wake(): void {
    this.#retries.wake()
  }

  /**
   * Whoever is there leads no more, or is no relay to rely on: what was asked of it is asked elsewhere, if it may be.
   */
  giveUpOn(addr: Addr): void {
    this.#calls.giveUpOn(addr)
  }

  stop(): void {
    this.#timers.stop()
    this.#calls.stop()
    this.#retries.stop()
    this.#renewals.stop()
  }

  /** What has gathered of renewals is appended before anything with a later stamp. */
  flushRenewals(): void {
    this.#renewals.flush()
  }

  /** `origin`: for whom, as far as it matters to where it goes from here. */
  propose(proposal: Proposal, done: (outcome: Outcome) => void, origin: Origin = "own"): void {
    this.#attempt({ proposal, done, origin, isUnknown: false, pause: firstPause() })
  }

  /**
   * Whoever has applied everything up to this entry sees all that was acknowledged before the call; undefined = not by
   * then.
   */
  readIndex(untilMs: number, done: (index: LogIndex | undefined) => void): void {
    this.#ask({ untilMs, done, pause: firstPause() })
  }

  /** The same of the replica here, once: undefined = there is none, or it does not hear from a leader. */
  readIndexHere(done: (index: LogIndex | undefined) => void): void {
    const replica = this.#options.running()
    if (replica === undefined) done(undefined)
    else replica.readIndex(done)
  }

  /** Keeps the sessions of a host alive. Of a relay: at once into its batch; else through one. */
  renew(renewal: Renewal, untilMs: number, done: (outcome: Renewed | undefined) => void): void {
    if (this.#options.running() !== undefined) return this.#renewals.add(renewal, done)
    const relay = this.#options.way.nextRelay()
    if (relay === undefined) return this.#options.clock.afterTurn(() => done(undefined))
    const call = { what: WHAT.renew, body: encodeRenewal(renewal), untilMs }
    this.#calls.call(relay, call, (outcome) => {
      const isAnswered = outcome.kind === "answer" && outcome.how === HOW.renewed
      done(isAnswered ? decodeRenewed(outcome.body) : undefined)
    })
  }

  #attempt(task: Task): void {
    const { clock, way } = this.#options
    const { proposal } = task
    if (clock.now() >= proposal.untilMs) return this.#giveUp(task)
    const step = way.next(task.origin)
    switch (step.kind) {
      case "here":
        return this.#proposeHere(step.replica, task)
      case "refused":
        return this.#giveUp(task)
      case "nowhere":
        return this.#retry(task)
      case "leader":
      case "relay": {
        const kind = proposal.relieves ? "relieve" : "propose"
        const what = step.kind === "leader" ? WHAT[`${kind}Here`] : WHAT[kind]
        const { data: body, untilMs, isRepeatable } = proposal
        return this.#calls.call(step.to, { what, body, untilMs, isOnce: !isRepeatable }, (outcome) => {
          if (outcome.kind === "unsent") way.unreached(step)
          this.#answered(task, outcome)
        })
      }
    }
  }

  #giveUp({ done, isUnknown }: Task): void {
    done({ kind: isUnknown ? "unknown" : "noQuorum" })
  }

  /**
   * What no program of this version can read never comes into the log, where it would stop every replica, nor what only
   * leaders say, of others; nor who removes a voter that is needed. It may never be committed, and this replica may
   * never learn it: the deadline ends the wait.
   */
  #proposeHere(replica: RunningReplica, task: Task): void {
    const { data, relieves, untilMs } = task.proposal
    const decoded = decodeCommand(data)
    if (!decoded.ok || (task.origin !== "own" && isOfLeader(decoded.command))) return task.done(UNREADABLE)
    if (this.#isNeeded(replica, decoded.command)) return task.done(atRisk(replica))
    let isOver = false
    const cancel = this.#timers.at(untilMs, () => {
      isOver = true
      task.done({ kind: "unknown" })
    })
    // Whoever says that it makes room has to be right: what does not would use up what is kept for it.
    replica.propose(data, relieves && mayRelieve(decoded.command), (outcome) => {
      if (isOver) return
      cancel()
      this.#proposed(task, outcome)
    })
  }

  #isNeeded(replica: RunningReplica, command: Command): boolean {
    return command.kind === "removeHost" && !this.#options.canSpare(replica, command.host)
  }

  #proposed(task: Task, outcome: Proposed): void {
    switch (outcome.kind) {
      case "applied": {
        const { result, rev, isRepeat } = outcome.applied
        // It came before the first command of the cluster, which is on its way: nothing was done.
        if (result?.kind === "refused" && isUnfounded(result.refusal)) return this.#retry(task)
        return result === undefined
          ? task.done({ kind: "unknown" })
          : task.done({ kind: "applied", result, rev, isRepeat })
      }
      case "superseded":
        return this.#retry(task)
      case "unknown":
        return this.#lost(task)
      case "refused":
        if (outcome.reason === "overloaded" || outcome.reason === "disk-full") {
          return this.#overloaded(task, outcome.reason)
        }
        return this.#retry(task)
    }
  }

  #answered(task: Task, outcome: CallOutcome): void {
    if (outcome.kind === "unsent") return this.#retry(task)
    if (outcome.kind === "lost") return this.#lost(task)
    switch (outcome.how) {
      case HOW.applied: {
        const applied = decodeApplied(outcome.body)
        return applied === undefined ? this.#lost(task) : task.done({ kind: "applied", ...applied })
      }
      case HOW.notProposed:
        return this.#retry(task)
      case HOW.overloaded:
        return this.#overloaded(task, decodeOverloaded(outcome.body) ?? "")
      default:
        return this.#lost(task)
    }
  }

  /** An earlier try of unknown fate makes every later refusal one. */
  #overloaded(task: Task, limit: string): void {
    task.done(task.isUnknown ? { kind: "unknown" } : { kind: "overloaded", limit })
  }

  #lost(task: Task): void {
    task.isUnknown = true
    if (task.proposal.isRepeatable) this.#retry(task)
    else task.done({ kind: "unknown" })
  }

  #retry(task: Task): void {
    this.#retries.later(task.pause, task.proposal.untilMs, () => this.#attempt(task))
  }

  #ask(asked: Asked): void {
    const { clock, way } = this.#options
    const { untilMs, done } = asked
    if (clock.now() >= untilMs) return done(undefined)
    const settle = (index: LogIndex | undefined): void =>
      index === undefined ? this.#retries.later(asked.pause, untilMs, () => this.#ask(asked)) : done(index)
    if (!way.goesRound) return this.readIndexHere(settle)
    const relay = way.nextRelay()
    if (relay === undefined) return settle(undefined)
    this.#calls.call(relay, { what: WHAT.read, body: EMPTY, untilMs }, (outcome) => {
      const isRead = outcome.kind === "answer" && outcome.how === HOW.read
      settle(isRead ? decodeReadIndex(outcome.body) : undefined)
    })
  }

  #proposeRenewals(items: readonly Renewal[], done: (outcomes: readonly Renewed[] | undefined) => void): void {
    const data = encodeCommand({ kind: "renewHosts", items })
    const untilMs = this.#options.clock.now() + RENEW_LIMIT_MS
    this.propose({ data, untilMs, relieves: true, isRepeatable: true }, (outcome) => {
      if (outcome.kind !== "applied" || outcome.result.kind !== "renewed") return done(undefined)
      const { rev } = outcome
      done(outcome.result.items.map((item) => ({ ...item, rev })))
    })
  }
}

function isOfLeader(command: Command): boolean {
  return subjectOf(command).kind === "leader"
}

function isUnfounded(refusal: Refusal): boolean {
  return refusal.kind === "conflict" && refusal.reason === "not-founded"
}

/** As the state machine refuses what makes no sense. */
function unproposed(refusal: Refusal): Outcome {
  return { kind: "applied", result: { kind: "refused", refusal, rev: 0 }, rev: 0, isRepeat: false }
}

const UNREADABLE: Outcome = unproposed({ kind: "invalid", field: "command" })

function atRisk({ raft }: RunningReplica): Outcome {
  return unproposed({ kind: "conflict", reason: QUORUM_AT_RISK, current: raft.group.voters.length })
}

/** Later a renewal is of no more use. */
const RENEW_LIMIT_MS = 2000

interface Task {
  readonly proposal: Proposal
  readonly done: (outcome: Outcome) => void
  readonly origin: Origin
  /** Some try of it may have been applied. */
  isUnknown: boolean
  readonly pause: Pause
}

interface Asked {
  readonly untilMs: number
  readonly done: (index: LogIndex | undefined) => void
  readonly pause: Pause
}
