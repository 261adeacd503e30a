import type { JournalNote } from "./objects.ts"
import type { Problem } from "./problem.ts"

/**
 * One client's stream of lines, pulled: whoever writes to the client takes the next line when there is room, so that
 * nothing piles up behind a slow reader.
 */
export interface Feed {
  /** The next line, or undefined when there is none now; a `Line` where it is written out already. */
  readonly take: () => object | undefined
  /** No line will ever come again. */
  readonly isOver: () => boolean
  /** Nobody reads any more. */
  readonly close: () => void
  /**
   * This agent goes, not the reader: nobody reads any more, and what the reader was promised stands. Without it,
   * closed.
   */
  readonly leave?: () => void
  /** How it ended, where that is more than that it did; asked when it is over. */
  readonly ending?: () => { readonly out: object } | { readonly error: Problem }
  /** The reader asks for the end, and goes on reading until it is over. Without it, the wish is the end. */
  readonly finish?: () => void
}

export interface EventQuery {
  readonly since: string | undefined
  readonly kind: string | undefined
  readonly follow: boolean
  /** Which of them the reader may see; default all. */
  readonly isShown?: (note: JournalNote) => boolean
}

/** Streams that operations hand out; `onReadable` is called when `take` has something again. */
export interface Feeds {
  readonly members: (
    query: { readonly name: string | undefined; readonly prefix: string | undefined; readonly isResumed: boolean },
    onReadable: () => void,
  ) => Feed
  readonly events: (query: EventQuery, onReadable: () => void) => Feed | Problem
}
