import type { NodeId } from "@conclave/base"
import type { Clock } from "../../ports.ts"
import { HOW } from "../../streams/call-kinds.ts"
import type { CallLinks, CallOutcome } from "../../streams/call-links.ts"
import { Timers } from "../../timers.ts"
import type { Served } from "./call-service.ts"
import type { Origin, Step, WayToLeader } from "./way-to-leader.ts"

const RETRY_MS = 100
const EMPTY = new Uint8Array(0)

/** What one kind of wish is called between agents. */
export interface WishKind<Wish, Told> {
  readonly what: { readonly relayed: number; readonly last: number }
  readonly how: number
  readonly encode: (wish: Wish) => Uint8Array
  readonly decode: (body: Uint8Array) => Wish | undefined
  readonly encodeTold: (told: Told) => Uint8Array
  readonly decodeTold: (body: Uint8Array) => Told | undefined
  /** Whose agent alone may wish it; undefined = anybody's. */
  readonly hostOf?: (wish: Wish) => NodeId
  /** Asked for twice it would be done twice. */
  readonly isOnce: (wish: Wish) => boolean
  /** What an answer says where an earlier leader had begun; itself, unless told otherwise. */
  readonly afterBegun?: (wish: Wish, told: Told) => Told
}

/**
 * `not-leading`: nothing has begun here; `deposed`: it has, and this host leads no more; `late`: not by the deadline.
 */
export type Performed<Told> = Told | "not-leading" | "deposed" | "late"

/** `unreached`: no leader heard of it in time; `late`: one may have begun. */
export type WishOutcome<Told> = Told | "unreached" | "late"

/** What brings a wish to whoever leads. */
export interface WishWays {
  readonly clock: Clock
  readonly calls: { readonly call: (...call: Parameters<CallLinks["call"]>) => void }
  readonly way: Pick<WayToLeader, "next" | "unreached">
}

export interface WishRouteOptions<Wish, Told> extends WishWays {
  readonly kind: WishKind<Wish, Told>
  /** Asked of a host that leads. */
  readonly perform: (wish: Wish, untilMs: number, done: (end: Performed<Told>) => void) => void
}

interface Asked<Wish, Told> {
  readonly wish: Wish
  readonly untilMs: number
  readonly origin: Origin
  readonly done: (outcome: WishOutcome<Told>) => void
  /** Some leader may have begun. */
  hasBegun: boolean
}

/**
 * How what is wanted of whoever leads, and is no command, comes there from any agent: again and again until the
 * deadline.
 */
export class WishRoute<Wish, Told> {
  readonly #options: WishRouteOptions<Wish, Told>
  readonly #timers: Timers

  constructor(options: WishRouteOptions<Wish, Told>) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  stop(): void {
    this.#timers.stop()
  }

  /** Calls back once, at the deadline or soon after. */
  wish(wish: Wish, untilMs: number, done: (outcome: WishOutcome<Told>) => void): void {
    this.#attempt({ wish, untilMs, done, origin: "own", hasBegun: false })
  }

  /** Answers such a call of another agent; false for one of another kind. */
  serve(what: number, body: Uint8Array, { untilMs, speaksFor, answer }: Served): boolean {
    const { kind } = this.#options
    if (what !== kind.what.relayed && what !== kind.what.last) return false
    const wish = kind.decode(body)
    const done = (outcome: WishOutcome<Told>): void => {
      if (outcome === "unreached") answer(HOW.notProposed, EMPTY)
      else if (outcome === "late") answer(HOW.unknown, EMPTY)
      else answer(kind.how, kind.encodeTold(outcome))
    }
    const origin = what === kind.what.last ? "last" : "relayed"
    const host = wish === undefined ? undefined : kind.hostOf?.(wish)
    if (wish === undefined || (host !== undefined && !speaksFor(host))) done("unreached")
    else this.#attempt({ wish, untilMs, done, origin, hasBegun: false })
    return true
  }

  #attempt(asked: Asked<Wish, Told>): void {
    const { clock, calls, way, kind, perform } = this.#options
    const { wish, untilMs, origin } = asked
    if (clock.now() >= untilMs) return this.#giveUp(asked)
    const step = way.next(origin)
    switch (step.kind) {
      case "here":
        return perform(wish, untilMs, (end) => this.#performed(asked, end))
      case "refused":
        return this.#giveUp(asked)
      case "nowhere":
        return this.#again(asked)
      case "leader":
      case "relay": {
        const what = step.kind === "leader" ? kind.what.last : kind.what.relayed
        const call = { what, body: kind.encode(wish), untilMs }
        return calls.call(step.to, call, (outcome) => this.#answered(asked, step, outcome))
      }
    }
  }

  #giveUp({ done, hasBegun }: Asked<Wish, Told>): void {
    done(hasBegun ? "late" : "unreached")
  }

  #performed(asked: Asked<Wish, Told>, end: Performed<Told>): void {
    if (end === "deposed") asked.hasBegun = true
    if (end === "not-leading" || end === "deposed") this.#again(asked)
    else this.#done(asked, end)
  }

  #done({ wish, done, hasBegun }: Asked<Wish, Told>, end: Told | "late"): void {
    const { afterBegun } = this.#options.kind
    done(hasBegun && end !== "late" && afterBegun !== undefined ? afterBegun(wish, end) : end)
  }

  #answered(asked: Asked<Wish, Told>, step: Step, outcome: CallOutcome): void {
    const { kind, way } = this.#options
    const isTold = outcome.kind === "answer" && outcome.how === kind.how
    const told = isTold ? kind.decodeTold(outcome.body) : undefined
    if (told !== undefined) return this.#done(asked, told)
    if (outcome.kind === "unsent") way.unreached(step)
    const isUnknown = outcome.kind === "lost" || (outcome.kind === "answer" && outcome.how !== HOW.notProposed)
    if (isUnknown) asked.hasBegun = true
    if (isUnknown && kind.isOnce(asked.wish)) asked.done("late")
    else this.#again(asked)
  }

  #again(asked: Asked<Wish, Told>): void {
    this.#timers.at(this.#options.clock.now() + RETRY_MS, () => this.#attempt(asked))
  }
}
