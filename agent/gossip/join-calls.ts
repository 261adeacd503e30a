import type { Addr, Millis } from "@conclave/base"
import type { JoinKeep } from "@conclave/swim"
import type { JoinOutcome } from "../api/view.ts"
import { DEFAULT_PORT, isNumericHost, parseHostPort } from "../host-port.ts"
import type { Alarm, Clock, Names } from "../ports.ts"

interface Call {
  readonly done: (outcome: JoinOutcome) => void
  readonly joined: Set<string>
  readonly failed: { addr: string; message: string }[]
  /** Texts that have no outcome yet, each with the addresses that still may answer for it. */
  readonly open: Map<string, Set<Addr>>
}

/** Members of the last life that are asked at once. */
const REMEMBERED_ASKED = 8

/** Configured names are resolved again ever more rarely, at last after this. */
const RETRY_MAX_MS = 60_000
/** Addresses that are known to be asked already; beyond them all are given to the core anew. */
const ASKED_MAX = 256

/** Turns what people ask to join into numeric addresses, and the answers of addresses into outcomes. */
export class JoinCalls {
  readonly #names: Names
  readonly #join: (addrs: readonly Addr[], keep: JoinKeep) => void
  readonly #clock: Clock
  readonly #retryMs: number
  readonly #own: Addr
  readonly #isJoined: () => boolean
  readonly #onUnresolved: (text: string, problem: string) => void
  readonly #alarm: Alarm
  readonly #calls: Set<Call> = new Set()
  /**
   * Configured names that are resolved until somebody has answered, and again whenever this agent is alone: their
   * addresses may change.
   */
  #open: readonly string[] = []
  readonly #unresolved: Set<string> = new Set()
  readonly #asked: Set<Addr> = new Set()
  #remembered: readonly Addr[] = []
  #others = false
  #round = 0
  /** Rounds since somebody was there. */
  #turn = 0
  #lastFailure: string | undefined

  constructor(options: {
    readonly names: Names
    readonly join: (addrs: readonly Addr[], keep: JoinKeep) => void
    readonly clock: Clock
    readonly retryMs: number
    /** One list of seeds serves all hosts: the own address in it is passed over. */
    readonly own: Addr
    /** True: nobody else need be asked now. */
    readonly isJoined: () => boolean
    readonly onUnresolved: (text: string, problem: string) => void
  }) {
    this.#names = options.names
    this.#join = options.join
    this.#clock = options.clock
    this.#retryMs = options.retryMs
    this.#own = options.own
    this.#isJoined = options.isJoined
    this.#onUnresolved = options.onUnresolved
    this.#alarm = options.clock.alarm(() => this.#again())
  }

  /** The configuration names somebody else, or a name that has not resolved yet. */
  get hasOthers(): boolean {
    return this.#others || this.#unresolved.size > 0
  }

  /** What became of the last configured address that was asked in vain, since one has answered. */
  get lastFailure(): string | undefined {
    return this.#lastFailure
  }

  /** The configured addresses and, a few at a time until one answers, those of the last life. */
  atStart(configured: readonly string[], remembered: readonly Addr[]): void {
    this.#remembered = remembered
    this.#askRemembered()
    this.configure(configured)
  }

  /** Replaces the configured addresses; those that are new are asked. */
  configure(texts: readonly string[]): void {
    this.#open = texts
    this.#turn = 0
    this.#others = false
    this.#lastFailure = undefined
    this.#unresolved.clear()
    for (const text of texts) this.#unresolved.add(text)
    this.#resolve()
  }

  call(texts: readonly string[], done: (outcome: JoinOutcome) => void): void {
    const call: Call = { done, joined: new Set(), failed: [], open: new Map() }
    for (const text of texts) call.open.set(text, new Set())
    this.#calls.add(call)
    for (const text of [...call.open.keys()]) {
      this.#names.resolve(text, (addrs, problem) => {
        if (addrs.length === 0) return this.#settle(call, text, problem)
        call.open.set(text, new Set(addrs))
        this.#join(addrs, "once")
      })
    }
    this.#finish(call)
  }

  joined(addr: Addr, name: string): void {
    this.#remembered = []
    this.#lastFailure = undefined
    for (const call of this.#calls) {
      for (const [text, addrs] of call.open) {
        if (!addrs.has(addr)) continue
        call.joined.add(name)
        call.open.delete(text)
      }
      this.#finish(call)
    }
  }

  failed(addr: Addr, reason: string): void {
    if (this.#asked.has(addr)) this.#lastFailure = `${addr}: ${reason}`
    for (const call of this.#calls) {
      for (const [text, addrs] of [...call.open]) {
        if (addrs.delete(addr) && addrs.size === 0) this.#settle(call, text, reason)
      }
    }
  }

  stop(): void {
    this.#alarm.clear()
    this.#round++
    this.#open = []
    this.#remembered = []
  }

  #settle(call: Call, text: string, message: string): void {
    call.open.delete(text)
    call.failed.push({ addr: text, message })
    this.#finish(call)
  }

  #finish(call: Call): void {
    if (call.open.size > 0 || !this.#calls.delete(call)) return
    call.done({ joined: [...call.joined].sort(), failed: call.failed })
  }

  #again(): void {
    if (this.#isJoined()) {
      this.#remembered = []
      this.#turn = 0
      return this.#arm(RETRY_MAX_MS)
    }
    this.#turn++
    this.#askRemembered()
    this.#resolve()
  }

  #askRemembered(): void {
    const next = this.#remembered.slice(0, REMEMBERED_ASKED)
    this.#remembered = this.#remembered.slice(REMEMBERED_ASKED)
    if (next.length > 0) this.#join(next, "untilJoined")
  }

  /** The core asks again by itself until somebody answers; here each address is given to it once. */
  #ask(addrs: readonly Addr[]): void {
    const fresh = addrs.filter((addr) => !this.#asked.has(addr))
    if (this.#asked.size > ASKED_MAX) this.#asked.clear()
    for (const addr of fresh) this.#asked.add(addr)
    if (fresh.length > 0) this.#join(fresh, "always")
  }

  #resolve(): void {
    const round = ++this.#round
    const texts = this.#open
    let waiting = texts.length
    if (waiting === 0) return this.#armAgain()
    for (const text of texts) {
      this.#names.resolve(text, (addrs, problem) => {
        if (round !== this.#round) return
        this.#resolved(text, addrs, problem)
        if (--waiting === 0) this.#armAgain()
      })
    }
  }

  #resolved(text: string, addrs: readonly Addr[], problem: string): void {
    if (addrs.length === 0) {
      this.#lastFailure = `${text}: ${problem}`
      return this.#onUnresolved(text, problem)
    }
    this.#unresolved.delete(text)
    const others = addrs.filter((addr) => addr !== this.#own)
    if (others.length > 0) this.#others = true
    this.#ask(others)
    if (isNumeric(text)) this.#open = this.#open.filter((each) => each !== text)
  }

  #armAgain(): void {
    const isLong = this.#remembered.length === 0
    this.#arm(isLong ? Math.min(RETRY_MAX_MS, this.#retryMs * 2 ** this.#turn) : this.#retryMs)
  }

  #arm(waitMs: number): void {
    if (this.#open.length + this.#remembered.length === 0) return
    this.#alarm.set((this.#clock.now() + waitMs) as Millis)
  }
}

function isNumeric(text: string): boolean {
  const host = parseHostPort(text, DEFAULT_PORT)?.host
  return host !== undefined && isNumericHost(host)
}
