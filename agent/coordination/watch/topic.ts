import type { Clock } from "../../ports.ts"
import type { StateView } from "../cluster.ts"
import type { Step } from "./history.ts"
import { type Bundle, bundleFrom, bytesOf, type Link } from "./lines.ts"
import type { Reader } from "./reader.ts"
import { isAskedFor, type WatchFilter, type WatchScope } from "./scope.ts"
import { View } from "./view.ts"

/**
 * All readers of one filter. Each change of theirs is written out once, and stands once in a chain along which each of
 * them goes at its own pace: a thousand readers cost no more memory than the one who is furthest behind, and those who
 * stand at the same place share the line that they are told next.
 */
export class Topic {
  readonly filter: WatchFilter
  readonly readers: Set<Reader> = new Set()
  /** What came after this revision it would have been told; undefined = nothing has come yet. */
  from: number | undefined
  /** Nobody reads it any more; so long it is kept for those who come back. */
  keepUntilMs = 0
  readonly #scope: WatchScope
  readonly #clock: Pick<Clock, "now" | "afterTurn">
  #tail: Link = { rev: 0, told: [], at: 0, bytes: 0, next: undefined }
  #view: View | undefined
  #bundle: Bundle | undefined

  constructor(filter: WatchFilter, scope: WatchScope, clock: Pick<Clock, "now" | "afterTurn">) {
    this.#clock = clock
    this.filter = filter
    this.#scope = scope
  }

  /** What comes after it is not told yet. */
  get tail(): Link {
    return this.#tail
  }

  /** The items as they are; the same for all who begin at one revision. */
  view(state: StateView): View {
    if (this.#view?.rev !== state.rev)
      this.#view = new View(state.rev, this.#scope.capture(state, this.filter), this.#clock)
    return this.#view
  }

  /** False: it does not concern the readers of this topic. */
  push(step: Step): boolean {
    const told = step.changes.filter((each) => isAskedFor(this.filter, each))
    if (told.length === 0) return false
    this.#view = undefined
    const more = bytesOf(told)
    // What one revision changed is told whole; a view of it comes in parts.
    if (more === undefined) {
      this.collapse()
      return true
    }
    const { at, bytes } = this.#tail
    const link = { rev: step.rev, told, at: at + 1, bytes: bytes + more, next: undefined }
    this.#tail.next = link
    this.#tail = link
    // More has come behind it; and it would keep the chain for readers who have all gone on.
    this.#bundle = undefined
    for (const reader of this.readers) reader.told(link)
    return true
  }

  /** What a reader is told that has come to this link: it, and what follows. */
  bundle(first: Link): Bundle {
    if (this.#bundle?.first !== first) this.#bundle = bundleFrom(first)
    return this.#bundle
  }

  /** What was kept for its readers is worth nothing: each gets a new view. */
  collapse(): void {
    this.#view = undefined
    this.#bundle = undefined
    for (const reader of this.readers) reader.collapse()
  }
}
