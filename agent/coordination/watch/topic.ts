import type { StateView } from "../cluster.ts"
import type { Step } from "./history.ts"
import { type Link, lineOf } from "./lines.ts"
import type { Reader } from "./reader.ts"
import { isAskedFor, type WatchFilter, type WatchScope } from "./scope.ts"
import { View } from "./view.ts"

/**
 * All readers of one filter. Each change of theirs is written out once, and stands once in a chain along which each of them
 * goes at its own pace: a thousand readers cost no more memory than the one who is furthest behind.
 */
export class Topic {
  readonly filter: WatchFilter
  readonly readers: Set<Reader> = new Set()
  /** What came after this revision it would have been told; undefined = nothing has come yet. */
  from: number | undefined
  /** Nobody reads it any more; so long it is kept for those who come back. */
  keepUntilMs = 0
  readonly #scope: WatchScope
  #tail: Link = { rev: 0, line: undefined, at: 0, bytes: 0, next: undefined }
  #view: View | undefined

  constructor(filter: WatchFilter, scope: WatchScope) {
    this.filter = filter
    this.#scope = scope
  }

  /** What comes after it is not told yet. */
  get tail(): Link {
    return this.#tail
  }

  /** The items as they are; the same for all who begin at one revision. */
  view(state: StateView): View {
    if (this.#view?.rev !== state.rev) this.#view = new View(state.rev, this.#scope.capture(state, this.filter))
    return this.#view
  }

  /** False: it does not concern the readers of this topic. */
  push(step: Step): boolean {
    const told = step.changes.filter((each) => isAskedFor(this.filter, each))
    if (told.length === 0) return false
    this.#view = undefined
    const line = lineOf(step.rev, told)
    // What one revision changed is told whole; a view of it comes in parts.
    if (line === undefined) {
      this.collapse()
      return true
    }
    const { at, bytes } = this.#tail
    const link = { rev: step.rev, line, at: at + 1, bytes: bytes + line.bytes.length, next: undefined }
    this.#tail.next = link
    this.#tail = link
    for (const reader of this.readers) reader.told(link)
    return true
  }

  /** What was kept for its readers is worth nothing: each gets a new view. */
  collapse(): void {
    this.#view = undefined
    for (const reader of this.readers) reader.collapse()
  }
}
