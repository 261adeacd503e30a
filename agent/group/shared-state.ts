import type { Millis } from "@conclave/base"
import type { Command, CommandResult, Machine, Renewal, RenewalOutcome } from "@conclave/consensus"
import type { NotProposed, StateListener } from "../coordination/cluster.ts"
import type { Clock } from "../ports.ts"
import { Timers } from "../timers.ts"
import type { GroupState } from "./group-state.ts"
import type { GroupView } from "./group-view.ts"
import { proposalOf } from "./route/command-proposal.ts"
import type { LeaderRoute, Outcome } from "./route/leader-route.ts"

/** What became of a command. */
export type Proposed =
  | { readonly kind: "applied"; readonly result: CommandResult; readonly rev: number }
  | NotProposed
  /** It was handed to a leader; what became of it is not known. */
  | { readonly kind: "unknown" }

export type Read = { readonly kind: "read"; readonly state: Machine } | NotProposed

export interface SharedStateOptions {
  readonly clock: Clock
  readonly hasCluster: () => boolean
  /** Where there is none: this host is to found one with others. */
  readonly awaitsFounding: () => boolean
  readonly view: Pick<GroupView, "notProposed">
  readonly route: Pick<LeaderRoute, "propose" | "readIndex" | "renew">
  /** What is here of it. */
  readonly state: Pick<GroupState, "follow" | "hasReached" | "after" | "local" | "listen">
}

/** The replicated state as whoever uses this host changes, reads and watches it, wherever the group is. */
export class SharedState {
  readonly #options: SharedStateOptions
  readonly #timers: Timers
  #isOver = false

  constructor(options: SharedStateOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /**
   * From here on nothing begins and nobody is called back: whoever insists on something would keep the process alive.
   */
  stop(): void {
    this.#isOver = true
    this.#timers.stop()
  }

  /** Calls back exactly once, at the deadline at the latest. */
  propose(command: Command, deadline: Millis, done: (outcome: Proposed) => void): void {
    if (this.#isOver) return
    if (!this.#options.hasCluster()) return done(this.#clusterless())
    // Whoever writes wants to see what became of it.
    this.#options.state.follow()
    this.#options.route.propose(proposalOf(command, deadline), (outcome) => {
      if (outcome.kind === "applied") this.#options.state.hasReached(outcome.rev)
      done(this.#proposed(outcome))
    })
  }

  /** Linearizable: the state as it is at some moment after the call. Calls back once, at the deadline at the latest. */
  read(deadline: Millis, done: (outcome: Read) => void): void {
    if (this.#isOver) return
    if (!this.#options.hasCluster()) return done(this.#clusterless())
    let isOver = false
    let callOff = (): void => {}
    const end = (state: Machine | undefined): void => {
      if (isOver) return
      isOver = true
      cancel()
      callOff()
      done(state === undefined ? this.#options.view.notProposed("no-quorum") : { kind: "read", state })
    }
    const cancel = this.#timers.at(deadline, () => end(undefined))
    this.#options.state.follow()
    this.#options.route.readIndex(deadline, (index) => {
      if (index === undefined) end(undefined)
      else if (!isOver) callOff = this.#options.state.after(index, end)
    })
  }

  /** As this host knows it, and how old that may be in ms; undefined = it knows nothing. */
  local(): { readonly state: Machine; readonly ageMs: number } | undefined {
    return this.#options.state.local()
  }

  /** Through a relay, which gathers those of many hosts; undefined = nobody knows whether it counted. */
  renew(renewal: Renewal, deadline: Millis, done: (outcome: RenewalOutcome | undefined) => void): void {
    if (this.#isOver) return
    if (!this.#options.hasCluster()) return done(undefined)
    this.#options.route.renew(renewal, deadline, (outcome) => {
      if (outcome !== undefined) this.#options.state.hasReached(outcome.rev)
      done(outcome)
    })
  }

  listen(listener: StateListener): () => void {
    return this.#options.state.listen(listener)
  }

  #clusterless(): NotProposed {
    const { view, awaitsFounding } = this.#options
    return view.notProposed(awaitsFounding() ? "no-founding" : "no-cluster")
  }

  #proposed(outcome: Outcome): Proposed {
    switch (outcome.kind) {
      case "applied":
        return { kind: "applied", result: outcome.result, rev: outcome.rev }
      case "noQuorum":
        return this.#options.view.notProposed("no-quorum")
      case "overloaded":
        return this.#options.view.notProposed(outcome.limit === "disk-full" ? "disk-full" : "overloaded")
      case "unknown":
        return outcome
    }
  }
}
