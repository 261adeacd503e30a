import type { Millis, Random } from "@conclave/base"
import type { Command, CommandResult } from "@conclave/consensus"
import type { Proposed } from "conclave/group/shared-state"
import type { Fleet, FleetMember } from "../fleet.ts"
import type { Broken } from "./disk-truth.ts"
import { requestKey, type Shadow } from "./shadow.ts"

/** More entries than a leader has under way. */
const UNTOLD_MAX = 200

/** What became of a request, once it is known. */
export type Told =
  | { readonly kind: "result"; readonly result: CommandResult }
  | { readonly kind: "unknown" | "refused" }

interface Answer {
  readonly agent: string
  readonly command: Command
  readonly result: CommandResult
  /** Entries that were known to be committed then. */
  readonly known: number
}

interface Ended {
  readonly command: Command
  /** The highest revision that anybody had been told of when it began. */
  readonly floor: number
  readonly outcome: Proposed
  readonly done: (told: Told) => void
}

/** The plain sender of commands: at any agent, by the leader route, with the outcomes held against the log. */
export class Requests {
  readonly seen = { relayed: 0, applied: 0, read: 0, unknown: 0, refused: 0 }
  readonly #fleet: Fleet
  readonly #shadow: Shadow
  readonly #broken: Broken
  readonly #random: Random
  onAnswer: (command: Command, result: CommandResult) => void = () => {}
  #unchecked: Answer[] = []
  /** Whoever begins after another has ended sees no less (linearizability, with revisions as the witness). */
  #floor = 0

  constructor(fleet: Fleet, parts: { readonly shadow: Shadow; readonly broken: Broken; readonly random: Random }) {
    this.#fleet = fleet
    this.#shadow = parts.shadow
    this.#broken = parts.broken
    this.#random = parts.random
  }

  /** An agent of the cluster that runs and is not stopped, at random. */
  anybody(): FleetMember | undefined {
    const able = this.#fleet.belonging().filter(({ machine }) => machine.process?.frozen !== true)
    return able.length === 0 ? undefined : this.#random.pick(able)
  }

  /** Calls back at most once; an agent that ends says nothing. */
  send(member: FleetMember, command: Command, limitMs: number, done: (told: Told) => void): void {
    const process = member.machine.process
    const consensus = member.host?.consensus
    if (process === undefined || consensus === undefined) return
    const floor = this.#floor
    if (consensus.running === undefined) this.seen.relayed++
    process.task(() => {
      const deadline = (process.nowMs + limitMs) as Millis
      consensus.state.propose(command, deadline, (outcome) => this.#ended(member, { command, floor, outcome, done }))
    })
  }

  read(member: FleetMember, limitMs: number, done: (isRead: boolean) => void): void {
    const process = member.machine.process
    const consensus = member.host?.consensus
    if (process === undefined || consensus === undefined) return
    const floor = this.#floor
    process.task(() => {
      consensus.state.read((process.nowMs + limitMs) as Millis, (outcome) => {
        if (outcome.kind !== "read") return done(false)
        const { rev } = outcome.state
        if (rev < floor) this.#broken("S1-reads-see-the-past", member.machine.name, `read ${rev}, known was ${floor}`)
        this.#floor = Math.max(this.#floor, rev)
        this.seen.read++
        done(true)
      })
    })
  }

  /**
   * After an event: what was acknowledged in it is in the log, and says what the log says. A leader that goes when it
   * has answered may have been the only one to know of the commit: then the others learn it before anything that comes
   * later.
   */
  look(): void {
    if (this.#unchecked.length > 0) this.#unchecked = this.#unchecked.filter((answer) => !this.#isSettled(answer))
  }

  /** Nobody is to learn anything any more. */
  finish(): void {
    for (const answer of this.#unchecked) this.#isSettled({ ...answer, known: Number.NEGATIVE_INFINITY })
    this.#unchecked = []
  }

  #isSettled({ agent, command, result, known }: Answer): boolean {
    const key = requestKey(command)
    if (key === undefined || this.#shadow.hasAnswered(key, result)) return true
    if (this.#shadow.entries < known + UNTOLD_MAX) return false
    this.#broken("S1-acknowledged-is-applied", agent, `${key}: no entry came to ${JSON.stringify(result)}`)
    return true
  }

  #ended({ machine }: FleetMember, { command, floor, outcome, done }: Ended): void {
    if (outcome.kind === "unknown") {
      this.seen.unknown++
      return done({ kind: "unknown" })
    }
    if (outcome.kind === "not-proposed" || isBarred(command, outcome.result)) {
      this.seen.refused++
      return done({ kind: "refused" })
    }
    const { result, rev } = outcome
    this.seen.applied++
    this.onAnswer(command, result)
    this.#unchecked.push({ agent: machine.name, command, result, known: this.#shadow.entries })
    if (rev < floor) {
      this.#broken("S1-writes-follow-the-past", machine.name, `applied at ${rev}, known was ${floor}`)
    }
    this.#floor = Math.max(this.#floor, rev)
    done({ kind: "result", result })
  }
}

/**
 * A host without a seat speaks for its own sessions alone: what it is to send for another's is answered so and never
 * proposed. Of the log only who attaches hears that word, and a late detach or end.
 */
function isBarred({ kind }: Command, result: CommandResult): boolean {
  return result.kind === "refused" && result.refusal.kind === "outdated" && kind !== "open" && kind !== "attach"
}
