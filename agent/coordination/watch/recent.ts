import { assert } from "@conclave/base"
import type { Change } from "@conclave/consensus"
import type { StateView } from "../cluster.ts"
import { History } from "./history.ts"
import { isShown } from "./item-scope.ts"
import type { Past } from "./past.ts"
import { isAskedFor, type WatchFilter, type WatchScope } from "./scope.ts"

/** A record of a change, beside the texts that it carries. */
const CHANGE_BYTES = 1024
/** What stands around its texts where it is written out, at least. */
const FRAME_BYTES = 64

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
    if (!kept.some((each) => each.kind === "entry" || isShown(each))) return
    this.#history.keep({ rev, changes: kept, bytes: kept.reduce((sum, each) => sum + bytesOf(each), 0) })
  }

  forget(): void {
    this.#history.forget()
  }

  /** What one who asks for this is told of all that followed on a revision; undefined = that is not known. */
  since(from: number, scope: WatchScope, filter: WatchFilter, state: StateView): Iterable<Past> | undefined {
    if (scope.tellsLater === undefined) return undefined
    const revisions = this.#history.since(from, state.rev)
    return revisions && pastOf(revisions, scope, filter, state)
  }
}

function* pastOf(
  revisions: readonly Revision[],
  scope: WatchScope,
  filter: WatchFilter,
  state: StateView,
): Iterable<Past> {
  for (const { rev, changes } of revisions) {
    const asked = changes.filter((each) => each.kind === scope.tellsLater && isAskedFor(filter, keysOf(each)))
    if (asked.length === 0) continue
    const tell = () => {
      const told = scope.tell(asked, state, () => true)
      assert(told !== "all", "what is kept says what it changed")
      return told
    }
    yield { rev, bytes: asked.reduce((sum, each) => sum + toldBytes(each), 0), tell }
  }
}

function keysOf(change: Kept): { readonly name: string; readonly key: string } {
  if (change.kind === "item") {
    const { pool = "", item = "" } = change.after ?? change.before ?? {}
    return { name: pool, key: item }
  }
  const { key = "" } = change.after ?? change.before ?? {}
  return { name: key, key }
}

function toldBytes(change: Kept): number {
  if (change.kind === "entry") return FRAME_BYTES + lengthOf((change.after ?? change.before)?.value)
  return FRAME_BYTES + lengthOf((change.after ?? change.before)?.payload)
}

function bytesOf(change: Kept): number {
  if (change.kind === "entry") return CHANGE_BYTES + lengthOf(change.before?.value) + lengthOf(change.after?.value)
  const { payload, checkpoint } = change.after ?? change.before ?? {}
  return CHANGE_BYTES + lengthOf(payload) + lengthOf(checkpoint)
}

function lengthOf(text: string | undefined): number {
  return text?.length ?? 0
}
