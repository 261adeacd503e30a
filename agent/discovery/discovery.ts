import type { Addr, Millis } from "@conclave/base"
import type { Warning } from "../api/view.ts"
import type { Alarm, Clock, Log } from "../ports.ts"
import { Findings } from "./findings.ts"
import { searchWaitMs } from "./search-wait.ts"
import type { DiscoverySource } from "./source.ts"

/** Candidates that are asked at once, and the time before the next ones are. */
const ASKED_AT_ONCE = 8
const ASK_SPACING_MS = 1000
/** So long whoever founds waits for the first word of each source: the DHT takes half of it, and its start. */
const FIRST_WORD_LIMIT_MS = 10_000

interface Attempt {
  askedMs: number
  whyNot: string
}

/**
 * Looks for agents that nobody has named: asks the sources what addresses they know, and these addresses for a join,
 * each once a turn, ever more rarely and for as long as the agent runs. It is a hint and never a decision: nothing
 * waits for it but founding a cluster, which must not overlook one that is there. The core is not told to keep such an
 * address: what a source does not give any more is forgotten, and a source that gives nonsense crowds out no address
 * that an operator configured.
 */
export class Discovery {
  readonly #clock: Clock
  readonly #log: Log
  readonly #own: Addr
  readonly #ask: (addrs: readonly Addr[]) => void
  readonly #isAlone: () => boolean
  readonly #isMember: (addr: Addr) => boolean
  readonly #alarm: Alarm
  readonly #firstWordAlarm: Alarm
  readonly #attempts: Map<Addr, Attempt> = new Map()
  #findings: readonly Findings[] = []
  #waiting: (() => void)[] = []
  #wasAlone = true
  #turn = 0
  #turnBegunMs = 0
  #turnEndMs = 0
  #askMs = Number.POSITIVE_INFINITY

  constructor(options: {
    readonly clock: Clock
    readonly log: Log
    readonly own: Addr
    /** Asks once for a join through each. */
    readonly ask: (addrs: readonly Addr[]) => void
    /** No other member lives, as far as this one knows. */
    readonly isAlone: () => boolean
    /** A living member has that address. */
    readonly isMember: (addr: Addr) => boolean
  }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#own = options.own
    this.#ask = options.ask
    this.#isAlone = options.isAlone
    this.#isMember = options.isMember
    this.#alarm = options.clock.alarm(() => this.#ring())
    this.#firstWordAlarm = options.clock.alarm(() => this.#settle())
  }

  /** Addresses of others, as the sources have given them. */
  get candidates(): readonly Addr[] {
    return [...new Set(this.#findings.flatMap(({ addrs }) => addrs))]
  }

  /** Searches in these from now on, and in no others. */
  configure(sources: readonly DiscoverySource[]): void {
    for (const { source } of this.#findings) source.stop()
    this.#findings = sources.map((source) => new Findings(source, { log: this.#log, own: this.#own }))
    for (const each of this.#findings) this.#start(each)
    this.#beginTurn(0)
    this.#settleIfHeard()
  }

  /** Calls back when each source has said something, or has had the time for it. */
  onFirstWord(done: () => void): void {
    this.#waiting.push(done)
    this.#firstWordAlarm.set((this.#clock.now() + FIRST_WORD_LIMIT_MS) as Millis)
    this.#settleIfHeard()
  }

  /** Members came or went. */
  changed(): void {
    if (this.#findings.length === 0) return
    const isAlone = this.#isAlone()
    if (isAlone === this.#wasAlone) return
    this.#wasAlone = isAlone
    if (isAlone) this.#refresh()
    this.#beginTurn(0)
  }

  failed(addr: Addr, whyNot: string): void {
    const attempt = this.#attempts.get(addr)
    if (attempt === undefined) return
    attempt.whyNot = whyNot
    if (!this.#isAlone()) return
    for (const each of this.#findings) if (each.addrs.includes(addr)) each.refused(addr, whyNot, this.#clock.now())
  }

  warnings(): readonly Warning[] {
    const whyNot = (addr: Addr): string => this.#attempts.get(addr)?.whyNot ?? "not asked yet"
    const [now, isAlone] = [this.#clock.now(), this.#isAlone()]
    return this.#findings.flatMap((each) => each.warning(now, isAlone, whyNot) ?? [])
  }

  stop(): void {
    for (const { source } of this.#findings) source.stop()
    this.#findings = []
    this.#waiting = []
    this.#alarm.clear()
    this.#firstWordAlarm.clear()
  }

  #start(findings: Findings): void {
    const isCurrent = (): boolean => this.#findings.includes(findings)
    findings.source.start(
      (addrs, isLooking = false) => {
        if (!isCurrent()) return
        const isNews = findings.found(addrs, this.#clock.now(), isLooking)
        if (isNews) this.#askSoon()
        this.#settleIfHeard()
      },
      (trouble) => {
        if (!isCurrent()) return
        findings.failed(trouble, this.#clock.now())
        this.#settleIfHeard()
      },
    )
  }

  #refresh(): void {
    for (const { source } of this.#findings) source.refresh()
  }

  /** Everybody who is no member may be asked once more. */
  #beginTurn(turn: number): void {
    const now = this.#clock.now()
    this.#turn = turn
    this.#turnBegunMs = now
    this.#turnEndMs = now + searchWaitMs(turn, this.#wasAlone, this.#own)
    this.#askSoon()
  }

  #askSoon(): void {
    const last = Math.max(Number.NEGATIVE_INFINITY, ...[...this.#attempts.values()].map(({ askedMs }) => askedMs))
    this.#askMs = Math.max(this.#clock.now(), last + ASK_SPACING_MS)
    this.#arm()
  }

  #ring(): void {
    if (this.#clock.now() >= this.#turnEndMs) {
      this.#refresh()
      this.#beginTurn(this.#turn + 1)
    }
    if (this.#clock.now() >= this.#askMs) this.#askSome()
    this.#arm()
  }

  #askSome(): void {
    this.#askMs = Number.POSITIVE_INFINITY
    const candidates = new Set(this.candidates)
    for (const addr of this.#attempts.keys()) if (!candidates.has(addr)) this.#attempts.delete(addr)
    const due = [...candidates].filter((addr) => !this.#isMember(addr) && this.#isDue(addr))
    const now = this.#clock.now()
    const next = due.slice(0, ASKED_AT_ONCE)
    for (const addr of next) this.#attempts.set(addr, { askedMs: now, whyNot: "no answer yet" })
    if (due.length > next.length) this.#askMs = now + ASK_SPACING_MS
    if (next.length > 0) this.#ask(next)
  }

  #isDue(addr: Addr): boolean {
    const attempt = this.#attempts.get(addr)
    return attempt === undefined || attempt.askedMs < this.#turnBegunMs
  }

  #arm(): void {
    if (this.#findings.length === 0) this.#alarm.clear()
    else this.#alarm.set(Math.min(this.#askMs, this.#turnEndMs) as Millis)
  }

  #settleIfHeard(): void {
    if (this.#findings.every(({ hasAnswered }) => hasAnswered)) this.#settle()
  }

  #settle(): void {
    this.#firstWordAlarm.clear()
    for (const done of this.#waiting.splice(0)) done()
  }
}
