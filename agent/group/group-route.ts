import type { Addr } from "@conclave/base"
import { type Problem, problem } from "../api/problem.ts"
import type { RaftStatusJson } from "../api/raft-schema.ts"
import type { Clock } from "../ports.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { HOW, WHAT } from "../streams/call-kinds.ts"
import type { CallLinks, CallOutcome } from "../streams/call-links.ts"
import { Timers } from "../timers.ts"
import type { WishEnd } from "./group-changes.ts"
import type { Served } from "./leader-route.ts"
import { decodeTold, decodeWish, encodeTold, encodeWish, type GroupTold, type GroupWish } from "./wire-group.ts"

const RETRY_MS = 100
const EMPTY = new Uint8Array(0)

/** How a host comes to whoever leads: from its replica, or else through relays. */
export interface Ways {
  readonly clock: Clock
  readonly calls: CallLinks
  readonly running: () => RunningReplica | undefined
  readonly leaderAddr: () => Addr | undefined
  readonly relays: () => readonly Addr[]
}

export interface GroupRouteOptions extends Ways {
  /** Of this host's replica. */
  readonly status: () => RaftStatusJson
  /** Asked of a host that leads. */
  readonly perform: (wish: GroupWish, untilMs: number, done: (end: WishEnd) => void) => void
}

/** `unreached`: no leader heard of it in time; `late`: one may have begun. */
export type WishOutcome = GroupTold | "unreached" | "late"

interface Asked {
  readonly wish: GroupWish
  readonly untilMs: number
  readonly done: (outcome: WishOutcome) => void
  hasBegun: boolean
}

/** How what an operator wants of the group comes to whoever leads it, from any agent. */
export class GroupRoute {
  readonly #options: GroupRouteOptions
  readonly #timers: Timers
  #turns = 0

  constructor(options: GroupRouteOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  stop(): void {
    this.#timers.stop()
  }

  /** Calls back once, at the deadline or soon after. */
  wish(wish: GroupWish, untilMs: number, done: (outcome: WishOutcome) => void): void {
    this.#attempt({ wish, untilMs, done, hasBegun: false }, false)
  }

  /** Answers such a call of another agent; false for one of another kind. */
  serve(what: number, body: Uint8Array, { untilMs, answer }: Served): boolean {
    if (what !== WHAT.group && what !== WHAT.groupHere) return false
    const wish = decodeWish(body)
    if (wish === undefined) answer(HOW.notProposed, EMPTY)
    else {
      const done = (outcome: WishOutcome): void => {
        if (outcome === "unreached") answer(HOW.notProposed, EMPTY)
        else if (outcome === "late") answer(HOW.unknown, EMPTY)
        else answer(HOW.group, encodeTold(outcome))
      }
      this.#attempt({ wish, untilMs, done, hasBegun: false }, what === WHAT.groupHere)
    }
    return true
  }

  /** `isLast`: it was sent to us as to the leader; who is none says so instead of sending it round. */
  #attempt(asked: Asked, isLast: boolean): void {
    const { clock, calls, running, leaderAddr, perform, status } = this.#options
    const { wish, untilMs } = asked
    if (clock.now() >= untilMs) return asked.done(asked.hasBegun ? "late" : "unreached")
    const replica = running()
    if (replica?.isLeader === true) {
      return perform(wish, untilMs, (end) => {
        if (end === "deposed") asked.hasBegun = true
        if (end === "not-leading" || end === "deposed") this.#again(asked, isLast)
        else asked.done({ status: status(), refusal: end === "done" ? undefined : end })
      })
    }
    if (isLast) return asked.done(asked.hasBegun ? "late" : "unreached")
    const leader = leaderAddr()
    const next = leader ?? (replica === undefined ? this.#nextRelay() : undefined)
    if (next === undefined) return this.#again(asked, isLast)
    const what = leader === undefined ? WHAT.group : WHAT.groupHere
    calls.call(next, { what, body: encodeWish(wish), untilMs }, (outcome) => this.#answered(asked, outcome))
  }

  #answered(asked: Asked, outcome: CallOutcome): void {
    const isTold = outcome.kind === "answer" && outcome.how === HOW.group
    const told = isTold ? decodeTold(outcome.body) : undefined
    if (told !== undefined) return asked.done(told)
    const isUnknown = outcome.kind === "lost" || (outcome.kind === "answer" && outcome.how !== HOW.notProposed)
    if (isUnknown) asked.hasBegun = true
    // Asked again, a leadership that has moved to whoever is best would move on.
    const isOnce = asked.wish.what === "transfer" && asked.wish.to === undefined
    if (isUnknown && isOnce) asked.done("late")
    else this.#again(asked, false)
  }

  #again(asked: Asked, isLast: boolean): void {
    this.#timers.at(this.#options.clock.now() + RETRY_MS, () => this.#attempt(asked, isLast))
  }

  #nextRelay(): Addr | undefined {
    const relays = this.#options.relays()
    return relays[this.#turns++ % Math.max(1, relays.length)]
  }
}

/** A refusal of another agent, as this one would have said it. */
export function problemOf({ code, message, hint, details }: NonNullable<GroupTold["refusal"]>): Problem {
  return problem(code, message, hint === undefined ? { details } : { hint, details })
}
