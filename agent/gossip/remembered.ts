import type { Millis, NodeId } from "@conclave/base"
import type { Alarm, Clock } from "../ports.ts"

/** So long the fleet has for bringing news of a member of the last life. */
const FORGET_MS = 600_000

/**
 * The members of the last life of whom nothing was heard yet. One that died and was forgotten by the others meanwhile is
 * in nobody's view, so no news ever takes it out of the member file: its address would be asked at each start for ever.
 * It is forgotten when there was company for ten minutes on end and nobody has spoken of it. Who is alone forgets nobody,
 * or a long outage of the network would keep it from its fleet; and the dead that others still remember are kept, since
 * one of them may be in the other half of a cut. To forget at the first comparison was refused: in a fleet that starts all
 * at once, the first that answers knows almost nobody.
 */
export class Remembered {
  readonly #clock: Clock
  readonly #isAlone: () => boolean
  readonly #isHeld: (id: NodeId) => boolean
  readonly #forget: (id: NodeId) => void
  readonly #alarm: Alarm
  readonly #open: Set<NodeId>
  #hasCompany = false

  constructor(options: {
    readonly clock: Clock
    readonly ids: readonly NodeId[]
    /** No other member lives, as far as this one knows. */
    readonly isAlone: () => boolean
    /** It has a row in the member table, which tells what becomes of it. */
    readonly isHeld: (id: NodeId) => boolean
    readonly forget: (id: NodeId) => void
  }) {
    this.#clock = options.clock
    this.#isAlone = options.isAlone
    this.#isHeld = options.isHeld
    this.#forget = options.forget
    this.#open = new Set(options.ids)
    this.#alarm = options.clock.alarm(() => this.#judge())
    this.changed()
  }

  /** Members came or went: the time counts from when the first one came, and anew after the last one was gone. */
  changed(): void {
    const hasCompany = !this.#isAlone()
    if (this.#open.size === 0 || hasCompany === this.#hasCompany) return
    this.#hasCompany = hasCompany
    if (hasCompany) this.#alarm.set((this.#clock.now() + FORGET_MS) as Millis)
    else this.#alarm.clear()
  }

  /** The whole view of a living member has these. */
  spokenOf(ids: readonly NodeId[]): void {
    for (const id of ids) this.#open.delete(id)
  }

  stop(): void {
    this.#alarm.clear()
  }

  #judge(): void {
    for (const id of this.#open) if (!this.#isHeld(id)) this.#forget(id)
    this.#open.clear()
  }
}
