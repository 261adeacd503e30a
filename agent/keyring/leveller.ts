import type { Addr, NodeId } from "@conclave/base"
import type { Clock, Links, Log } from "../ports.ts"
import type { Secret } from "../secret.ts"
import type { KeyService } from "./key-service.ts"
import type { Change, Order, OwnKeys, Ring, RingKey, Told } from "./ring.ts"
import { type Asked, Rounds } from "./rounds.ts"

/** Datagrams that do not open come many at a time, and strangers may send them in a member's name. */
const SPACING_MS = 5000
const LIMIT_MS = 5000
/** Who was asked just now is not asked again: whatever comes in its name, the others have their turn. */
const REST_MS = 20_000
/** Of more the rest ends. */
const RESTING_MAX = 1024

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
 * under TLS, and the one whose key came into use earlier takes over the keys of the other, and has no others from then
 * on: what was removed elsewhere may have become known. Where nobody has said which is newer both stay as they are:
 * somebody has mixed up files.
 */
export class Leveller {
  readonly #options: LevellerOptions
  #rounds: Rounds | undefined
  readonly #restsUntilMs: Map<NodeId, number> = new Map()
  #lastMs = Number.NEGATIVE_INFINITY

  constructor(options: LevellerOptions) {
    this.#options = options
  }

  stop(): void {
    this.#rounds?.close()
    // And it begins nothing any more.
    this.#lastMs = Number.POSITIVE_INFINITY
  }

  /** A datagram from there is sealed, and does not open here. */
  unreadable(source: Addr): void {
    const { clock, links, self, service, memberAt, isUnderTls } = this.#options
    const nowMs = clock.now()
    if (this.#rounds !== undefined || nowMs - this.#lastMs < SPACING_MS || !isUnderTls()) return
    const member = memberAt(source)
    if (member === undefined || member.id === self || this.#rests(member.id, nowMs)) return
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

  /** Or rests from now on. */
  #rests(id: NodeId, nowMs: number): boolean {
    if ((this.#restsUntilMs.get(id) ?? nowMs) > nowMs) return true
    if (this.#restsUntilMs.size >= RESTING_MAX) this.#restsUntilMs.clear()
    this.#restsUntilMs.set(id, nowMs + REST_MS)
    return false
  }

  #level(member: Asked, ask: Ask, done: () => void): void {
    const { own, self } = this.#options
    ask(member, { kind: "show" }, (told) => {
      const there = { who: member, ring: told.ring }
      const here = { who: { ...member, id: self, name: "this agent" }, ring: own.ring() }
      const [ours, theirs] = [here.ring[0], there.ring[0]]
      if (ours === undefined || theirs === undefined || theirs.serial === ours.serial) return done()
      const [ahead, behind, key] = theirs.serial > ours.serial ? [there, here, theirs] : [here, there, ours]
      ask(ahead.who, { kind: "give", fingerprint: key.fingerprint }, ({ secret }) => {
        // Whoever gives another one has made a mistake, or means no good.
        if (secret === undefined || own.fingerprintOf(secret) !== key.fingerprint) return done()
        const changes = takingOver(key, secret, ahead.ring, behind.ring)
        const next = (at: number): void => {
          const change = changes[at]
          if (change === undefined) done()
          else ask(behind.who, change, () => next(at + 1))
        }
        next(0)
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

/** Room comes first: whoever was away often enough has as many keys as it may have. What seals now goes last. */
function takingOver({ fingerprint, serial }: RingKey, secret: Secret, ahead: Ring, behind: Ring): readonly Change[] {
  const isGone = (key: RingKey): boolean => !ahead.some((kept) => kept.fingerprint === key.fingerprint)
  const removal = (key: RingKey): Change => ({ kind: "remove", fingerprint: key.fingerprint })
  return [
    ...behind.slice(1).filter(isGone).map(removal),
    { kind: "install", secret, serial },
    { kind: "use", fingerprint, serial },
    ...behind.slice(0, 1).filter(isGone).map(removal),
  ]
}
