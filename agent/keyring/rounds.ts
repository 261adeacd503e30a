import type { Addr, NodeId } from "@conclave/base"
import type { Clock, Links } from "../ports.ts"
import { HOW, WHAT } from "../streams/call-kinds.ts"
import { CallLinks, type CallOutcome } from "../streams/call-links.ts"
import { Timers } from "../timers.ts"
import type { Order, Told } from "./ring.ts"
import { decodeKeysTold, encodeOrder } from "./wire-keyring.ts"

/** Asked at the same time, of many. */
const AT_ONCE_MAX = 16
const RETRY_MS = 100

/** A member that is asked. */
export interface Asked {
  readonly id: NodeId
  readonly name: string
  readonly addr: Addr
  /** Alive or suspect. One that is believed to be dead is tried once. */
  readonly isLiving: boolean
}

/** What each has told; undefined = nothing in time. */
export type Answers = ReadonlyMap<NodeId, Told | undefined>

export interface RoundsOptions {
  readonly clock: Clock
  readonly links: Pick<Links, "dial">
  readonly self: NodeId
  /** Does what this agent is asked itself. */
  readonly carryOut: (order: Order, done: (told: Told) => void) => void
}

/**
 * Asks members for the same thing, some at a time. Its channels are opened for it and closed after it: none of them is
 * older than the word that all streams are sealed.
 */
export class Rounds {
  readonly #options: RoundsOptions
  readonly #calls: CallLinks
  readonly #timers: Timers
  #isClosed = false

  constructor(options: RoundsOptions) {
    const { clock, links, self } = options
    this.#options = options
    this.#timers = new Timers(clock)
    this.#calls = new CallLinks({ clock, links, hello: () => ({ cluster: "", from: self }), purpose: "keys" })
  }

  /** What is under way is not answered any more. */
  close(): void {
    this.#isClosed = true
    this.#timers.stop()
    this.#calls.close()
  }

  /** Calls back once, at the deadline at the latest; never once it is closed. */
  ask(members: readonly Asked[], order: Order, untilMs: number, done: (answers: Answers) => void): void {
    const answers = new Map<NodeId, Told | undefined>()
    // Whoever is there first: those who are not hold up the others.
    const waiting = [...members].sort((a, b) => Number(b.isLiving) - Number(a.isLiving))
    const body = encodeOrder(order)
    let next = 0
    const askNext = (): void => {
      const member = waiting[next++]
      if (member === undefined) return
      this.#one(member, { order, body, untilMs }, (told) => {
        answers.set(member.id, told)
        if (answers.size === members.length) done(answers)
        else askNext()
      })
    }
    if (members.length === 0) done(answers)
    for (let count = 0; count < Math.min(AT_ONCE_MAX, members.length); count++) askNext()
  }

  #one(member: Asked, question: Question, done: (told: Told | undefined) => void): void {
    const { self, carryOut } = this.#options
    if (member.id === self) carryOut(question.order, done)
    else this.#attempt(member, question, done)
  }

  /** Again until the deadline: whatever is asked may be asked twice. */
  #attempt(member: Asked, question: Question, done: (told: Told | undefined) => void): void {
    const { clock } = this.#options
    const { body, untilMs } = question
    if (clock.now() >= untilMs) return done(undefined)
    this.#calls.call(member.addr, { what: WHAT.keys, body, untilMs }, (outcome) => {
      if (this.#isClosed) return
      const told = toldBy(outcome)
      if (told !== undefined || !member.isLiving) return done(told)
      this.#timers.at(clock.now() + RETRY_MS, () => this.#attempt(member, question, done))
    })
  }
}

interface Question {
  readonly order: Order
  readonly body: Uint8Array
  readonly untilMs: number
}

function toldBy(outcome: CallOutcome): Told | undefined {
  return outcome.kind === "answer" && outcome.how === HOW.keys ? decodeKeysTold(outcome.body) : undefined
}
