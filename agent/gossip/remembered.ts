import type { Millis, NodeId } from "@conclave/base"
import type { Alarm, Clock } from "../ports.ts"

/** So long the fleet has for bringing news of a member of the last life. */
const FORGET_MS = 600_000
/** Meanwhile some of them are asked, in turn. */
const ASK_SPACING_MS = 10_000
const ASKED_AT_ONCE = 8

/**
 * The members of the last life of whom nothing was heard yet. One that died and was forgotten by the others meanwhile
 * is in nobody's view, so no news ever takes it out of the member file: its address would be asked at each start for
 * ever. It is forgotten when there was company for ten minutes on end and nobody has spoken of it. Who is alone forgets
 * nobody, or a long outage of the network would keep it from its fleet; and the dead that others still remember are
 * kept, since one of them may be in the other half of a cut. To forget at the first comparison was refused: in a fleet
 * that starts all at once, the first that answers knows almost nobody.
 *
 * Until then they are asked: the two halves of a cut that both start anew in it, each with company of its own, know
 * nobody of the other, and where no address is configured nobody else would ever look for them.
 */
export class Remembered {
  readonly #clock: Clock
  readonly #isAlone: () => boolean
  readonly #isHeld: (id: NodeId) => boolean
  readonly #ask: (ids: readonly NodeId[]) => void
  readonly #forget: (id: NodeId) => void
  readonly #alarm: Alarm
  readonly #askAlarm: Alarm
  readonly #open: Set<NodeId>
  #hasCompany = false

  constructor(options: {
    readonly clock: Clock
    readonly ids: readonly NodeId[]
    /** No other member lives, as far as this one knows. */
    readonly isAlone: () => boolean
    /** It has a row in the member table, which tells what becomes of it. */
    readonly isHeld: (id: NodeId) => boolean
    /** Looks for them where they were. */
    readonly ask: (ids: readonly NodeId[]) => void
    readonly forget: (id: NodeId) => void
  }) {
    this.#clock = options.clock
    this.#isAlone = options.isAlone
    this.#isHeld = options.isHeld
    this.#ask = options.ask
    this.#forget = options.forget
    this.#open = new Set(options.ids)
    this.#alarm = options.clock.alarm(() => this.#judge())
    this.#askAlarm = options.clock.alarm(() => this.#askSome())
    this.changed()
  }

  /** Members came or went: the time counts from when the first one came, and anew after the last one was gone. */
  changed(): void {
    const hasCompany = !this.#isAlone()
    if (this.#open.size === 0 || hasCompany === this.#hasCompany) return
    this.#hasCompany = hasCompany
    if (!hasCompany) return this.stop()
    this.#alarm.set((this.#clock.now() + FORGET_MS) as Millis)
    this.#askLater()
  }

  /** The whole view of a living member has these. */
  spokenOf(ids: readonly NodeId[]): void {
    for (const id of ids) this.#open.delete(id)
  }

  stop(): void {
    this.#alarm.clear()
    this.#askAlarm.clear()
  }

  #askLater(): void {
    this.#askAlarm.set((this.#clock.now() + ASK_SPACING_MS) as Millis)
  }

  #askSome(): void {
    for (const id of this.#open) if (this.#isHeld(id)) this.#open.delete(id)
    if (this.#open.size === 0) return this.stop()
    const next = [...this.#open].slice(0, ASKED_AT_ONCE)
    for (const id of next) {
      this.#open.delete(id)
      this.#open.add(id)
    }
    this.#askLater()
    this.#ask(next)
  }

  #judge(): void {
    this.#askAlarm.clear()
    for (const id of this.#open) if (!this.#isHeld(id)) this.#forget(id)
    this.#open.clear()
  }
}
