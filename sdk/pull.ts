import { onAbort } from "./on-abort.ts"

interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T>) => void
  readonly reject: (error: Error) => void
}

/**
 * An async iterator over what `take` gives, woken by `wake`. Ends when the signal aborts; throws `failure()` when it
 * says so. A pending `next` counts as a call: `hold` is told.
 */
export class Pull<T> implements AsyncIterableIterator<T> {
  readonly #take: () => T | undefined
  readonly #stop: () => void
  readonly #failure: () => Error | undefined
  readonly #hold: (by: 1 | -1) => void
  /** Calls of `next` without an answer, in order. */
  readonly #waiting: Waiting<T>[] = []
  readonly #forget: () => void
  #isDone = false

  constructor(options: {
    readonly take: () => T | undefined
    readonly stop: () => void
    readonly failure: () => Error | undefined
    readonly hold: (by: 1 | -1) => void
    readonly signal: AbortSignal | undefined
  }) {
    this.#take = options.take
    this.#stop = options.stop
    this.#failure = options.failure
    this.#hold = options.hold
    const { signal } = options
    this.#forget = onAbort(signal, () => this.#end())
    if (signal?.aborted === true) this.#end()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#hold(1)
      this.wake()
    })
  }

  return(): Promise<IteratorResult<T>> {
    this.#end()
    return Promise.resolve({ value: undefined, done: true })
  }

  /** There may be something to take, or a failure to tell. */
  wake(): void {
    while (this.#waiting.length > 0) {
      const value = this.#isDone ? undefined : this.#take()
      const failure = this.#isDone || value !== undefined ? undefined : this.#failure()
      if (value === undefined && failure === undefined && !this.#isDone) return
      const waiting = this.#waiting.shift()
      this.#hold(-1)
      if (failure !== undefined) {
        waiting?.reject(failure)
        this.#end()
      } else waiting?.resolve(value === undefined ? { value: undefined, done: true } : { value, done: false })
    }
  }

  #end(): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#forget()
    this.#stop()
    this.wake()
  }
}
