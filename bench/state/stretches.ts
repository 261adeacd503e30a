/**
 * How long others had to wait for the loop: each stretch of work from its begin until the loop has turned, with what
 * the collector does there in tasks of its own.
 */
export class Stretches {
  #longestMs = 0
  #beganAtMs = Number.POSITIVE_INFINITY

  /** The longest so far, once the stretch that asks is over. */
  over(tell: (longestMs: number) => void): void {
    setImmediate(() => {
      this.#end()
      tell(this.#longestMs)
    })
  }

  now(act: () => void): void {
    this.#beganAtMs = performance.now()
    act()
  }

  /** When the loop has turned; `before` is others' work, and not counted. */
  later(act: () => void, before?: () => void): void {
    setImmediate(() => {
      this.#end()
      before?.()
      this.now(act)
    })
  }

  #end(): void {
    this.#longestMs = Math.max(this.#longestMs, performance.now() - this.#beganAtMs)
  }
}
