import type { Socket } from "node:net"
import type { Secret } from "../../secret.ts"

/** So many end at a time, and the next a moment later: those of a relay's thousands come back as they are taken on. */
const ENDS_AT_ONCE = 10
const BETWEEN_ENDS_MS = 100

/** What a stream came through the door with. */
export interface Pass {
  /** Undefined: it is in the clear. */
  readonly secret: Secret | undefined
  readonly isDialled: boolean
}

/** The streams that are through a door, and with what: which of them may stay is asked again when that changes. */
export class PassedStreams {
  readonly #open: Map<Socket, Pass> = new Map()
  #isValid: (pass: Pass) => boolean = () => true
  #timer: NodeJS.Timeout | undefined

  keep(stream: Socket, pass: Pass): void {
    this.#open.set(stream, pass)
    stream.once("close", () => this.#open.delete(stream))
  }

  /** How many are in the clear. */
  get clear(): number {
    return [...this.#open.values()].filter(({ secret }) => secret === undefined).length
  }

  /** Those that are not valid any more end, a few at a time. */
  review(isValid: (pass: Pass) => boolean): void {
    this.#isValid = isValid
    clearTimeout(this.#timer)
    this.#endSome()
  }

  #endSome(): void {
    let left = ENDS_AT_ONCE
    for (const [stream, pass] of this.#open) {
      if (this.#isValid(pass)) continue
      if (left-- === 0) {
        this.#timer = setTimeout(() => this.#endSome(), BETWEEN_ENDS_MS).unref()
        return
      }
      this.#open.delete(stream)
      stream.destroy()
    }
  }
}
