import { type Addr, base32, type NodeId, nodeIdBytes } from "@conclave/base"
import type { Clock } from "../ports.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import type { Departed } from "../replica/seat-planner.ts"
import { HOW, WHAT } from "../streams/call-kinds.ts"
import type { CallLinks, CallOutcome } from "../streams/call-links.ts"
import { Timers } from "../timers.ts"
import type { Served } from "./leader-route.ts"

const RETRY_MS = 100
const ID_BYTES = 16
const EMPTY = new Uint8Array(0)
/** In the order of their numbers on the wire. */
const WORDS: readonly Departed[] = ["moved", "none", "needed", "not-leading", "late", "deposed"]

/** `unreached`: no leader with a quorum heard of it in time. */
export type SeatGiven = Exclude<Departed, "not-leading" | "deposed"> | "unreached"

export interface SeatRouteOptions {
  readonly clock: Clock
  readonly calls: CallLinks
  readonly running: () => RunningReplica | undefined
  readonly leaderAddr: () => Addr | undefined
  readonly relays: () => readonly Addr[]
  /** Asked of a host that leads. */
  readonly depart: (agent: NodeId, untilMs: number, done: (departed: Departed) => void) => void
}

interface Wish {
  readonly agent: NodeId
  readonly untilMs: number
  readonly done: (given: SeatGiven) => void
  /** Some leader may have begun. */
  hasBegun: boolean
}

/** How the wish of an agent to give up its seat comes to whoever leads. Asked twice it is the same wish. */
export class SeatRoute {
  readonly #options: SeatRouteOptions
  readonly #timers: Timers
  #turns = 0

  constructor(options: SeatRouteOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  stop(): void {
    this.#timers.stop()
  }

  /** Calls back once, at the deadline or soon after. */
  depart(agent: NodeId, untilMs: number, done: (given: SeatGiven) => void): void {
    this.#attempt({ agent, untilMs, done, hasBegun: false })
  }

  /** Answers such a call of another agent; false for one of another kind. */
  serve(what: number, body: Uint8Array, { untilMs, answer }: Served): boolean {
    if (what !== WHAT.depart && what !== WHAT.departHere) return false
    const say = (word: Departed): void => answer(HOW.departed, Uint8Array.of(WORDS.indexOf(word)))
    if (body.length !== ID_BYTES) answer(HOW.notProposed, EMPTY)
    else if (what === WHAT.departHere) this.#options.depart(base32(body) as NodeId, untilMs, say)
    else
      this.depart(base32(body) as NodeId, untilMs, (given) =>
        given === "unreached" ? answer(HOW.notProposed, EMPTY) : say(given),
      )
    return true
  }

  #attempt(wish: Wish): void {
    const { clock, calls, running, leaderAddr, depart } = this.#options
    const { agent, untilMs } = wish
    if (clock.now() >= untilMs) return wish.done(wish.hasBegun ? "late" : "unreached")
    const replica = running()
    if (replica?.isLeader === true) return depart(agent, untilMs, (word) => this.#told(wish, word))
    const leader = leaderAddr()
    const next = leader ?? (replica === undefined ? this.#nextRelay() : undefined)
    if (next === undefined) return this.#again(wish)
    const what = leader === undefined ? WHAT.depart : WHAT.departHere
    calls.call(next, { what, body: nodeIdBytes(agent), untilMs }, (outcome) => this.#answered(wish, outcome))
  }

  #answered(wish: Wish, outcome: CallOutcome): void {
    if (outcome.kind === "lost") wish.hasBegun = true
    const isSaid = outcome.kind === "answer" && outcome.how === HOW.departed
    const word = isSaid ? WORDS[outcome.body[0] ?? WORDS.length] : undefined
    this.#told(wish, word ?? "not-leading")
  }

  #told(wish: Wish, word: Departed): void {
    if (word !== "not-leading" && word !== "deposed") return wish.done(word)
    if (word === "deposed") wish.hasBegun = true
    this.#again(wish)
  }

  #again(wish: Wish): void {
    this.#timers.at(this.#options.clock.now() + RETRY_MS, () => this.#attempt(wish))
  }

  #nextRelay(): Addr | undefined {
    const relays = this.#options.relays()
    return relays[this.#turns++ % Math.max(1, relays.length)]
  }
}
