import type { Addr, NodeId } from "@conclave/base"
import type { Clock, Links, Log } from "../ports.ts"
import type { KeyService } from "./key-service.ts"
import type { Order, OwnKeys, Told } from "./ring.ts"
import { type Asked, Rounds } from "./rounds.ts"

/** Datagrams that do not open come many at a time, and strangers may send them in a member's name. */
const SPACING_MS = 5000
const LIMIT_MS = 5000

export interface LevellerOptions {
  readonly clock: Clock
  readonly log: Log
  readonly links: Pick<Links, "dial">
  readonly self: NodeId
  readonly own: OwnKeys
  readonly service: KeyService
  readonly isUnderTls: () => boolean
  /** Who is or was at this address. */
  readonly memberAt: (addr: Addr) => Asked | undefined
}

/**
 * Two members of which one cannot open what the other sends: one of them was away when the keys were changed. They meet
 * under TLS, and the key that came into use later is that of both from then on. Keys of which nobody has said which is
 * newer stay as they are: somebody has mixed up files.
 */
export class Leveller {
  readonly #options: LevellerOptions
  #rounds: Rounds | undefined
  #lastMs = Number.NEGATIVE_INFINITY

  constructor(options: LevellerOptions) {
    this.#options = options
  }

  stop(): void {
    this.#rounds?.close()
  }

  /** A datagram from there is sealed, and does not open here. */
  unreadable(source: Addr): void {
    const { clock, links, self, service, memberAt, isUnderTls } = this.#options
    const nowMs = clock.now()
    if (this.#rounds !== undefined || nowMs - this.#lastMs < SPACING_MS || !isUnderTls()) return
    const member = memberAt(source)
    if (member === undefined || member.id === self) return
    this.#lastMs = nowMs
    const carryOut = (order: Order, done: (told: Told) => void): void => service.carryOut(order, member.id, done)
    const rounds = new Rounds({ clock, links, self, carryOut })
    this.#rounds = rounds
    const ask = (who: Asked, order: Order, done: (told: Told) => void): void => {
      rounds.ask([who], order, nowMs + LIMIT_MS, (answers) => {
        const told = answers.get(who.id)
        if (told?.refusal === undefined && told !== undefined) return done(told)
        this.#end(rounds, told?.refusal === undefined ? undefined : `${who.name}: ${told.refusal}`)
      })
    }
    this.#level(member, ask, () => this.#end(rounds, undefined))
  }

  #level(member: Asked, ask: Ask, done: () => void): void {
    const { own, self } = this.#options
    ask(member, { kind: "show" }, ({ ring: [theirs] }) => {
      const [ours] = own.ring()
      if (ours === undefined || theirs === undefined || theirs.serial === ours.serial) return done()
      const here: Asked = { ...member, id: self, name: "this agent" }
      const isBehind = theirs.serial > ours.serial
      const key = isBehind ? theirs : ours
      const [from, to] = isBehind ? [member, here] : [here, member]
      ask(from, { kind: "give", fingerprint: key.fingerprint }, ({ secret }) => {
        // Whoever gives another one has made a mistake, or means no good.
        if (secret === undefined || own.fingerprintOf(secret) !== key.fingerprint) return done()
        ask(to, { kind: "install", secret, serial: key.serial }, () => ask(to, { kind: "use", ...key }, done))
      })
    })
  }

  #end(rounds: Rounds, problem: string | undefined): void {
    if (this.#rounds !== rounds) return
    this.#rounds = undefined
    rounds.close()
    if (problem !== undefined) this.#options.log.write("warn", "gossip.keys", `keys were not levelled: ${problem}`)
  }
}

type Ask = (who: Asked, order: Order, done: (told: Told) => void) => void
