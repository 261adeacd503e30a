import type { Addr } from "@conclave/base"
import type { RunningReplica } from "../../replica/running-replica.ts"
import type { Detour } from "./detour.ts"

/**
 * How far something has come that is meant for whoever leads: it began here; another host asks for it and may not reach
 * the leader itself; it was sent here as to the leader.
 */
export type Origin = "own" | "relayed" | "last"

/** Where it goes from here. */
export type Step =
  | { readonly kind: "here"; readonly replica: RunningReplica }
  /** Who gets it must not send it on. */
  | { readonly kind: "leader"; readonly to: Addr }
  | { readonly kind: "relay"; readonly to: Addr }
  /** Nobody to go to is known, which may change in a moment. */
  | { readonly kind: "nowhere" }
  /** Not by this host: whoever asks has others to ask. */
  | { readonly kind: "refused" }

export interface WayOptions {
  readonly running: () => RunningReplica | undefined
  /** Where the leader's agent is, as far as this host's replica knows; undefined for hosts without one. */
  readonly leaderAddr: () => Addr | undefined
  /** The relays of this host, the preferred one first. */
  readonly relays: () => readonly Addr[]
  /** For a host with a replica that does not get to the leader. */
  readonly detour: Pick<Detour, "isNeeded" | "relays" | "unreached">
}

/**
 * How a host comes to whoever leads: from its replica, or else through relays. A relay is one hop: what others ask of a
 * host that needs one itself is refused, or hosts that each take the other for one with a replica would send it to and
 * fro.
 */
export class WayToLeader {
  readonly #options: WayOptions
  #turns = 0

  constructor(options: WayOptions) {
    this.#options = options
  }

  /** This host has no replica, or one that does not get to the leader. */
  get goesRound(): boolean {
    return this.#options.running() === undefined || this.#options.detour.isNeeded
  }

  next(origin: Origin): Step {
    const replica = this.#options.running()
    if (replica?.isLeader === true) return { kind: "here", replica }
    const { goesRound } = this
    if (origin === "last" || (origin === "relayed" && goesRound)) return { kind: "refused" }
    const to = goesRound ? this.nextRelay() : this.#options.leaderAddr()
    if (to === undefined) return { kind: "nowhere" }
    return goesRound ? { kind: "relay", to } : { kind: "leader", to }
  }

  /** One after the other, so that a relay that does not answer costs one try. */
  nextRelay(): Addr | undefined {
    const { detour, relays: ownRelays } = this.#options
    const relays = detour.isNeeded ? detour.relays() : ownRelays()
    return relays[this.#turns++ % Math.max(1, relays.length)]
  }

  /** What was to go this way could not be sent. */
  unreached(step: Step): void {
    if (step.kind === "leader") this.#options.detour.unreached(step.to)
  }
}
