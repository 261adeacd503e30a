import { performance } from "node:perf_hooks"
import type { Millis } from "@conclave/base"
import type { Alarm, Clock } from "../ports.ts"
import { BootClock } from "./boot-clock.ts"
import { collectYoung } from "./collector.ts"
import { afterTurn } from "./turn.ts"

/** What one timer can wait (2³¹ − 1 ms); longer waits are cut into pieces. */
const TIMER_MS_MAX = 2_147_483_647

/** The clock of this machine. It holds nothing but the alarms that are set. */
export function openClock(): Clock {
  const boot = new BootClock()
  return {
    now,
    wallMs: () => Date.now(),
    bootMs: () => Math.round(boot.read()),
    alarm: (ring) => new TimerAlarm(ring),
    afterTurn,
    afterSlice: (act) => {
      collectYoung()
      afterTurn(act)
    },
  }
}

function now(): Millis {
  return performance.now() as Millis
}

/**
 * Most alarms are put off again and again: a timer that stands and is early enough is left, and finds out when it fires
 * that it has to wait for the rest.
 */
class TimerAlarm implements Alarm {
  readonly #ring: () => void
  #timer: NodeJS.Timeout | undefined
  /** What the timer was set for. */
  #timedFor = 0
  #at = 0

  constructor(ring: () => void) {
    this.#ring = ring
  }

  set(at: Millis): void {
    this.#at = at
    if (this.#timer === undefined || this.#timedFor > at) this.#arm()
  }

  clear(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #arm(): void {
    this.clear()
    this.#timedFor = this.#at
    const waitMs = Math.min(Math.max(Math.ceil(this.#at - now()), 0), TIMER_MS_MAX)
    this.#timer = setTimeout(() => this.#fire(), waitMs)
  }

  // A timer may fire up to a millisecond early by the monotonic clock: then wait for the rest.
  #fire(): void {
    if (now() < this.#at) return this.#arm()
    this.#timer = undefined
    this.#ring()
  }
}
