import type { Millis } from "@conclave/base"
import type { Alarm, Clock } from "./ports.ts"

/** An alarm later than this is a stall of our own. */
const STALL_MS = 50
/** Deadlines wait at most this long for the input that is already here. */
const QUIESCENCE_MAX_MS = 100
/** The monotonic clock stands still while a machine is suspended; the boot clock does not. */
const SUSPEND_MS = 1000
const SUSPEND_CHECK_MS = 1000

/**
 * The one alarm of a driver. Node reads little input a turn and runs overdue timers in between, so deadlines are judged
 * only when a turn has brought no input (bounded), and the lateness of the alarm tells how long this process did
 * nothing.
 */
export class JudgedAlarm {
  readonly #clock: Clock
  readonly #received: () => number
  readonly #judge: (lostMs: number) => void
  readonly #alarm: Alarm
  #isJudging = false
  #isStopped = false
  #armedMs = Number.POSITIVE_INFINITY
  /** From then on the alarm is late: it was set for this time, or set when this time had passed. */
  #lateFromMs = Number.POSITIVE_INFINITY
  /** The longest lateness of alarms that were set anew before they rang. */
  #lateMs = 0
  #suspendCheckMs = 0
  #aheadMs: number

  /** `received` counts inputs; `judge` is told how long this process stood, 0 = it did not. */
  constructor(options: {
    readonly clock: Clock
    readonly received: () => number
    readonly judge: (lostMs: number) => void
  }) {
    const { clock } = options
    this.#clock = clock
    this.#received = options.received
    this.#judge = options.judge
    this.#aheadMs = clock.bootMs() - clock.now()
    this.#alarm = clock.alarm(() => this.#rang())
  }

  /** Judges at `due`; Infinity = never. Said after each step: an alarm that stands already costs nothing. */
  arm(due: number): void {
    if (this.#isJudging || this.#isStopped || due === this.#armedMs) return
    const now = this.#clock.now()
    this.#noteLateness(now)
    this.#armedMs = due
    this.#lateFromMs = Math.max(due, now)
    if (due === Number.POSITIVE_INFINITY) this.#alarm.clear()
    else this.#alarm.set(due as Millis)
  }

  stop(): void {
    this.#isStopped = true
    this.#alarm.clear()
  }

  /** News can move a deadline into the past; no time was lost by that. */
  #noteLateness(now: Millis): void {
    this.#lateMs = Math.max(this.#lateMs, now - this.#lateFromMs)
  }

  #rang(): void {
    if (this.#isStopped || this.#isJudging) return
    const now = this.#clock.now()
    this.#noteLateness(now)
    const lostMs = Math.max(this.#lateMs, this.#suspended(now))
    this.#lateMs = 0
    this.#armedMs = Number.POSITIVE_INFINITY
    this.#lateFromMs = Number.POSITIVE_INFINITY
    this.#isJudging = true
    this.#settle(now + QUIESCENCE_MAX_MS, this.#received(), lostMs)
  }

  /** Waits for a turn without input, then judges. */
  #settle(limitMs: number, received: number, lostMs: number): void {
    const clock = this.#clock
    clock.afterTurn(() => {
      if (this.#isStopped) return
      const count = this.#received()
      if (count !== received && clock.now() < limitMs) return this.#settle(limitMs, count, lostMs)
      this.#isJudging = false
      this.#judge(lostMs > STALL_MS ? lostMs : 0)
    })
  }

  #suspended(now: Millis): number {
    if (now < this.#suspendCheckMs) return 0
    this.#suspendCheckMs = now + SUSPEND_CHECK_MS
    const aheadMs = this.#clock.bootMs() - now
    const awayMs = aheadMs - this.#aheadMs
    this.#aheadMs = aheadMs
    return awayMs > SUSPEND_MS ? awayMs : 0
  }
}
