/** How long others had to wait for the loop: each stretch of work from its begin until it lets the loop turn. */
export class Stretches {
  #longestMs = 0

  /** The longest so far, once the stretch that asks is over. */
  over(tell: (longestMs: number) => void): void {
    setImmediate(() => tell(this.#longestMs))
  }

  now(act: () => void): void {
    const beganAtMs = performance.now()
    act()
    this.#longestMs = Math.max(this.#longestMs, performance.now() - beganAtMs)
  }

  /** When the loop has turned; `before` is others' work, and not counted. */
  later(act: () => void, before?: () => void): void {
    setImmediate(() => {
      before?.()
      this.now(act)
    })
  }
}
