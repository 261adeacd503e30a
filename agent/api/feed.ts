import type { Problem } from "./problem.ts"

/**
 * One client's stream of lines, pulled: whoever writes to the client takes the next line when there is room, so that
 * nothing piles up behind a slow reader.
 */
export interface Feed {
  /** The next line, or undefined when there is none now. */
  readonly take: () => object | undefined
  /** No line will ever come again. */
  readonly isOver: () => boolean
  readonly close: () => void
}

/** Streams that operations hand out; `onReadable` is called when `take` has something again. */
export interface Feeds {
  readonly members: (
    query: { readonly name: string | undefined; readonly prefix: string | undefined; readonly isResumed: boolean },
    onReadable: () => void,
  ) => Feed
  readonly events: (
    query: { readonly since: string | undefined; readonly kind: string | undefined; readonly follow: boolean },
    onReadable: () => void,
  ) => Feed | Problem
}
