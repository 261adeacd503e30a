import type { Addr, NodeId } from "@conclave/base"
import {
  type Command,
  decodeCommand,
  encodeCommand,
  type LogIndex,
  type Refusal,
  type Renewal,
} from "@conclave/consensus"
import type { Clock } from "../ports.ts"
import type { Proposed, RunningReplica } from "../replica/running-replica.ts"
import { HOW, OF_SEATS, WHAT } from "../streams/call-kinds.ts"
import type { Call, CallLinks, CallOutcome } from "../streams/call-links.ts"
import type { Dialler, Inbound } from "../streams/stream-server.ts"
import { Timers } from "../timers.ts"
import type { CallDoor } from "./call-door.ts"
import { subjectOf } from "./command-subject.ts"
import { Renewals } from "./renewals.ts"
import type { Origin, WayToLeader } from "./way-to-leader.ts"
import {
  decodeReadIndex,
  decodeRenewal,
  decodeRenewed,
  encodeReadIndex,
  encodeRenewal,
  encodeRenewed,
  type Renewed,
} from "./wire-renewal.ts"
import { type AppliedCommand, decodeApplied, decodeOverloaded, encodeApplied, encodeOverloaded } from "./wire-result.ts"

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

/** First pause before another try, doubled up to the last. */
const RETRY_MIN_MS = 20
const RETRY_MAX_MS = 320
/** Calls of one agent that a relay works on at once; more are not taken. */
const INBOUND_CALLS_MAX = 4096

const EMPTY = new Uint8Array(0)

export interface LeaderRouteOptions {
  readonly clock: Clock
  readonly calls: CallLinks
  readonly running: () => RunningReplica | undefined
  readonly way: Pick<WayToLeader, "next" | "nextRelay" | "goesRound" | "unreached">
  readonly door: Pick<CallDoor, "hasSeat" | "speaksFor" | "judge">
  /** Answers what is no command, question or renewal; false = it is nothing that this program knows. */
  readonly serveOther: (what: number, body: Uint8Array, call: Served) => boolean
}

/** A call of another agent: until when it waits, and its answer, to be given once. */
export interface Served {
  readonly untilMs: number
  /** Whoever asks may do so in the name of this host. */
  readonly speaksFor: (host: NodeId) => boolean
  readonly answer: (how: number, body: Uint8Array) => void
}

/**
 * How a command or a question comes from any agent to where it is answered: here, or by one hop to the leader, or
 * through a relay. Tries again across elections until the deadline, and says exactly what is known of the outcome.
 */
export class LeaderRoute {
  readonly #options: LeaderRouteOptions
  readonly #renewals: Renewals
  readonly #timers: Timers
  /** Calls that were not answered yet. */
  readonly #sent: Set<Sent> = new Set()
  /** What is tried again after a pause. */
  readonly #waiting: Set<() => void> = new Set()

  constructor(options: LeaderRouteOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
    this.#renewals = new Renewals({
      clock: options.clock,
      propose: (items, done) => this.#proposeRenewals(items, done),
    })
  }

  /** Somebody leads: what waited for that is tried at once. */
  wake(): void {
    for (const act of [...this.#waiting]) act()
  }

  /**
   * Whoever is there leads no more, or is no relay to rely on: what was asked of it is asked elsewhere, if it may be.
   */
  giveUpOn(addr: Addr): void {
    for (const { to, done, takeBack } of [...this.#sent]) {
      if (to === addr) done({ kind: takeBack() ? "unsent" : "lost" })
    }
  }

  stop(): void {
    this.#timers.stop()
    this.#sent.clear()
    this.#waiting.clear()
    this.#renewals.stop()
  }

  /** What has gathered of renewals is appended before anything with a later stamp. */
  flushRenewals(): void {
    this.#renewals.flush()
  }

  propose(proposal: Proposal, done: (outcome: Outcome) => void): void {
    this.#attempt({ proposal, done, origin: "own", isUnknown: false, retryMs: RETRY_MIN_MS })
  }

  /**
   * Whoever has applied everything up to this entry sees all that was acknowledged before the call; undefined = not by
   * then.
   */
  readIndex(untilMs: number, done: (index: LogIndex | undefined) => void): void {
    this.#ask({ untilMs, done, retryMs: RETRY_MIN_MS })
  }

  /** Keeps the sessions of a host alive. Of a relay: at once into its batch; else through one. */
  renew(renewal: Renewal, untilMs: number, done: (outcome: Renewed | undefined) => void): void {
    if (this.#options.running() !== undefined) return this.#renewals.add(renewal, done)
    const relay = this.#options.way.nextRelay()
    if (relay === undefined) return this.#options.clock.afterTurn(() => done(undefined))
    const call = { what: WHAT.renew, body: encodeRenewal(renewal), untilMs }
    this.#call(relay, call, (outcome) => {
      const isAnswered = outcome.kind === "answer" && outcome.how === HOW.renewed
      done(isAnswered ? decodeRenewed(outcome.body) : undefined)
    })
  }

  /** Serves the calls of one agent. */
  serve(dialler: Dialler): Inbound {
    const from = dialler.hello.from as NodeId
    const speaksFor = (host: NodeId): boolean => this.#options.door.speaksFor(from, host)
    let calls = 0
    return {
      onFrame: (frame) => {
        if (frame.kind !== "call") return
        const { number, what, body } = frame
        const answer = (how: number, reply: Uint8Array): void => {
          calls--
          dialler.send({ kind: "answer", number, how, body: reply })
        }
        calls++
        if (calls > INBOUND_CALLS_MAX) return answer(HOW.notProposed, EMPTY)
        // As to who leads they come from those who judge themselves what they take of others.
        if (OF_SEATS.has(what) && !this.#options.door.hasSeat(from)) return answer(HOW.notProposed, EMPTY)
        const untilMs = this.#options.clock.now() + frame.leftMs
        this.#serveCall(what, body, { from, untilMs, speaksFor, answer })
      },
      onEnd: () => {},
    }
  }

  #serveCall(what: number, body: Uint8Array, call: ServedFrom): void {
    const { answer, speaksFor } = call
    switch (what) {
      case WHAT.propose:
      case WHAT.proposeHere:
        return this.#serveProposal({ ...call, data: body, relieves: false, isLast: what === WHAT.proposeHere })
      case WHAT.relieve:
      case WHAT.relieveHere:
        return this.#serveProposal({ ...call, data: body, relieves: true, isLast: what === WHAT.relieveHere })
      case WHAT.read: {
        return this.#askHere((index) =>
          index === undefined ? answer(HOW.notProposed, EMPTY) : answer(HOW.read, encodeReadIndex(index)),
        )
      }
      case WHAT.renew: {
        const renewal = decodeRenewal(body)
        // A host without a replica gathers for nobody: whoever takes it for a relay has another.
        const isTaken = renewal !== undefined && this.#options.running() !== undefined && speaksFor(renewal.host)
        if (!isTaken) return answer(HOW.notProposed, EMPTY)
        return this.#renewals.add(renewal, (outcome) =>
          outcome === undefined ? answer(HOW.unknown, EMPTY) : answer(HOW.renewed, encodeRenewed(outcome)),
        )
      }
      default:
        if (!this.#options.serveOther(what, body, call)) answer(HOW.notProposed, EMPTY)
    }
  }

  #serveProposal({ data, untilMs, relieves, isLast, from, answer }: ServedProposal): void {
    const origin = isLast ? "last" : "relayed"
    // Whoever asks has others to ask, and need not wait here for what only they can tell.
    if (this.#options.way.next(origin).kind === "refused") return answer(HOW.notProposed, EMPTY)
    this.#options.door.judge({ from, data, untilMs }, (verdict) => {
      if (verdict === "elsewhere") return answer(HOW.notProposed, EMPTY)
      const done = (outcome: Outcome): void => answer(...encodeOutcome(outcome))
      if (verdict !== "admitted") return done({ kind: "applied", result: verdict, rev: verdict.rev, isRepeat: false })
      const proposal = { data, untilMs, relieves, isRepeatable: false }
      this.#attempt({ proposal, done, origin, isUnknown: false, retryMs: RETRY_MIN_MS })
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
        return this.#call(step.to, { what, body, untilMs, isOnce: !isRepeatable }, (outcome) => {
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
   * leaders say, of others. It may never be committed, and this replica may never learn it: the deadline ends the wait.
   */
  #proposeHere(replica: RunningReplica, task: Task): void {
    const { data, relieves, untilMs } = task.proposal
    const decoded = decodeCommand(data)
    if (!decoded.ok || (task.origin !== "own" && isOfLeader(decoded.command))) return task.done(UNREADABLE)
    let isOver = false
    const cancel = this.#timers.at(untilMs, () => {
      isOver = true
      task.done({ kind: "unknown" })
    })
    replica.propose(data, relieves, (outcome) => {
      if (isOver) return
      cancel()
      this.#proposed(task, outcome)
    })
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
    this.#later(task, () => this.#attempt(task), task.proposal.untilMs)
  }

  #later(task: { retryMs: number }, again: () => void, untilMs: number): void {
    const { clock } = this.#options
    const atMs = Math.min(clock.now() + task.retryMs, Math.max(untilMs, clock.now()))
    task.retryMs = Math.min(2 * task.retryMs, RETRY_MAX_MS)
    const act = (): void => {
      cancel()
      this.#waiting.delete(act)
      again()
    }
    const cancel = this.#timers.at(atMs, act)
    this.#waiting.add(act)
  }

  #ask(asked: Asked): void {
    const { clock, way } = this.#options
    const { untilMs, done } = asked
    if (clock.now() >= untilMs) return done(undefined)
    const settle = (index: LogIndex | undefined): void =>
      index === undefined ? this.#later(asked, () => this.#ask(asked), untilMs) : done(index)
    if (!way.goesRound) return this.#askHere(settle)
    const relay = way.nextRelay()
    if (relay === undefined) return settle(undefined)
    this.#call(relay, { what: WHAT.read, body: EMPTY, untilMs }, (outcome) => {
      const isRead = outcome.kind === "answer" && outcome.how === HOW.read
      settle(isRead ? decodeReadIndex(outcome.body) : undefined)
    })
  }

  #askHere(done: (index: LogIndex | undefined) => void): void {
    const replica = this.#options.running()
    if (replica === undefined) done(undefined)
    else replica.readIndex(done)
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

  #call(to: Addr, call: Call, done: (outcome: CallOutcome) => void): void {
    const sent: Sent = {
      to,
      takeBack: () => false,
      done: (outcome) => {
        if (this.#sent.delete(sent)) done(outcome)
      },
    }
    this.#sent.add(sent)
    sent.takeBack = this.#options.calls.call(to, call, sent.done)
  }
}

function isOfLeader(command: Command): boolean {
  return subjectOf(command).kind === "leader"
}

function isUnfounded(refusal: Refusal): boolean {
  return refusal.kind === "conflict" && refusal.reason === "not-founded"
}

/** As the state machine refuses what makes no sense. */
const UNREADABLE: Outcome = {
  kind: "applied",
  result: { kind: "refused", refusal: { kind: "invalid", field: "command" }, rev: 0 },
  rev: 0,
  isRepeat: false,
}

/** Later a renewal is of no more use. */
const RENEW_LIMIT_MS = 2000

interface Sent {
  readonly to: Addr
  /** False = it has left. */
  takeBack: () => boolean
  readonly done: (outcome: CallOutcome) => void
}

interface ServedFrom extends Served {
  readonly from: NodeId
}

interface ServedProposal extends ServedFrom {
  readonly data: Uint8Array
  readonly relieves: boolean
  /** It was sent here as to the leader. */
  readonly isLast: boolean
}

interface Task {
  readonly proposal: Proposal
  readonly done: (outcome: Outcome) => void
  readonly origin: Origin
  /** Some try of it may have been applied. */
  isUnknown: boolean
  retryMs: number
}

interface Asked {
  readonly untilMs: number
  readonly done: (index: LogIndex | undefined) => void
  retryMs: number
}

function encodeOutcome(outcome: Outcome): [number, Uint8Array] {
  switch (outcome.kind) {
    case "applied":
      return [HOW.applied, encodeApplied(outcome)]
    case "noQuorum":
      return [HOW.notProposed, EMPTY]
    case "unknown":
      return [HOW.unknown, EMPTY]
    case "overloaded":
      return [HOW.overloaded, encodeOverloaded(outcome.limit)]
  }
}
