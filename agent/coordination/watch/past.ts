import type { Step } from "./history.ts"
import { isAskedFor, type ToldChange, type WatchFilter } from "./scope.ts"

/** What one revision made of what a reader asks for. */
export interface Past {
  readonly rev: number
  /** As far as is known before it is written out: seldom more than it comes to. */
  readonly bytes: number
  /** Written out when the reader has come to it. */
  readonly tell: () => readonly ToldChange[]
}

/** Of what is written out already. */
export function* toldPast(steps: readonly Step[], filter: WatchFilter): Iterable<Past> {
  for (const { rev, changes } of steps) {
    const told = changes.filter((each) => isAskedFor(filter, each))
    if (told.length > 0) yield { rev, bytes: told.reduce((sum, { bytes }) => sum + bytes, 0), tell: () => told }
  }
}
