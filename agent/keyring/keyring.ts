import type { NodeId } from "@conclave/base"
import type { KeyringControl } from "../api/keyring-control.ts"
import type { KeyringJson, KeyringWish } from "../api/keyring-schema.ts"
import { invalid, type Problem, problem } from "../api/problem.ts"
import type { Clock, Links } from "../ports.ts"
import type { KeyService } from "./key-service.ts"
import { KeyringCall } from "./keyring-call.ts"
import type { OwnKeys } from "./ring.ts"
import { type Asked, Rounds } from "./rounds.ts"

type Done = (result: KeyringJson | Problem) => void

export interface KeyringOptions {
  readonly clock: Clock
  readonly links: Pick<Links, "dial">
  readonly self: NodeId
  readonly own: OwnKeys
  readonly service: KeyService
  /** Whether this agent dials under TLS now. */
  readonly isUnderTls: () => boolean
  /** Everybody who has not left, this agent included. */
  readonly members: () => readonly Asked[]
}

/** The keys of gossip on all members, as an operator of this host sees and changes them. */
export class Keyring implements KeyringControl {
  readonly #options: KeyringOptions
  readonly #open: Set<Rounds> = new Set()
  /** What changes keys goes one after the other, at one agent at least. */
  #isChanging = false

  constructor(options: KeyringOptions) {
    this.#options = options
  }

  stop(): void {
    for (const rounds of this.#open) rounds.close()
    this.#open.clear()
  }

  readonly carryOut: KeyringControl["carryOut"] = (wish, timeoutMs, done) => {
    const objection = this.#options.isUnderTls() ? wrongInput(wish) : NO_TLS
    if (objection !== undefined) return done(objection)
    if (wish.verb === "list") return this.#call(wish, timeoutMs, done)
    if (this.#isChanging) return done(BUSY)
    this.#isChanging = true
    this.#call(wish, timeoutMs, (result) => {
      this.#isChanging = false
      done(result)
    })
  }

  #call(wish: KeyringWish, timeoutMs: number, done: Done): void {
    const { clock, links, self, own, service, members } = this.#options
    const rounds = new Rounds({
      clock,
      links,
      self,
      carryOut: (order, told) => service.carryOut(order, self, told),
    })
    this.#open.add(rounds)
    const call = new KeyringCall({ clock, rounds, members, self, own, untilMs: clock.now() + timeoutMs })
    call.carryOut(wish, (result) => {
      if (!this.#open.delete(rounds)) return
      rounds.close()
      done(result)
    })
  }
}

/** Of an agent whose gossip is not sealed. */
export const NO_KEYRING: KeyringControl = {
  carryOut: ({ verb }, _timeoutMs, done) => done(verb === "list" ? { items: [], failed: [] } : NOT_SEALED),
}

/** What its verb needs, and nothing else. */
function wrongInput({ verb, key, fingerprint }: KeyringWish): Problem | undefined {
  if (verb === "install" && key === undefined)
    return invalid("key", "install takes a key: 32 bytes, or those in base64")
  if (verb !== "install" && key !== undefined) return invalid("key", `${verb} takes no key; install it first`)
  const isNamed = fingerprint !== undefined
  if ((verb === "use" || verb === "remove") && !isNamed) return invalid("fingerprint", `${verb} takes a fingerprint`)
  if ((verb === "list" || verb === "install") && isNamed) return invalid("fingerprint", `${verb} takes no fingerprint`)
  return undefined
}

const NOT_SEALED = problem("CONFLICT", "gossip is not sealed: this agent has no gossipKeyFile", {
  hint: "give every host a gossipKeyFile (conclave keyring gen) and a joinKeyFile",
  details: { reason: "not-sealed", current: null },
})
const NO_TLS = problem("CONFLICT", "keys are sent under TLS alone, and this agent dials in the clear", {
  hint: "give every host a joinKeyFile, and let gossip.seal be send or require",
  details: { reason: "not-encrypted", current: null },
})
const BUSY = problem("CONFLICT", "another change of the keys is under way at this agent", {
  hint: "conclave keyring list, and again when it is done",
  details: { reason: "busy", current: null },
})
