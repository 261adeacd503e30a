import { Line } from "../../api/line.ts"
import type { Problem } from "../../api/problem.ts"
import type { StateView } from "../cluster.ts"
import { type Bundle, bundleFrom, bytesOf, LINE_BYTES_MAX, type Link } from "./lines.ts"
import type { Past } from "./past.ts"
import type { View } from "./view.ts"

/** Changes kept for one reader, and their bytes; beyond, they collapse to a new view. */
export const LINES_MAX = 1024
export const LINES_BYTES_MAX: number = 1024 * 1024

/**
 * Of progress, five minutes: so long a reader waits for a state here that is not older than what it has seen. After the
 * recovery of a group there may be none.
 */
const WAITS_MAX = 75

/** What all readers of one filter read from. */
interface Chain {
  /** What comes after it is not told yet. */
  readonly tail: Link
  /** The items as they are. */
  readonly view: (state: StateView) => View
  /** What a reader is told that has come to this link: it, and what follows. */
  readonly bundle: (first: Link) => Bundle
}

export interface ReaderOptions {
  readonly topic: Chain
  /** The state of this host; undefined = it has none, or not at this moment. */
  readonly local: () => StateView | undefined
  /** Calls back when the state can be asked again. */
  readonly afterTurn: (act: () => void) => void
  /** What its client was told last, by any answer. */
  readonly seen: { readonly rev: number }
  /** It waits for a state that is as new as what was told already. */
  readonly onLate: () => void
  /** A view was taken: what follows on its revision will be asked for. */
  readonly onView: (rev: number) => void
  readonly onReadable: () => void
}

/** One reader of a topic: where it stands, and what it gets next. */
export class Reader {
  readonly #options: ReaderOptions
  /** What followed on the revision that it came back with, before the chain. */
  #backlog: Past[] = []
  /** The link that it took last. */
  #last: Link
  /** A view that was begun, and how many of its parts have been taken. */
  #view: { readonly of: View; readonly isReset: boolean; taken: number } | undefined
  /** A view is owed; it is made when it is taken. */
  #owed: "first" | "reset" | undefined
  /** The last revision that it was told of, or could have been; undefined = it does not watch yet. */
  #rev: number | undefined
  /** Progress marks since the state here has been older than that. */
  #waits = 0
  #isMarkDue = false
  #failure: Problem | undefined
  #isClosed = false

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#last = options.topic.tail
  }

  get isOver(): boolean {
    return this.#isClosed || this.#failure !== undefined
  }

  get failure(): Problem | undefined {
    return this.#failure
  }

  readable(): void {
    if (!this.#isClosed) this.#options.onReadable()
  }

  close(): void {
    this.#isClosed = true
    this.#forget()
  }

  fail(why: Problem): void {
    this.#failure = why
  }

  /**
   * From the present revision on. `past`: what followed on the one that it came back with; "unknown" = that is not
   * known.
   */
  begin(rev: number, past: Iterable<Past> | "unknown" | undefined): void {
    this.#rev = rev
    this.#last = this.#options.topic.tail
    if (past === undefined) this.#owed = "first"
    else if (past === "unknown" || !this.#resume(past)) this.#owed = "reset"
  }

  /** One more link hangs on the chain. */
  told({ at, bytes }: Link): void {
    if (this.#rev === undefined || this.#owed !== undefined) {
      // The view that is still owed will contain it.
      this.#last = this.#options.topic.tail
      return
    }
    const isBehind = at - this.#last.at + this.#backlog.length > LINES_MAX
    if (isBehind || bytes - this.#last.bytes > LINES_BYTES_MAX) this.collapse()
  }

  /** Beyond the limit what was kept is worth nothing: a new view tells it better. */
  collapse(): void {
    if (this.#rev === undefined) return
    this.#owed ??= "reset"
    this.#forget()
  }

  /** Whether a state of this revision is as new as what was told already. */
  isAwaiting(rev: number): boolean {
    return this.#owed !== undefined && rev >= this.#floor
  }

  markDue(): void {
    this.#isMarkDue = true
    if (this.#owed !== undefined) this.#waits++
  }

  take(): Line | undefined {
    if (this.#isClosed) return undefined
    const state = this.#options.local()
    if (this.#owed !== undefined && state !== undefined && !this.#makeView(state)) return undefined
    if (this.#view !== undefined) return this.#part(this.#view)
    // An entry is at work: the state can be asked when it is done.
    if (this.#owed !== undefined) {
      this.#options.afterTurn(() => this.readable())
      return undefined
    }
    const told = this.#next()
    if (told !== undefined) {
      this.#rev = told.rev
      return told.line
    }
    // What came next was too long for a line.
    if (this.#owed !== undefined) return this.take()
    if (!this.#isMarkDue || this.#rev === undefined || state === undefined) return undefined
    this.#isMarkDue = false
    this.#rev = state.rev
    return new Line(`{"type":"progress","rev":"${state.rev}"}`)
  }

  /** Nothing older is shown, whether a line told of it or another answer to the same client. */
  get #floor(): number {
    return Math.max(this.#rev ?? 0, this.#options.seen.rev)
  }

  /** False: a replica or a mirror that begins anew has yet to hear of what was told already. */
  #makeView(state: StateView): boolean {
    const { topic, onView, onLate } = this.#options
    if (state.rev < this.#floor && this.#waits < WAITS_MAX) {
      onLate()
      return false
    }
    this.#view = { of: topic.view(state), isReset: this.#owed === "reset", taken: 0 }
    this.#owed = undefined
    this.#rev = state.rev
    this.#waits = 0
    this.#last = topic.tail
    onView(state.rev)
    return true
  }

  /** Undefined: it is still being read, and says when it can be. */
  #part(view: { readonly of: View; readonly isReset: boolean; taken: number }): Line | undefined {
    if (!view.of.isReady(() => this.readable())) return undefined
    const { line, isLast } = view.of.part(view.taken++, view.isReset)
    if (isLast) this.#view = undefined
    return line
  }

  #next(): { readonly rev: number; readonly line: Line } | undefined {
    for (let past = this.#backlog.shift(); past !== undefined; past = this.#backlog.shift()) {
      const { rev } = past
      const told = past.tell()
      if (told.length === 0) continue
      const bytes = bytesOf(told)
      if (bytes !== undefined) return { rev, line: bundleFrom({ rev, told, at: 0, bytes, next: undefined }).line }
      this.collapse()
      return undefined
    }
    // A view may have been of a later revision than what was told by then.
    for (let link = this.#last.next; link !== undefined; link = link.next) {
      this.#last = link
      if (link.rev <= (this.#rev ?? 0)) continue
      const { last, line } = this.#options.topic.bundle(link)
      this.#last = last
      return { rev: last.rev, line }
    }
    return undefined
  }

  /** False: it is too much, and better told by a view. */
  #resume(past: Iterable<Past>): boolean {
    const backlog: Past[] = []
    let bytes = 0
    for (const each of past) {
      bytes += each.bytes
      if (each.bytes > LINE_BYTES_MAX || bytes > LINES_BYTES_MAX || backlog.push(each) > LINES_MAX) return false
    }
    this.#backlog = backlog
    return true
  }

  #forget(): void {
    this.#view = undefined
    this.#backlog = []
    this.#last = this.#options.topic.tail
  }
}
