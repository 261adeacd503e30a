import type { Addr, Millis } from "@conclave/base"
import type { JoinOutcome } from "./api/view.ts"
import type { Alarm, Clock, Names } from "./ports.ts"

interface Call {
  readonly done: (outcome: JoinOutcome) => void
  readonly joined: Set<string>
  readonly failed: { addr: string; message: string }[]
  /** Texts that have no outcome yet, each with the addresses that still may answer for it. */
  readonly open: Map<string, Set<Addr>>
}

/** Turns what people ask to join into numeric addresses, and the answers of addresses into outcomes. */
export class JoinCalls {
  readonly #names: Names
  readonly #join: (addrs: readonly Addr[]) => void
  readonly #clock: Clock
  readonly #retryMs: number
  readonly #own: Addr
  readonly #alarm: Alarm
  readonly #calls: Set<Call> = new Set()
  #unresolved: readonly string[] = []
  #others = false

  constructor(options: {
    readonly names: Names
    readonly join: (addrs: readonly Addr[]) => void
    readonly clock: Clock
    readonly retryMs: number
    /** One list of seeds serves all hosts: the own address in it is passed over. */
    readonly own: Addr
  }) {
    this.#names = options.names
    this.#join = options.join
    this.#clock = options.clock
    this.#retryMs = options.retryMs
    this.#own = options.own
    this.#alarm = options.clock.alarm(() => this.#resolveAgain())
  }

  /** The configuration names somebody else, or a name that has not resolved yet. */
  get hasOthers(): boolean {
    return this.#others || this.#unresolved.length > 0
  }

  /** The configured addresses and those of the last life; names that do not resolve are tried again. */
  atStart(configured: readonly string[], remembered: readonly Addr[]): void {
    this.#unresolved = configured
    this.#resolveAgain()
    if (remembered.length > 0) this.#join(remembered)
  }

  call(texts: readonly string[], done: (outcome: JoinOutcome) => void): void {
    const call: Call = { done, joined: new Set(), failed: [], open: new Map() }
    for (const text of texts) call.open.set(text, new Set())
    this.#calls.add(call)
    for (const text of [...call.open.keys()]) {
      this.#names.resolve(text, (addrs, problem) => {
        if (addrs.length === 0) return this.#settle(call, text, problem)
        call.open.set(text, new Set(addrs))
        this.#join(addrs)
      })
    }
    this.#finish(call)
  }

  joined(addr: Addr, name: string): void {
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
    for (const call of this.#calls) {
      for (const [text, addrs] of [...call.open]) {
        if (addrs.delete(addr) && addrs.size === 0) this.#settle(call, text, reason)
      }
    }
  }

  stop(): void {
    this.#alarm.clear()
    this.#unresolved = []
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

  #resolveAgain(): void {
    const texts = this.#unresolved
    const missing: string[] = []
    let open = texts.length
    for (const text of texts) {
      this.#names.resolve(text, (addrs) => {
        open--
        const others = addrs.filter((addr) => addr !== this.#own)
        if (addrs.length === 0) missing.push(text)
        else if (others.length > 0) {
          this.#others = true
          this.#join(others)
        }
        if (open === 0) this.#resolved(missing)
      })
    }
  }

  #resolved(missing: readonly string[]): void {
    this.#unresolved = missing
    if (missing.length > 0) this.#alarm.set((this.#clock.now() + this.#retryMs) as Millis)
  }
}
