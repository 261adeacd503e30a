import type { Millis, NodeId } from "@conclave/base"
import type { Renewal } from "@conclave/consensus"
import type { Alarm, Clock } from "../../ports.ts"
import type { Renewed } from "./wire-renewal.ts"

/** Renewals of many hosts gather so long and become one entry. */
const BATCH_MS = 250

interface Waiting {
  readonly renewal: Renewal
  readonly done: (outcome: Renewed | undefined) => void
}

/**
 * What a relay gathers of renewals. Of one host the newest stands for all before it; each is told what became of its
 * own attempt, undefined = nobody knows.
 */
export class Renewals {
  readonly #propose: (items: readonly Renewal[], done: (outcomes: readonly Renewed[] | undefined) => void) => void
  readonly #clock: Clock
  readonly #alarm: Alarm
  #waiting: Map<NodeId, Waiting> = new Map()

  constructor(options: {
    readonly clock: Clock
    readonly propose: (items: readonly Renewal[], done: (outcomes: readonly Renewed[] | undefined) => void) => void
  }) {
    this.#clock = options.clock
    this.#propose = options.propose
    this.#alarm = options.clock.alarm(() => this.flush())
  }

  add(renewal: Renewal, done: Waiting["done"]): void {
    const before = this.#waiting.get(renewal.host)
    if (this.#waiting.size === 0) this.#alarm.set((this.#clock.now() + BATCH_MS) as Millis)
    this.#waiting.set(renewal.host, { renewal, done })
    before?.done(undefined)
  }

  /** Sends what has gathered: it must be in the log before an entry with a later stamp. */
  flush(): void {
    if (this.#waiting.size === 0) return
    this.#alarm.clear()
    const waiting = this.#waiting
    this.#waiting = new Map()
    const items = [...waiting.values()].map(({ renewal }) => renewal)
    this.#propose(items, (outcomes) => {
      const byHost = new Map(outcomes?.map((outcome) => [outcome.host, outcome]))
      for (const [host, { renewal, done }] of waiting) {
        const outcome = byHost.get(host)
        done(outcome?.attempt === renewal.attempt ? outcome : undefined)
      }
    })
  }

  stop(): void {
    this.#alarm.clear()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { done } of waiting) done(undefined)
  }
}
