import { closedError } from "./errors.ts"
import type { Holder } from "./holders.ts"
import { onAbort } from "./on-abort.ts"
import type { Timer } from "./ports.ts"
import { Pull } from "./pull.ts"
import type { Reconnector } from "./reconnector.ts"
import type { Json } from "./session-core/outcomes.ts"
import { toBigints, toJsonText } from "./u64.ts"
import { type Hold, type HoldWatchLine, U64_SHAPES } from "./wire.gen.ts"

/** Kept for a reader that does not read; then the oldest go, and the newest stays. */
const KEPT_MAX = 1024
const RETRY_MS = 1000

/** Who holds a name, and each change of it; null while nobody does. Resumed after what was seen last. */
export class HolderFeed<V = Json> {
  readonly #reconnector: Reconnector
  readonly #input: Readonly<Record<string, unknown>>
  readonly #name: string
  readonly #kept: (Holder<V> | null)[] = []
  /** What was kept last, in words; undefined before the first view. */
  #told: string | undefined
  #rev: bigint | undefined
  #parts: Hold[] = []
  #error: Error | undefined

  constructor(reconnector: Reconnector, kind: string, name: string) {
    this.#reconnector = reconnector
    this.#input = { kind, name }
    this.#name = name
  }

  iterate(signal: AbortSignal | undefined): AsyncIterableIterator<Holder<V> | null> {
    const reconnector = this.#reconnector
    let endStream = (): void => {}
    let retry: Timer | undefined
    const unsubscribe = reconnector.subscribe((connection) => {
      const open = (): void => {
        this.#parts = []
        const input = { ...this.#input, ...(this.#rev === undefined ? {} : { from: this.#rev }) }
        endStream = connection.stream("watch", input, {
          event: (event) => {
            this.#take(toBigints(event, U64_SHAPES["watch"]) as HoldWatchLine)
            pull.wake()
          },
          end: (error) => {
            if (error === undefined || error.code === "AGENT_UNAVAILABLE") return
            // No quorum, no room: it passes. What the agent refuses for good is the caller's to hear.
            if (error.retryable) {
              retry = reconnector.ports.timer(RETRY_MS, () => connection.isOpen && open())
              retry.keepAlive(false)
            } else this.#error = error
            pull.wake()
          },
        })
      }
      retry?.clear()
      open()
    })
    const forget = onAbort(reconnector.closing, () => pull.wake())
    const pull = new Pull<Kept<V>>({
      take: () =>
        reconnector.isClosed || this.#kept.length === 0 ? undefined : { holder: this.#kept.shift() ?? null },
      stop: () => {
        unsubscribe()
        endStream()
        retry?.clear()
        forget()
      },
      failure: () => (reconnector.isClosed ? closedError() : this.#error),
      hold: (by) => reconnector.hold(by),
      signal,
    })
    return unwrapped(pull)
  }

  #take(line: HoldWatchLine): void {
    if (typeof line.rev !== "bigint") throw new TypeError("a line of a watch has a revision")
    if (line.type === "view") {
      // Another view may begin before all parts of the last one have come.
      if (line.reset === true) this.#parts = []
      this.#parts.push(...(line.items ?? []))
      if (line.more === true) return
      this.#keep(this.#parts.find(({ name }) => name === this.#name))
      this.#parts = []
    }
    for (const { type, item } of line.changes ?? [])
      if (item.name === this.#name) this.#keep(type === "put" ? item : undefined)
    this.#rev = line.rev
  }

  /** Waiters come and go without a change of the holder. */
  #keep(hold: Hold | undefined): void {
    // The value is the application's own: what its leaders put there is what it reads.
    const holder = (hold?.holders[0] ?? null) as Holder<V> | null
    const told = toJsonText(holder)
    if (told === this.#told) return
    this.#told = told
    if (this.#kept.length >= KEPT_MAX) this.#kept.shift()
    this.#kept.push(holder)
  }
}

/** A `Pull` takes undefined for nothing, and null is a value here. */
interface Kept<V> {
  readonly holder: Holder<V> | null
}

function unwrapped<V>(pull: Pull<Kept<V>>): AsyncIterableIterator<Holder<V> | null> {
  const open = async (result: Promise<IteratorResult<Kept<V>>>): Promise<IteratorResult<Holder<V> | null>> => {
    const { value, done } = await result
    return done === true ? { value: undefined, done } : { value: value.holder, done: false }
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: () => open(pull.next()),
    return: () => open(pull.return()),
  }
}
