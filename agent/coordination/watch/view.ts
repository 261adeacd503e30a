import { Line } from "../../api/line.ts"
import { LINE_BYTES_MAX } from "./lines.ts"
import { type CapturedItems, textBytes } from "./scope.ts"

/** Bytes of items at which a part of a view is full. */
const PART_BYTES_MAX = 128 * 1024

interface Part {
  readonly items: string
  readonly isLast: boolean
}

/**
 * The items of one revision, in parts that are written out when the first reader takes them, and kept for the others.
 */
export class View {
  readonly rev: number
  readonly #items: CapturedItems
  readonly #parts: Part[] = []
  #written = 0

  constructor(rev: number, items: CapturedItems) {
    this.rev = rev
    this.#items = items
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
    const texts: string[] = []
    let bytes = 0
    for (; this.#written < this.#items.size && bytes < PART_BYTES_MAX; this.#written++) {
      const text = this.#items.text(this.#written)
      const more = textBytes(text)
      if (bytes > 0 && bytes + more > LINE_BYTES_MAX) break
      bytes += more + 1
      texts.push(text)
    }
    return { items: texts.join(","), isLast: this.#written >= this.#items.size }
  }
}
