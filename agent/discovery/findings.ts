import type { Addr, Millis } from "@conclave/base"
import type { Warning } from "../api/view.ts"
import type { Log } from "../ports.ts"
import type { DiscoverySource, Trouble } from "./source.ts"

/** The same trouble is logged again after this. */
const LOG_SPACING_MS = 60_000
/** So often within that time it is logged what is new: on a local network anybody may make up addresses. */
const FOUND_LINES_MAX = 16
/** Addresses of one source that are kept, and that a warning names. */
const ADDRESSES_MAX = 256
const NAMED_MAX = 3

/** What one source has found, when, and why not. */
export class Findings {
  readonly source: DiscoverySource
  readonly #log: Log
  readonly #own: Addr
  #others: readonly Addr[] = []
  #foundMs: Millis | undefined
  #trouble: Trouble | undefined
  #saidMs = Number.NEGATIVE_INFINITY
  #toldMs = Number.NEGATIVE_INFINITY
  #linesSinceMs = Number.NEGATIVE_INFINITY
  #lines = 0

  constructor(source: DiscoverySource, options: { readonly log: Log; readonly own: Addr }) {
    this.source = source
    this.#log = options.log
    this.#own = options.own
  }

  /** Of others; those of the last time while there is trouble. */
  get addrs(): readonly Addr[] {
    return this.#others
  }

  get hasAnswered(): boolean {
    return this.#foundMs !== undefined || this.#trouble !== undefined
  }

  /** True where one of them is new. Of a source that `isLooking` it is no answer yet. */
  found(addrs: readonly Addr[], nowMs: Millis, isLooking = false): boolean {
    const before = new Set(this.#others)
    this.#others = [...new Set(addrs)].filter((addr) => addr !== this.#own).slice(0, ADDRESSES_MAX)
    if (!isLooking) {
      this.#foundMs = nowMs
      this.#trouble = undefined
    }
    const fresh = this.#others.filter((addr) => !before.has(addr))
    if (fresh.length === 0) return false
    this.#sayFound(fresh, nowMs)
    return true
  }

  failed(trouble: Trouble, nowMs: Millis): void {
    this.#trouble = trouble
    if (nowMs - this.#saidMs < LOG_SPACING_MS) return
    this.#saidMs = nowMs
    const { kind, what } = this.source
    const { problem, hint } = trouble
    this.#log.write("warn", "discovery.failed", `${what} gives nobody: ${problem}; ${hint}`, { source: kind })
  }

  /** One of its addresses did not help an agent that is alone. */
  refused(addr: Addr, whyNot: string, nowMs: Millis): void {
    if (nowMs - this.#toldMs < LOG_SPACING_MS) return
    this.#toldMs = nowMs
    const { kind, what } = this.source
    const message = `${what} gives ${addr}, and this agent cannot join there: ${whyNot}`
    this.#log.write("warn", "discovery.refused", message, { source: kind, addr })
  }

  /** Trouble always; without it only what did not help a member that `isAlone`. */
  warning(nowMs: Millis, isAlone: boolean, whyNot: (addr: Addr) => string): Warning | undefined {
    const code = `discovery-${this.source.kind}`
    const { what } = this.source
    const ago = this.#foundMs === undefined ? "" : `${Math.round((nowMs - this.#foundMs) / 1000)} s ago`
    if (this.#trouble !== undefined) {
      const { problem, hint } = this.#trouble
      const last = ago === "" ? "" : `; ${ago} it gave ${listed(this.#others)}`
      return { code, message: `${what} gives nobody: ${problem}${last}`, hint }
    }
    if (!isAlone || ago === "") return undefined
    if (this.#others.length === 0) {
      return { code, message: `${what} gave no other host ${ago}`, hint: "start the agents of the other hosts" }
    }
    const tried = this.#others.map((addr) => `${addr} (${whyNot(addr)})`)
    const message = `of what ${what} gave ${ago} nobody lets this agent join: ${listed(tried)}`
    return {
      code,
      message,
      hint: "see whether agents of this cluster run there, and whether their port is open to this host",
    }
  }

  #sayFound(fresh: readonly Addr[], nowMs: Millis): void {
    if (nowMs - this.#linesSinceMs >= LOG_SPACING_MS) {
      this.#linesSinceMs = nowMs
      this.#lines = 0
    }
    if (++this.#lines > FOUND_LINES_MAX) return
    const { kind, what } = this.source
    const more = this.#lines < FOUND_LINES_MAX ? "" : "; of what comes within this minute no more is logged"
    this.#log.write("info", "discovery.found", `${what} gives ${listed(fresh)}${more}`, { source: kind, addrs: fresh })
  }
}

function listed(texts: readonly string[]): string {
  if (texts.length === 0) return "no other host"
  const more = texts.length > NAMED_MAX ? ` and ${texts.length - NAMED_MAX} more` : ""
  return `${texts.slice(0, NAMED_MAX).join(", ")}${more}`
}
