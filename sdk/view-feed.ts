import type { Connection } from "./connection.ts"
import { type ConclaveError, closedError } from "./errors.ts"
import { type ItemsLine, type ItemsOptions, ItemsView, type Reader, type View } from "./items-view.ts"
import { onAbort } from "./on-abort.ts"
import type { Timer } from "./ports.ts"
import { Pull } from "./pull.ts"
import type { Reconnector } from "./reconnector.ts"
import { toBigints } from "./u64.ts"
import { U64_SHAPES } from "./wire.gen.ts"

const RETRY_MS = 1000

/** What is watched: `in` of the operation. */
export interface WatchInput {
  readonly kind: string
  /** Each holder of a name by itself. */
  readonly by?: "holder"
  readonly name?: string
  readonly prefix?: string
}

/**
 * One watch of shared state: the whole view, then each change. Resumed after what was seen last when the agent was
 * away; where that is not known any more the next view says `reset`.
 */
export class ViewFeed<T> {
  readonly #reconnector: Reconnector
  readonly #input: WatchInput
  readonly #view: ItemsView<T>
  #endStream: () => void = () => {}
  #retry: Timer | undefined
  #error: ConclaveError | undefined

  constructor(reconnector: Reconnector, input: WatchInput, options: ItemsOptions<T>) {
    this.#reconnector = reconnector
    this.#input = input
    this.#view = new ItemsView(options)
  }

  iterate(signal: AbortSignal | undefined): AsyncIterableIterator<View<T>> {
    const reconnector = this.#reconnector
    const reader = this.#view.addReader(() => pull.wake())
    let isFirst = true
    const take = (): View<T> | undefined => {
      if (reconnector.isClosed || !this.#view.isLoaded || (!isFirst && !hasNews(reader))) return undefined
      const { changes, reset } = isFirst ? { changes: [], reset: false } : reader
      isFirst = false
      reader.changes = []
      reader.reset = false
      return { rev: this.#view.rev, items: this.#view.items(), changes, reset, ageMs: reconnector.ageMs }
    }
    const unsubscribe = reconnector.subscribe((connection) => this.#watchOver(connection))
    const forget = onAbort(reconnector.closing, () => pull.wake())
    const pull = new Pull({
      take,
      stop: () => {
        unsubscribe()
        this.#endStream()
        this.#retry?.clear()
        forget()
      },
      failure: () => (reconnector.isClosed ? closedError() : this.#error),
      hold: (by) => reconnector.hold(by),
      signal,
    })
    return pull
  }

  #watchOver(connection: Connection): void {
    this.#retry?.clear()
    this.#view.restart()
    const from = this.#view.isLoaded ? { from: this.#view.rev } : {}
    this.#endStream = connection.stream(
      "watch",
      { ...this.#input, ...from },
      {
        event: (event) => this.#view.take(toBigints(event, U64_SHAPES["watch"]) as ItemsLine<T>),
        end: (error) => this.#ended(error, connection),
      },
    )
  }

  /** No quorum, no room: it passes. What the agent refuses for good is the caller's to hear. */
  #ended(error: ConclaveError | undefined, connection: Connection): void {
    if (error === undefined || error.code === "AGENT_UNAVAILABLE") return
    if (!error.retryable) {
      this.#error = error
      return this.#view.wake()
    }
    this.#retry = this.#reconnector.ports.timer(RETRY_MS, () => connection.isOpen && this.#watchOver(connection))
    this.#retry.keepAlive(false)
  }
}

function hasNews({ changes, reset }: Reader<unknown>): boolean {
  return reset || changes.length > 0
}
