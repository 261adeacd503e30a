import { assert } from "@conclave/base"
import { Line } from "../../api/line.ts"
import type { Clock } from "../../ports.ts"
import { inSlices } from "../../slices.ts"
import { LINE_BYTES_MAX } from "./lines.ts"
import { type CapturedItems, type Capturing, textBytes } from "./scope.ts"

/** Bytes of items at which a part of a view is full. */
const PART_BYTES_MAX = 128 * 1024

/** Looked at in one go. */
const UNITS = 100

interface Part {
  readonly items: string
  readonly isLast: boolean
}

/**
 * The items of one revision, in parts that are written out when the first reader takes them, and kept for the others.
 */
export class View {
  readonly rev: number
  #items: CapturedItems | undefined
  #waiting: (() => void)[] = []
  readonly #parts: Part[] = []
  #written = 0

  constructor(rev: number, captured: CapturedItems | Capturing, clock: Pick<Clock, "now" | "afterTurn">) {
    this.rev = rev
    if (!("step" in captured)) {
      this.#items = captured
      return
    }
    inSlices(clock, () => {
      this.#items = captured.step(UNITS)
      if (this.#items === undefined) return false
      const waiting = this.#waiting
      this.#waiting = []
      for (const ready of waiting) ready()
      return true
    })
  }

  /** It can be read. Otherwise `ready` is called when it can. */
  isReady(ready: () => void): boolean {
    if (this.#items === undefined) this.#waiting.push(ready)
    return this.#items !== undefined
  }

  /** Part `at`, from 0. `isReset`: the reader forgets what it had. */
  part(at: number, isReset: boolean): { readonly line: Line; readonly isLast: boolean } {
    while (this.#parts.length <= at) this.#parts.push(this.#nextPart())
    const { items, isLast } = this.#parts[at] as Part
    const more = isLast ? "" : ',"more":true'
    const reset = isReset && at === 0 ? ',"reset":true' : ""
    return { line: new Line(`{"type":"view","rev":"${this.rev}","items":[${items}]${more}${reset}}`), isLast }
  }

  #nextPart(): Part {
    const items = this.#items
    assert(items !== undefined, "a view is read when it is ready")
    const texts: string[] = []
    let bytes = 0
    for (; this.#written < items.size && bytes < PART_BYTES_MAX; this.#written++) {
      const text = items.text(this.#written)
      const more = textBytes(text)
      if (bytes > 0 && bytes + more > LINE_BYTES_MAX) break
      bytes += more + 1
      texts.push(text)
    }
    return { items: texts.join(","), isLast: this.#written >= items.size }
  }
}
