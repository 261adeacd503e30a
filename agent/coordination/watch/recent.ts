import type { Change } from "@conclave/consensus"
import type { StateView } from "../cluster.ts"
import { History, type Step } from "./history.ts"
import { isAskedFor, type WatchFilter, type WatchScope } from "./scope.ts"

/** A record of a change, beside the texts that it carries. */
const CHANGE_BYTES = 1024

type Kept = Extract<Change, { kind: "entry" | "item" }>

interface Revision {
  readonly rev: number
  readonly changes: readonly Kept[]
  readonly bytes: number
}

/**
 * What the last revisions made of entries and items, watched or not, and not written out: for who has read something
 * and then asks what followed. Of holds nothing is kept: they are told with all that their names had at that revision.
 */
export class Recent {
  readonly #history: History<Revision> = new History()

  heard(rev: number, changes: readonly Change[]): void {
    if (changes.some(({ kind }) => kind === "restored")) {
      this.#history.forget()
      this.#history.begin(rev)
      return
    }
    this.#history.begin(rev - 1)
    const kept = changes.filter((each): each is Kept => each.kind === "entry" || each.kind === "item")
    if (kept.length === 0) return
    this.#history.keep({ rev, changes: kept, bytes: kept.reduce((sum, each) => sum + bytesOf(each), 0) })
  }

  forget(): void {
    this.#history.forget()
  }

  /** What one who asks for this is told of all that followed on a revision; undefined = that is not known. */
  since(from: number, scope: WatchScope, filter: WatchFilter, state: StateView): readonly Step[] | undefined {
    if (!scope.tellsLater) return undefined
    const steps: Step[] = []
    const revisions = this.#history.since(from, state.rev)
    for (const { rev, changes, bytes } of revisions ?? []) {
      const told = scope.tell(changes, state, (of) => isAskedFor(filter, of))
      if (told === "all") return undefined
      if (told.length > 0) steps.push({ rev, changes: told, bytes })
    }
    return revisions === undefined ? undefined : steps
  }
}

function bytesOf(change: Kept): number {
  if (change.kind === "entry") return CHANGE_BYTES + lengthOf(change.before?.value) + lengthOf(change.after?.value)
  const { payload, checkpoint } = change.after ?? change.before ?? {}
  return CHANGE_BYTES + lengthOf(payload) + lengthOf(checkpoint)
}

function lengthOf(text: string | undefined): number {
  return text?.length ?? 0
}
